"""Pages of the supply: looking around, the stock, the desk of those who offer, the office's review."""

from flask import Blueprint

blueprint = Blueprint("dwellings", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.dwellings.views import browsing, entering, own_offers
