"""Pages of letters and of their templates."""

from flask import Blueprint

blueprint = Blueprint("letters", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.letters.views import letters, templates
