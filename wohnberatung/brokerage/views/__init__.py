"""Pages of brokerage: requests and rankings, matches for the office, proposals for those who seek."""

from wohnberatung.brokerage.views import matches, proposals, requests, workplace
from wohnberatung.brokerage.views.blueprint import blueprint

__all__ = ["blueprint", "matches", "proposals", "requests", "workplace"]
