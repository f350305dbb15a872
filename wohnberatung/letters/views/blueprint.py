"""The blueprint that all pages of the area hang on."""

from flask import Blueprint

blueprint = Blueprint("letters", __name__)
