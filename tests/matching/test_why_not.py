"""What stands between a request and an offer, and the smallest change: against rankings of changed input."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.facts import Measure
from matching.frame import Frame
from matching.kinds import AtLeast, AtMost
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow
from matching.whatif.loosening import loosened, step_of
from matching.whatif.why_not import why_not
from tests.matching.cases import markets

FLAT = SupplyRow(
    "flat",
    {"rent_warm_eur": 645, "district": "06", "inner_door_clear_width_cm": 88, "available_from": "2027-03-01",
     "tenure": "sublet", "conversion_consent": "open"},
    demands=(Requirement("persons", [1, 3]),),
)  # fmt: skip


def answer(*requirements, household=None, row=FLAT):
    return why_not(Request("r", requirements, household or {"persons": 2}), Frame(HOMES, [row]), row.id)


def change(*requirements, **more):
    return answer(*requirements, **more).smallest_change


def musts(request, frame, offer):
    match = next(m for m in rank(request, frame, None, include_misses=True).matches if m.offer == offer)
    return [(reason.key, reason.side, reason.grade) for reason in match.reasons if reason.importance == "must"]


@settings(max_examples=150, deadline=None)
@given(markets(most_rows=4))
def test_missed_musts_and_changes_are_those_of_the_ranking(case):
    (request,), rows = case
    frame = Frame(HOMES, rows)
    for row in rows:
        found = why_not(request, frame, row.id)
        expected = musts(request, frame, row.id)
        assert [(item.key, item.side, "missed") for item in found.missed] == [
            item for item in expected if item[2] == "missed"
        ]
        kinds = {"missed": "loosen", "adaptable": "adapt", "unknown": "ask"}
        told = {"keep": "loosen"}
        assert sorted((item.key, item.side, told.get(item.kind, item.kind)) for item in found.changes) == sorted(
            (key, side, kinds[grade]) for key, side, grade in expected if grade in kinds
        )
        assert all(item.sentence for item in (*found.missed, *found.changes))
        assert (found.smallest_change is None) == (found.outlook == "fits")


@settings(max_examples=150, deadline=None)
@given(markets(most_rows=3))
def test_an_offer_is_listed_once_its_missed_musts_are_loosened_as_proposed(case):
    (request,), rows = case
    frame = Frame(HOMES, rows)
    for row in rows:
        changes = why_not(request, frame, row.id).changes
        if any(item.kind == "keep" for item in changes):
            continue  # nothing makes it fit
        loose = [item for item in changes if item.kind == "loosen"]
        asked = loosen_all(request.requirements, [item for item in loose if item.side == "seeker"], request, row)
        demands = loosen_all(row.demands, [item for item in loose if item.side == "provider"], request, row)
        eased = Frame(HOMES, [replace(row, demands=demands)])
        assert rank(replace(request, requirements=asked), eased).matches


def loosen_all(requirements, changes, request, row):
    """Replace each missed must by its proposal; those of one key stand in the same order."""
    proposals = list(changes)
    eased = []
    for requirement in requirements:
        if misses(requirement, request, row, seeker=requirements is request.requirements):
            proposal = next(item for item in proposals if item.key == requirement.key)
            proposals.remove(proposal)
            if proposal.to is not None:
                eased.append(replace(requirement, wanted=proposal.to))
        else:
            eased.append(requirement)
    assert proposals == []
    return tuple(eased)


def misses(requirement, request, row, seeker):
    alone = replace(request, requirements=(requirement,) if seeker else ())
    offer = replace(row, demands=() if seeker else (requirement,))
    return requirement.must and not rank(alone, Frame(HOMES, [offer])).matches


@settings(max_examples=150, deadline=None)
@given(markets(most_rows=3))
def test_a_number_moves_no_further_than_the_offer_needs(case):
    (request,), rows = case
    for row in rows:
        for requirement in request.requirements:
            criterion = HOMES.criterion(requirement.key)
            if not isinstance(criterion, AtLeast | AtMost) or not misses(requirement, request, row, seeker=True):
                continue
            alone = Request("alone", (requirement,), request.household)
            found = why_not(alone, Frame(HOMES, [replace(row, demands=())]), row.id).smallest_change
            if found.kind == "keep":
                continue
            to = found.to
            precision = criterion.fact.step if isinstance(criterion.fact, Measure) else 1
            tighter = loosened(criterion, to, -precision)
            if tighter is not None:
                assert misses(replace(requirement, wanted=tighter), request, row, seeker=True)


@pytest.mark.parametrize(
    ("requirement", "to"),
    [
        (Requirement("rent_warm_eur", 620), 645),
        (Requirement("rent_warm_eur", 620, tolerance=20), 625),
        (Requirement("district", ["07"]), ["07", "06"]),
        (Requirement("available_from", "2027-01-01"), "2027-03-01"),
        (Requirement("tenure", ["rent"]), ["rent", "sublet"]),
    ],
)
def test_a_missed_must_is_loosened_just_as_far_as_the_offer_needs(requirement, to):
    found = change(requirement)
    assert (found.kind, found.key, found.to, found.cost_eur) == ("loosen", requirement.key, to, None)


def test_a_tolerance_stays_beside_the_loosened_value():
    found = change(Requirement("rent_warm_eur", 620, tolerance=20))
    assert found.sentence == (
        "Warmmiete: gefunden 645 €. Das reicht mit „höchstens 625 €“ statt „höchstens 620 €“;"
        " der Spielraum kommt dazu. Dann passt das Angebot."
    )


def test_what_stays_open_after_the_first_change_is_said_beside_it():
    found = answer(Requirement("balcony", True), Requirement("rent_warm_eur", 620), Requirement("quiet_location", True))
    assert found.smallest_change.sentence == (
        "Warmmiete: gefunden 645 €. Das reicht mit „höchstens 645 €“ statt „höchstens 620 €“."
        " Dann bleibt noch offen: Balkon oder Terrasse; Ruhige Lage."
    )
    assert not any("passt" in item.sentence for item in found.changes)


@pytest.mark.parametrize(
    ("key", "wanted", "tolerance", "facts", "profiles", "kind"),
    [
        ("wc_side_space_cm", 90, 20, 29, (), "keep"),
        ("wc_side_space_cm", 90, 0, 75, (), "loosen"),
        ("wc_side_space_cm", 90, 20, 69, ("wheelchair",), "keep"),
        ("wc_side_space_cm", 100, 0, 75, ("wheelchair",), "loosen"),
        ("inner_door_clear_width_cm", 90, 0, 88, (), "loosen"),
        ("inner_door_clear_width_cm", 90, 0, 88, ("wheelchair",), "keep"),
        ("inner_door_clear_width_cm", 80, 0, 60, (), "keep"),
        ("lift_cabin_depth_cm", 140, 20, 110, ("wheelchair", "care_at_home"), "keep"),
        ("step_free", True, 0, False, ("walker",), "keep"),
        ("step_free", True, 0, False, (), "loosen"),
        ("balcony", True, 0, False, ("wheelchair",), "loosen"),
        ("rent_warm_eur", 400, 0, 900, ("wheelchair",), "loosen"),
    ],
)
def test_nothing_is_loosened_below_what_a_body_can_do_with(key, wanted, tolerance, facts, profiles, kind):
    row = SupplyRow("o", {key: facts, "has_lift": True, "floor": 2, "conversion_consent": "refused"})
    row = replace(row, evidence={key: "measured"})
    request = Request("r", (Requirement(key, wanted, tolerance=tolerance),), profiles=profiles)
    (found,) = why_not(request, Frame(HOMES, [row]), "o").changes
    assert found.kind == kind
    assert ("nichts lockern" in found.sentence) == (kind == "keep")


def test_what_is_to_keep_comes_before_what_could_be_changed():
    row = replace(FLAT, facts={**FLAT.facts, "wc_side_space_cm": 29, "conversion_consent": "refused"})
    found = answer(Requirement("rent_warm_eur", 620), Requirement("wc_side_space_cm", 90), row=row)
    assert [item.kind for item in found.changes] == ["keep", "loosen"]


def test_a_door_that_can_be_widened_is_widened_for_its_price():
    found = answer(Requirement("inner_door_clear_width_cm", 90))
    assert found.missed == ()
    assert (found.smallest_change.kind, found.smallest_change.to) == ("adapt", 90)
    assert found.smallest_change.cost_eur == (1500, 3000)
    assert "Tür verbreitern, etwa 1.500 bis 3.000 €" in found.smallest_change.sentence


def test_a_refused_conversion_leaves_only_a_narrower_door():
    refused = replace(FLAT, facts={**FLAT.facts, "conversion_consent": "refused"})
    found = answer(Requirement("inner_door_clear_width_cm", 90), row=refused)
    assert [item.key for item in found.missed] == ["inner_door_clear_width_cm"]
    assert (found.smallest_change.kind, found.smallest_change.to) == ("loosen", 88)


def test_an_unknown_fact_is_asked_for():
    found = change(Requirement("balcony", True))
    assert (found.kind, found.key, found.to, found.cost_eur) == ("ask", "balcony", None, None)
    assert HOMES.fact("balcony").question in found.sentence


def test_a_household_too_large_asks_the_provider_for_one_person_more():
    found = answer(household={"persons": 4})
    assert [(item.key, item.side, item.wanted, item.found) for item in found.missed] == [
        ("persons", "provider", [1, 3], 4)
    ]
    assert found.smallest_change.to == [1, 4]
    assert "Bitte fragen Sie" in found.smallest_change.sentence


def test_what_excludes_the_offer_comes_before_works_and_questions():
    found = answer(
        Requirement("balcony", True), Requirement("inner_door_clear_width_cm", 90), Requirement("rent_warm_eur", 620)
    )
    assert [item.kind for item in found.changes] == ["loosen", "adapt", "ask"]
    assert found.smallest_change.key == "rent_warm_eur"


def test_an_offer_that_fits_needs_no_change():
    found = answer(Requirement("rent_warm_eur", 700))
    assert (found.outlook, found.missed, found.changes) == ("fits", (), ())


def test_every_step_of_loosening_is_a_step_a_person_can_picture():
    assert step_of(HOMES.criterion("rent_warm_eur")) == 25
    assert step_of(HOMES.criterion("inner_door_clear_width_cm")) == 5
    assert step_of(HOMES.criterion("available_from")) == 30
    assert step_of(HOMES.criterion("district")) == 1
    for criterion in (*HOMES.criteria, *HOMES.demand_criteria):
        if isinstance(criterion.fact, Measure):
            steps = step_of(criterion) / criterion.fact.step
            assert steps == pytest.approx(round(steps))
