"""Use cases of goals and measures."""

from wohnberatung.measures.services.funding import (
    FundingHint,
    all_programs,
    consent_hints,
    cost_hint,
    funding_hints,
    steps_of,
)
from wohnberatung.measures.services.goals import add_goal, change_goal, goals_of, load_goal
from wohnberatung.measures.services.measures import (
    MeasureSheet,
    add_measure,
    change_measure,
    content_of,
    load_measure,
    measures_of,
    sheet_of,
)
from wohnberatung.measures.services.options import Option, option, options
from wohnberatung.measures.services.personal import goals_told, measures_told

__all__ = [
    "FundingHint",
    "MeasureSheet",
    "Option",
    "add_goal",
    "add_measure",
    "all_programs",
    "change_goal",
    "change_measure",
    "consent_hints",
    "content_of",
    "cost_hint",
    "funding_hints",
    "goals_of",
    "goals_told",
    "load_goal",
    "load_measure",
    "measures_of",
    "measures_told",
    "option",
    "options",
    "sheet_of",
    "steps_of",
]
