"""The blueprint that all pages of the area hang on."""

from flask import Blueprint

blueprint = Blueprint("network", __name__)
