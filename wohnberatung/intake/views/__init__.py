"""Pages of imports and the interface for programs."""

from flask import Blueprint

blueprint = Blueprint("intake", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.intake.views import api, runs, tokens
