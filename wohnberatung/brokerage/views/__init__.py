"""Pages of brokerage: requests and rankings, matches for the office, proposals for those who seek."""

from flask import Blueprint

blueprint = Blueprint("brokerage", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.brokerage.views import (
    board,
    contracts,
    declines,
    first_shown,
    matches,
    papers,
    reminders,
    steps,
    tasks,
    telephone,
    workplace,
    works,
)
