"""Pages of letters: those of a case, their templates, and what is to be posted."""

from flask import Blueprint

blueprint = Blueprint("letters", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.letters.views import letters, post
