"""The blueprint that the modules of this package add their routes to."""

from flask import Blueprint

blueprint = Blueprint("intake", __name__)
