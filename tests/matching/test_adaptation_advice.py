"""What works would bring: against the rankings of every request."""

from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.ranking import rank
from matching.request_index import RequestIndex
from matching.requests import Request, Requirement, SupplyRow
from matching.text_similarity import TextIndex
from matching.whatif.adaptation_advice import adaptation_advice
from tests.matching.cases import markets_with_texts

DOORS = {"inner_door_clear_width_cm": 78, "bathroom_door_clear_width_cm": 78, "steps_to_flat": 2}
WIDE = Requirement("inner_door_clear_width_cm", 90)
WIDE_BATH = Requirement("bathroom_door_clear_width_cm", 90)
STEP_FREE = Requirement("step_free", True)


def advice(facts, *asks, **row):
    frame = Frame(HOMES, [SupplyRow("flat", facts, **row)])
    index = RequestIndex(HOMES, [Request(f"r{place}", requirements) for place, requirements in enumerate(asks)])
    return {item.measure: item for item in adaptation_advice(["flat"], frame, index)}


@settings(max_examples=100, deadline=None)
@given(markets_with_texts(most_rows=3, most_requests=6))
def test_newly_fits_counts_the_requests_that_wait_for_these_works_alone(case):
    requests, rows = case
    frame, index = Frame(HOMES, rows), RequestIndex(HOMES, requests)
    texts = TextIndex(frame.texts)
    found = {(item.offer, item.measure): item for item in adaptation_advice(frame.ids, frame, index, texts=texts)}
    waiting = {}
    for request in requests:
        for match in rank(request, frame, top=None, texts=texts).matches:
            if len(match.adaptations) == 1:
                (works,) = match.adaptations
                waiting[match.offer, works.measure] = waiting.get((match.offer, works.measure), 0) + 1
    assert waiting.keys() <= found.keys()
    assert {pair: item.newly_fits for pair, item in found.items()} == {pair: waiting.get(pair, 0) for pair in found}


def test_one_measure_may_meet_several_needs():
    found = advice(DOORS, (WIDE,), (WIDE, WIDE_BATH), (WIDE, STEP_FREE))
    assert set(found["widen_door"].keys) == {WIDE.key, WIDE_BATH.key}
    assert found["widen_door"].newly_fits == 2
    assert (found["ramp"].newly_fits, found["ramp"].keys) == (0, ("step_free",))


def test_advice_names_cost_consent_and_funding():
    widen = advice(DOORS, (WIDE,))["widen_door"]
    assert (widen.cost_eur, widen.consent) == ((1500, 3000), "owner")
    assert "sgb11_40_4" in widen.funding
    assert widen.sentence == ("Tür verbreitern, etwa 1.500 bis 3.000 €: Danach kommen so viele Gesuche neu infrage: 1.")


def test_works_that_nobody_waits_for_are_not_proposed():
    assert advice(DOORS, (Requirement("rent_warm_eur", 600),)) == {}


def test_an_owner_who_refused_gets_no_advice():
    assert advice({**DOORS, "conversion_consent": "refused"}, (WIDE,)) == {}


def test_an_unverified_claim_is_measured_before_anything_is_built():
    assert advice(DOORS, (WIDE,), evidence={WIDE.key: "claimed"}) == {}
