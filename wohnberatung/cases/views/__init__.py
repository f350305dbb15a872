"""Pages of cases, for the office."""

from wohnberatung.cases.views import cases, codes, consultations, desk, follow_ups, handover, people, personal
from wohnberatung.cases.views.blueprint import blueprint

__all__ = ["blueprint", "cases", "codes", "consultations", "desk", "follow_ups", "handover", "people", "personal"]
