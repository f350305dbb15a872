"""Pages of viewings: the same for both sides and the office, by secret link or signed in."""

from flask import Blueprint

blueprint = Blueprint("viewings", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.viewings.views import afterwards, dates
