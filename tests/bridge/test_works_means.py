"""What pays for works before a household does so by other ways: its own budget, and the care fund where it is sure."""

from datetime import date

import pytest

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import SupplyRow
from tests.factories import make_request
from wohnberatung.bridge import needs as needs_of_a_request
from wohnberatung.bridge.needs import engine_request, read_needs, works_means
from wohnberatung.seeding.homes import fill_tables
from wohnberatung.seekers.services.requests import matching_request

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
EACH_2025, EACH_BEFORE = 4180, 4000
"""Euro by measure, SGB XI section 40 (4), from 1 January 2025 and before."""


@pytest.fixture
def tables(session):
    fill_tables()


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("household", "means"),
    [
        ({}, 0),
        ({"works_budget_eur": 3000}, 3000),
        ({"care_entitled": True}, EACH_2025),
        ({"care_entitled": False, "works_budget_eur": 3000}, 3000),
        ({"care_entitled": True, "works_budget_eur": 3000}, EACH_2025 + 3000),
        # Whether one or two of them have a care degree is not asked: once is certain. Groups pool theirs (form_groups).
        ({"care_entitled": True, "persons": 2}, EACH_2025),
    ],
)
def test_the_budget_and_the_care_fund_of_an_entitled_household_reach_the_engine(household, means):
    assert works_means(household) == means
    assert engine_request("r", read_needs({"requirements": [DOOR], "household": household})).works_means_eur == means
    assert matching_request(make_request(DOOR, household=household).request).works_means_eur == means


def test_without_an_amount_of_the_day_the_fund_counts_nothing(session):
    assert works_means({"care_entitled": True, "works_budget_eur": 500}) == 500


@pytest.mark.usefixtures("tables")
def test_the_amount_is_that_of_the_day(monkeypatch):
    monkeypatch.setattr(needs_of_a_request, "today", lambda: date(2024, 12, 31))
    assert works_means({"care_entitled": True}) == EACH_BEFORE


@pytest.mark.usefixtures("tables")
def test_who_has_means_pays_less_and_sees_it_in_the_place():
    """The door costs 2,250 EUR in the middle: all of it without means, nothing with the care fund."""
    frame = Frame(HOMES, [SupplyRow("o", {DOOR["key"]: 80, "conversion_consent": "agreed"})])
    households = {"alone": {}, "budget": {"works_budget_eur": 1000}, "care": {"care_entitled": True}}
    owns = {}
    for name, household in households.items():
        request = engine_request(name, read_needs({"requirements": [DOOR], "household": household}))
        (match,) = rank(request, frame).matches
        owns[name] = (round(match.works.own_eur), round(match.score, 3))
    assert owns == {"alone": (2250, 0.846), "budget": (1250, 0.869), "care": (0, 0.9)}
