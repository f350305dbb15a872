"""Pages of the network: sites for owners, the search of a group, introductions."""

from flask import Blueprint

blueprint = Blueprint("network", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.network.views import searches, sites
