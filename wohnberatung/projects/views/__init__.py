"""Pages of shared living: for everybody, for people who would like to join, for a group's own desk, for the office."""

from flask import Blueprint

blueprint = Blueprint("projects", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.projects.views import desk, enquiries, meetings, places, public
