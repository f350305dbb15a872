"""A city-wide proposal: exact where it is small, near and honest where it is large, explained per household."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linear_sum_assignment

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.proposals import allocation
from matching.proposals.allocation import allocate
from matching.proposals.assignment_values import Priorities, score_matrix
from matching.proposals.auction import auction
from matching.requests import Request, Requirement, SupplyRow
from tests.matching.cases import markets

RENT = "rent_warm_eur"


def household(name, limit, **wishes):
    wished = tuple(Requirement(key, wanted, "wish") for key, wanted in wishes.items())
    return Request(name, (Requirement(RENT, limit), *wished))


@settings(max_examples=120, deadline=None)
@given(markets(most_rows=4, most_requests=4))
def test_the_total_is_the_greatest_of_all_possible_proposals(case):
    requests, rows = case
    frame = Frame(HOMES, rows)
    scores = score_matrix(requests, frame)
    slots = [row for row in range(len(frame)) for _ in range(int(rows[row].facts.get("free_places", 1)))][:6]
    slots += [None] * len(requests)
    best = max(
        sum(scores[place, row] for place, row in enumerate(order) if row is not None)
        for order in set(permutations(slots, len(requests)))
    )
    if all(row.facts.get("free_places", 1) <= 1 for row in rows):
        assert allocate(requests, frame).total == pytest.approx(best)


def test_a_household_steps_back_from_its_favourite_where_the_whole_gains():
    frame = Frame(HOMES, [SupplyRow("A", {RENT: 500, "balcony": True}), SupplyRow("B", {RENT: 700, "balcony": False})])
    rich, poor = household("rich", 800, balcony=True), household("poor", 600)
    proposal = allocate([rich, poor], frame)
    assert {item.request: item.offer for item in proposal.assignments} == {"poor": "A", "rich": "B"}
    explained = next(item for item in proposal.assignments if item.request == "rich")
    assert (explained.alternative.offer, explained.alternative.given_to) == ("A", "poor")


def test_an_offer_takes_as_many_households_as_it_has_places():
    frame = Frame(
        HOMES, [SupplyRow("Haus", {RENT: 500, "free_places": 2}), SupplyRow("voll", {RENT: 500, "free_places": 0})]
    )
    proposal = allocate([household(name, 600) for name in "abc"], frame)
    assert [item.offer for item in proposal.assignments] == ["Haus", "Haus"]
    assert len(proposal.unassigned) == 1


def test_nobody_is_housed_where_a_must_is_missed():
    proposal = allocate([household("a", 400)], Frame(HOMES, [SupplyRow("teuer", {RENT: 900})]))
    assert (proposal.assignments, proposal.unassigned, proposal.total) == ((), ("a",), 0.0)
    assert allocate([], Frame(HOMES)).total == allocate([household("a", 400)], Frame(HOMES)).total == 0.0


def test_urgency_and_waiting_decide_between_equals():
    frame = Frame(HOMES, [SupplyRow("A", {RENT: 500})])
    pair = [household("a", 600), household("b", 600)]
    for priorities in (Priorities(urgency={"b": 1}), Priorities(waiting_months={"b": 6})):
        (only,) = allocate(pair, frame, priorities).assignments
        assert only.request == "b"


def test_a_scarce_home_is_protected_for_those_who_need_it():
    level = {RENT: 500, "shower_level": True, "balcony": True}
    stairs = {RENT: 500, "shower_level": False, "balcony": False, "conversion_consent": "refused"}
    rows = [SupplyRow("stufenlos", level), SupplyRow("Treppe", stairs)]
    needs = [
        Request(f"Dusche {n}", (Requirement("shower_level", True), Requirement("balcony", False, "wish")))
        for n in (1, 2)
    ]
    fit = household("ohne Bedarf", 600, balcony=True)
    protected = allocate([*needs, fit], Frame(HOMES, rows), Priorities(urgency={"ohne Bedarf": 2}, protection=0.9))
    assert "stufenlos" in {item.offer for item in protected.assignments if item.request.startswith("Dusche")}
    open_race = allocate([*needs, fit], Frame(HOMES, rows), Priorities(urgency={"ohne Bedarf": 2}))
    assert {item.request: item.offer for item in open_race.assignments}["ohne Bedarf"] == "stufenlos"


def test_the_order_of_the_files_changes_nothing():
    rows = [SupplyRow(f"o{n}", {RENT: 500 + n}) for n in range(5)]
    requests = [household(f"r{n}", 600) for n in range(7)]
    forward = allocate(requests, Frame(HOMES, rows))
    assert allocate(requests[::-1], Frame(HOMES, rows[::-1])) == forward


def test_the_auction_keeps_within_the_gap_it_states(monkeypatch):
    generator = np.random.default_rng(3)
    values = generator.random((120, 90)) * generator.random((120, 1))
    slots, gap = auction(np.tile(np.arange(90), (120, 1)), values, 90)
    housed = np.flatnonzero(slots >= 0)
    assert len(set(slots[housed])) == len(housed)
    reached = values[housed, slots[housed]].sum()
    optimum = values[linear_sum_assignment(values, maximize=True)].sum()
    assert optimum - gap - 1e-9 <= reached <= optimum + 1e-9
    assert reached >= 0.999 * optimum
    monkeypatch.setattr(allocation, "EXACT_SIZE", 2)
    rows = [SupplyRow(f"o{n}", {RENT: 500}) for n in range(5)]
    requests = [household(f"r{n}", 450 + 20 * n) for n in range(8)]
    assert len(allocate(requests, Frame(HOMES, rows)).assignments) == 5
