"""Pages of the provider's side: people who would suit, answers by a mailed link, deletion of what was told."""

from flask import Blueprint

blueprint = Blueprint("providers", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.providers.views import deletions, mailed, presented, quality, voting
