"""Pages of goals and measures."""

from flask import Blueprint

blueprint = Blueprint("measures", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.measures.views import goals, measures
