"""What is scarce about an offer and who needs it: counted by hand."""

from hypothesis import given, settings

from matching.catalogue import HOMES, SITES
from matching.frame import Frame
from matching.ranking import rank
from matching.request_index import RequestIndex
from matching.requests import Request, Requirement, SupplyRow
from matching.text_similarity import TextIndex
from matching.whatif.scarcity import scarcity
from tests.matching.cases import markets_with_texts

LEVEL = Requirement("shower_level", True)
RARE = SupplyRow("rare", {"shower_level": True, "rent_warm_eur": 600})
FIXED = {"shower_level": False, "conversion_consent": "refused"}
PLAIN = [SupplyRow(f"plain{number}", {**FIXED, "rent_warm_eur": 600}) for number in range(12)]


def answer(rows, requests, offer="rare", **more):
    return scarcity(offer, Frame(HOMES, rows), RequestIndex(HOMES, requests), **more)


def nothing_to_judge(key, row):
    """As for the width of a lift where there is none: known to be no obstacle, and yet no feature."""
    return any(row.facts.get(fact.key) == idle for fact, idle in HOMES.criterion(key).idle_where)


def met(request, key, row, rows):
    """The distinct musts of a request on one criterion that the row is known to meet, and how many rows do."""
    homes = []
    if nothing_to_judge(key, row):
        return None
    for asked in request.requirements:
        if asked.key == key and asked.must:
            alone = Request("alone", (asked,))
            grades = {
                match.offer: match.reasons[0].grade
                for match in rank(
                    alone, Frame(HOMES, [bare(other) for other in rows]), None, include_misses=True
                ).matches
            }
            if grades[row.id] in ("met", "nearly"):
                judged = {other.id for other in rows if not nothing_to_judge(key, other)}
                homes.append(sum(grade in ("met", "nearly") for offer, grade in grades.items() if offer in judged))
    return min(homes, default=None)


def bare(row):
    return SupplyRow(row.id, row.facts, row.evidence)


@settings(max_examples=60, deadline=None)
@given(markets_with_texts(most_rows=4, most_requests=4))
def test_needs_and_alternatives_are_those_of_the_rankings(case):
    requests, rows = case
    frame, index = Frame(HOMES, rows), RequestIndex(HOMES, requests)
    texts = TextIndex(frame.texts)
    listed = {
        request.id: {match.offer for match in rank(request, frame, None, texts=texts).matches} for request in requests
    }
    row = rows[0]
    found = scarcity(row.id, frame, index, texts=texts)
    keys = [criterion.key for criterion in HOMES.criteria if criterion.norm]
    homes = {(r.id, key): met(r, key, row, rows) for r in requests for key in keys}
    needed = {key: sum(homes[r.id, key] is not None for r in requests) for key in keys}
    needs = {
        r.id: {
            key
            for key in keys
            if (count := homes[r.id, key]) is not None and (count <= 0.1 * len(rows) or count < needed[key])
        }
        for r in requests
    }
    assert {item.key for item in found.features} == set().union(*needs.values())
    assert {item.request: set(item.needs) for item in found.claimants} == {
        r: keys for r, keys in needs.items() if keys and row.id in listed[r]
    }
    assert all(item.alternatives == len(listed[item.request]) - 1 for item in found.claimants)
    assert found.needed_by + found.others == sum(row.id in offers for offers in listed.values())


def test_a_rare_flat_names_who_needs_it_before_who_does_not():
    found = answer([RARE, *PLAIN], [Request("needs", (LEVEL,)), Request("any", (Requirement("rent_warm_eur", 700),))])
    (feature,) = found.features
    assert (feature.key, feature.homes, feature.needed_by) == ("shower_level", 1, 1)
    assert feature.share == 1 / 13
    (claimant,) = found.claimants
    assert (claimant.request, claimant.needs, claimant.alternatives) == ("needs", ("shower_level",), 0)
    assert (found.needed_by, found.others) == (1, 1)
    assert found.sentence.endswith("Gesuche, die sie brauchen und für die es infrage kommt: 1.")


def test_a_home_without_a_lift_has_no_scarce_width_of_it():
    wide = Request("r0", (Requirement("lift_cabin_width_cm", 110),))
    homes = [SupplyRow("none", {"has_lift": False}), SupplyRow("wide", {"has_lift": True, "lift_cabin_width_cm": 120})]
    assert answer(homes, [wide, Request("r1", wide.requirements)], "none").features == ()
    assert [item.key for item in answer(homes, [wide, Request("r1", wide.requirements)], "wide").features]


def test_fewer_homes_than_households_are_scarce_however_many_they_are():
    homes = [SupplyRow(f"h{number}", {"shower_level": True}) for number in range(3)]
    few = [Request(f"r{number}", (LEVEL,)) for number in range(3)]
    assert answer(homes, few, "h0").features == ()
    assert answer(homes, [*few, Request("r3", (LEVEL,))], "h0").features != ()


def test_who_has_fewer_alternatives_comes_first():
    dear = SupplyRow("dear", {"shower_level": True, "rent_warm_eur": 900})
    rows = [RARE, dear, *PLAIN, *(SupplyRow(f"more{number}", FIXED) for number in range(12))]
    poor = Request("poor", (LEVEL, Requirement("rent_warm_eur", 650)))
    rich = Request("rich", (LEVEL, Requirement("rent_warm_eur", 1000)))
    assert [(item.request, item.alternatives) for item in answer(rows, [rich, poor]).claimants] == [
        ("poor", 0), ("rich", 1)
    ]  # fmt: skip


def test_a_wanted_neighbourhood_is_no_scarce_feature():
    rows = [SupplyRow("rare", {"district": "06"}), *PLAIN]
    found = answer(rows, [Request("local", (Requirement("district", ["06"]),))])
    assert (found.features, found.sentence) == ((), "Kein Merkmal dieses Angebots ist selten.")


def test_in_a_market_without_norms_any_must_counts():
    rows = [SupplyRow(f"s{number}", {"ground_lease_possible": number == 0}) for number in range(12)]
    asks = [Request("group", (Requirement("ground_lease_possible", True),))]
    found = scarcity("s0", Frame(SITES, rows), RequestIndex(SITES, asks))
    assert [item.key for item in found.features] == ["ground_lease_possible"]
