"""Pages of goals and measures."""

from wohnberatung.measures.views import goals, measures
from wohnberatung.measures.views.blueprint import blueprint

__all__ = ["blueprint", "goals", "measures"]
