"""What giving way opens: against the lists of requests that were changed by hand."""

from dataclasses import replace

from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow
from matching.whatif.concessions import concessions
from matching.whatif.loosening import loosened
from tests.matching.cases import markets


def listed(request, frame):
    return {match.offer for match in rank(request, frame, top=None).matches}


def with_wanted(request, position, wanted):
    asked = list(request.requirements)
    asked[position] = replace(asked[position], wanted=wanted)
    return replace(request, requirements=tuple(asked))


@settings(max_examples=150, deadline=None)
@given(markets(most_rows=8))
def test_every_count_is_that_of_the_list_without_the_must_or_with_the_easier_one(case):
    (request,), rows = case
    frame = Frame(HOMES, rows)
    now = listed(request, frame)
    found = concessions(request, frame)
    assert found.listed_now == len(now)
    musts = [position for position, requirement in enumerate(request.requirements) if requirement.must]
    assert [item.key for item in found.items] == [request.requirements[position].key for position in musts]
    for item, position in zip(found.items, musts, strict=True):
        asked = request.requirements
        without = replace(request, requirements=asked[:position] + asked[position + 1 :])
        assert item.opens_if_dropped == len(listed(without, frame) - now)
        for step in item.steps:
            assert step.opens == len(listed(with_wanted(request, position, step.wanted), frame) - now)
            assert step.sentence
        opened = [step.opens for step in item.steps]
        assert opened == sorted(opened)
        assert all(count <= item.opens_if_dropped for count in opened)


def test_rents_open_in_steps_of_25_euro():
    rows = [SupplyRow(f"o{rent}", {"rent_warm_eur": rent}) for rent in (600, 640, 645, 660, 700)]
    found = concessions(Request("r", (Requirement("rent_warm_eur", 620),)), Frame(HOMES, rows))
    (item,) = found.items
    assert (found.listed_now, item.opens_if_dropped) == (1, 4)
    assert [(step.wanted, step.opens) for step in item.steps] == [(645, 2), (670, 3), (695, 3)]
    assert item.steps[0].sentence == "Warmmiete: Mit „höchstens 645 €“ kommen so viele Angebote dazu: 2."


def test_the_area_widens_hop_by_hop_until_all_is_open():
    rows = [SupplyRow(f"o{code}", {"district": code}) for code in ("06", "07")]
    (item,) = concessions(Request("r", (Requirement("district", ["06"]),)), Frame(HOMES, rows)).items
    assert [step.opens for step in item.steps] == [1]
    assert set(item.steps[0].wanted) > {"06", "07"}


def test_the_option_that_opens_most_is_tried_first():
    tenures = ["sublet", "cooperative", "cooperative"]
    rows = [SupplyRow(f"o{number}", {"tenure": tenure}) for number, tenure in enumerate(tenures)]
    (item,) = concessions(Request("r", (Requirement("tenure", ["rent"]),)), Frame(HOMES, rows)).items
    assert [(step.wanted, step.opens) for step in item.steps] == [
        (["rent", "cooperative"], 2),
        (["rent", "cooperative", "sublet"], 3),
    ]


def test_a_yes_or_no_can_only_be_dropped():
    rows = [SupplyRow("o", {"balcony": False})]
    (item,) = concessions(Request("r", (Requirement("balcony", True),)), Frame(HOMES, rows)).items
    assert (item.opens_if_dropped, item.steps) == (1, ())


def test_an_offer_that_misses_a_demand_too_is_opened_by_nothing():
    row = SupplyRow("o", {"rent_warm_eur": 700}, demands=(Requirement("persons", [1, 2]),))
    request = Request("r", (Requirement("rent_warm_eur", 620),), {"persons": 3})
    (item,) = concessions(request, Frame(HOMES, [row])).items
    assert (item.opens_if_dropped, item.steps) == (0, ())


def test_loosening_stops_at_the_end_of_what_is_plausible():
    assert loosened(HOMES.criterion("inner_door_clear_width_cm"), 42, 5) == 40
    assert loosened(HOMES.criterion("inner_door_clear_width_cm"), 40, 5) is None
    assert loosened(HOMES.criterion("rooms"), [1, 2], 0.5) == [1, 2.5]


def test_no_step_goes_below_what_a_body_can_do_with_and_what_is_vital_is_told():
    rows = [
        SupplyRow(f"o{width}", {"wc_side_space_cm": width}, {"wc_side_space_cm": "measured"}) for width in (29, 72, 88)
    ]
    asked = Requirement("wc_side_space_cm", 90)
    (free,) = concessions(Request("r", (asked,)), Frame(HOMES, rows)).items
    (bound,) = concessions(Request("r", (asked,), profiles=("wheelchair",)), Frame(HOMES, rows)).items
    assert (free.opens_if_dropped, free.vital, bound.vital) == (3, False, True)
    for item in (free, bound):
        assert item.steps
        assert min(step.wanted for step in item.steps) >= 70


def test_steps_before_the_door_are_vital_for_a_walker_and_a_balcony_is_not():
    rows = [SupplyRow("o", {"steps_to_flat": 9, "balcony": False})]
    asked = (Requirement("step_free", True), Requirement("balcony", True))
    found = concessions(Request("r", asked, profiles=("walker",)), Frame(HOMES, rows)).items
    assert [(item.key, item.vital) for item in found] == [("step_free", True), ("balcony", False)]
