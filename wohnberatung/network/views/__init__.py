"""Pages of the network: sites for owners, the search of a group, introductions."""

from wohnberatung.network.views import introductions, searches, sites
from wohnberatung.network.views.blueprint import blueprint

__all__ = ["blueprint", "introductions", "searches", "sites"]
