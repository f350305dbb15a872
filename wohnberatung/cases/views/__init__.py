"""Pages of cases, for the office."""

from wohnberatung.cases.views import cases, handover, people
from wohnberatung.cases.views.blueprint import blueprint

__all__ = ["blueprint", "cases", "handover", "people"]
