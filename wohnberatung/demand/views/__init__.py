"""Pages of demand: figures, advice for one offer, questions on the desk, by link and for the office."""

from flask import Blueprint

blueprint = Blueprint("demand", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.demand.views import figures, questions
