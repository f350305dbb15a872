"""Public pages of those who seek: the request form in steps, the draft, one's own request."""

from flask import Blueprint

blueprint = Blueprint("seekers", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.seekers.views import changes, drafts, journey, messages, self_service
