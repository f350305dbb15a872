"""Supply, demand and what is missing: against a slow count, and on a case one can follow by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.catalogue import HOMES, SITES
from matching.frame import Frame
from matching.profiles import PROFILES
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow
from matching.supply_gap import gap
from matching.text_similarity import TextIndex
from tests.matching.cases import markets_with_texts

LEVEL = Requirement("shower_level", True)


def lines(rows, requests, market=HOMES):
    found = gap(Frame(market, rows), requests)
    return {(line.kind, line.key): line for line in found.lines}


@settings(max_examples=60, deadline=None)
@given(markets_with_texts(most_rows=4, most_requests=4))
def test_every_line_per_criterion_is_that_of_the_rankings(case):
    requests, rows = case
    frame = Frame(HOMES, rows)
    texts = TextIndex(frame.texts)
    matches = {request.id: rank(request, frame, None, texts=texts).matches for request in requests}
    found = {(line.kind, line.key): line for line in gap(frame, requests, texts=texts).lines}
    groups = {("all", "all"): requests}
    for request in requests:
        for key in {asked.key for asked in request.requirements if asked.must}:
            groups.setdefault(("criterion", key), []).append(request)
    assert {name for name in found if name[0] in ("all", "criterion")} == groups.keys()
    for name, members in groups.items():
        fitting = {
            request.id: {match.offer for match in matches[request.id] if match.outlook == "fits"} for request in members
        }
        fit = sum(bool(offers) for offers in fitting.values())
        places = {row.id: int(row.facts.get("free_places", 1)) for row in rows}
        homes = sum(places[offer] for offer in set().union(*fitting.values()))
        line = found[name]
        assert (line.demand, line.fit) == (len(members), fit)
        assert line.possible == sum(bool(matches[request.id]) for request in members)
        assert line.shortage == max(len(members) - min(fit, homes), 0)
        if name[0] == "criterion":
            assert line.supply == pytest.approx(sum(supply(r, name[1], frame, texts) for r in members) / len(members))


def supply(request, key, frame, texts):
    """Offers known to meet what a request demands by one criterion."""
    musts = tuple(asked for asked in request.requirements if asked.key == key and asked.must)
    everything = rank(Request("alone", musts), frame, None, include_misses=True, texts=texts).matches
    return sum(
        all(reason.grade in ("met", "nearly") for reason in match.reasons if reason.side == "seeker")
        for match in everything
    )


@settings(max_examples=40, deadline=None)
@given(markets_with_texts(most_rows=4, most_requests=4), st.randoms(use_true_random=False))
def test_demand_by_value_adds_up_to_the_requests_that_name_one(case, random):
    requests, rows = case
    codes = ["06", "07", "11"]
    requests = [
        replace(request, requirements=(Requirement("district", random.sample(codes, random.randint(1, 3)), "wish"),))
        for request in requests
    ]
    rows = [replace(row, facts={**row.facts, "district": random.choice(codes)}) for row in rows]
    found = [line for line in gap(Frame(HOMES, rows), requests).lines if line.kind == "district"]
    assert sum(line.demand for line in found) == pytest.approx(len(requests))
    assert sum(line.supply for line in found) == len(rows)
    assert all(0 <= line.fit <= line.possible <= line.demand + 1e-9 for line in found)


def test_one_home_serves_one_household_and_a_house_as_many_as_it_has_places():
    asks = [Request(f"r{number}", (LEVEL,)) for number in range(3)]
    home = SupplyRow("home", {"shower_level": True})
    line = lines([home], asks)["criterion", "shower_level"]
    assert (line.demand, line.supply, line.fit, line.shortage) == (3, 1, 3, 2)
    house = SupplyRow("house", {"shower_level": True, "free_places": 2})
    assert lines([house], asks)["criterion", "shower_level"].shortage == 1
    assert line.sentence == (
        "Bodengleiche Dusche – Gesuche: 3, Angebote: 1, Gesuche mit passendem Angebot: 3, es fehlen mindestens: 2."
    )


def test_a_stadtteil_lacks_what_is_wanted_there():
    rows = [SupplyRow("o1", {"district": "06", "rent_warm_eur": 600}), SupplyRow("o2", {"district": "11"})]
    asks = [
        Request("here", (Requirement("district", ["06"]), Requirement("rent_warm_eur", 500))),
        Request("there", (Requirement("district", ["11", "06"], "wish"),)),
    ]
    found = lines(rows, asks)
    line = found["district", "06"]
    assert (line.label, line.demand, line.supply, line.fit, line.shortage) == ("Johannstadt-Nord", 1.5, 1, 0.5, 1)
    assert found["district", "11"].shortage == 0


def test_a_profile_counts_the_homes_that_meet_its_musts():
    profile = next(profile for profile in PROFILES if profile.key == "walker")
    musts = {preset.key: preset.wanted for preset in profile.requirements if preset.importance == "must"}
    rows = [SupplyRow("fits", musts), SupplyRow("unknown", {})]
    asks = [Request("r", tuple(Requirement(*item) for item in musts.items()), profiles=("walker",))]
    line = lines(rows, asks)["profile", "walker"]
    assert (line.label, line.demand, line.supply, line.fit, line.shortage) == (profile.label, 1, 1, 1, 0)


def test_sites_are_compared_by_what_they_are():
    rows = [SupplyRow("s", {"site_kind": "house"})]
    asks = [Request("group", (Requirement("site_kind", ["plot", "house"]),))]
    found = lines(rows, asks, SITES)
    assert (found["site_kind", "house"].demand, found["site_kind", "plot"].supply) == (0.5, 0)
