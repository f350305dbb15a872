"""Pages of planning: figures and reports for everybody; what is exact, and drafts, for the administration."""

from flask import Blueprint

blueprint = Blueprint("planning", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.planning.views import fairness, figures, reports
