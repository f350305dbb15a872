"""Pages of demand: figures, advice for one offer, questions on the desk, by link and for the office."""

from wohnberatung.demand.views import figures, questions
from wohnberatung.demand.views.blueprint import blueprint

__all__ = ["blueprint", "figures", "questions"]
