"""Which questions help most: against a slow count over every request, offer and criterion."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.catalogue import HOMES, SITES
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Request, Requirement, SupplyRow
from matching.whatif.questions import best_questions
from tests.matching.cases import markets
from tests.matching.oracle import expected_score, likelihood_of_unknown


def unknowns(request, row, rows):
    """Likelihood of the seeker's unknowns of a pair by key, the least where a fact is asked for twice."""
    likelihood = {}
    for asked in request.requirements:
        p = likelihood_of_unknown(HOMES, asked, row, rows)
        if p is not None:
            likelihood[asked.key] = min(p, likelihood.get(asked.key, 1.0))
    return likelihood


def slowly(requests, rows, top):
    """helps and gain by offer and key, one pair after the other."""
    frame = Frame(HOMES, rows)
    helps, gain = Counter(), Counter()
    for request in requests:
        matches = rank(request, frame, top=None).matches
        bar = matches[top - 1].score if len(matches) > top else 0.0
        for match in matches:
            row = next(row for row in rows if row.id == match.offer)
            for key, likelihood in unknowns(request, row, rows).items():
                good = expected_score(HOMES, request, row, rows, settled={key: 1.0})
                if good >= bar - 1e-12:
                    helps[row.id, key] += 1
                    gain[row.id, key] += likelihood * (good - match.score)
    return helps, gain


@settings(max_examples=60, deadline=None)
@given(markets(most_rows=4, most_requests=3), st.integers(1, 3))
def test_questions_count_every_request_whose_list_could_change(case, top):
    requests, rows = case
    found = {(item.offer, item.key): item for item in best_questions(Frame(HOMES, rows), requests, top, most=999)}
    helps, gain = slowly(requests, rows, top)
    assert {pair: item.helps for pair, item in found.items()} == helps
    assert {pair: item.gain for pair, item in found.items()} == pytest.approx(dict(gain))


def test_the_question_that_helps_most_people_comes_first():
    rows = [SupplyRow("flat", {"rent_warm_eur": 600})]
    asks = [
        Request("a", (Requirement("balcony", True), Requirement("has_lift", True, "wish"))),
        Request("b", (Requirement("balcony", True),)),
    ]
    first, second = best_questions(Frame(HOMES, rows), asks)
    assert (first.offer, first.key, first.helps, first.whom) == ("flat", "balcony", 2, "provider")
    assert (second.key, second.helps) == ("has_lift", 1)
    assert first.question == HOMES.fact("balcony").question
    assert first.question in first.sentence


def test_an_unverified_claim_is_a_question_too():
    rows = [SupplyRow("flat", {"shower_level": True}, {"shower_level": "claimed"})]
    (question,) = best_questions(Frame(HOMES, rows), [Request("r", (Requirement("shower_level", True),))])
    assert question.key == "shower_level"


def test_an_offer_that_misses_a_must_raises_no_question():
    rows = [SupplyRow("flat", {"rent_warm_eur": 900})]
    asks = [Request("r", (Requirement("rent_warm_eur", 600), Requirement("balcony", True)))]
    assert best_questions(Frame(HOMES, rows), asks) == ()


def test_projects_and_owners_are_asked_themselves():
    (question,) = best_questions(
        Frame(HOMES, [SupplyRow("house", {})]), [Request("r", (Requirement("shared_meals", ["weekly", None]),))]
    )
    assert question.whom == "project"
    (question,) = best_questions(
        Frame(SITES, [SupplyRow("site", {})]), [Request("r", (Requirement("lift_possible", True),))]
    )
    assert question.whom == "owner"


def test_an_answer_gains_less_where_works_could_mend_a_bad_one():
    asks = [Request("r", (Requirement("shower_level", True),))]
    gains = {
        consent: best_questions(Frame(HOMES, [SupplyRow("flat", {"conversion_consent": consent})]), asks)[0].gain
        for consent in ("agreed", "open", "refused")
    }
    assert gains["agreed"] < gains["open"] < gains["refused"]
