"""Pages of the network: houses, groups that seek one, and introductions from being asked for to what came of them."""

from flask import Blueprint

blueprint = Blueprint("network", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.network.views import introductions, sites, talk
