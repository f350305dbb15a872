"""Pages of aftercare: how it goes after moving in, and what comes after living there has ended."""

from flask import Blueprint

blueprint = Blueprint("aftercare", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.aftercare.views import afterwards, checks
