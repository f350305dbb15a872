"""One offer against all requests says what every request says of the offer."""

import math

import pytest
from hypothesis import given, settings

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.offer_against_requests import judge_offer
from matching.ranking import rank
from matching.request_index import RequestIndex
from matching.request_ranking import rank_requests
from matching.requests import Request, Requirement, SupplyRow
from matching.shares_in_words import LIKELY, in_a_word
from matching.text_similarity import TextIndex
from tests.matching.cases import markets, markets_with_texts


def listed(requests, frame):
    """Every listed pair of a ranking, by offer and request."""
    texts = TextIndex(frame.texts)
    return {
        (match.offer, request.id): match
        for request in requests
        for match in rank(request, frame, top=None, texts=texts).matches
    }  # fmt: skip


@settings(max_examples=70, deadline=None)
@given(markets_with_texts())
def test_both_directions_agree_on_every_pair(case):
    requests, rows = case
    frame, index = Frame(HOMES, rows), RequestIndex(HOMES, requests)
    pairs = listed(requests, frame)
    texts = TextIndex(frame.texts)
    for row in rows:
        ranking = rank_requests(row.id, frame, index, top=None, texts=texts)
        assert ranking.considered == len(requests)
        assert {item.request for item in ranking.matches} == {r for offer, r in pairs if offer == row.id}
        for item in ranking.matches:
            match = pairs[row.id, item.request]
            assert (item.score, item.worst, item.best) == pytest.approx((match.score, match.worst, match.best))
            assert (item.outlook, item.adaptations) == (match.outlook, match.adaptations)
            assert reasons(item) == reasons(match)


def reasons(match):
    """Reasons in an order that does not depend on the direction; contributions are compared by the score."""
    return sorted(
        (reason.side, reason.key, str(reason.wanted), reason.importance, reason.grade, reason.sentence)
        for reason in match.reasons
    )


@settings(max_examples=50, deadline=None)
@given(markets(most_rows=4, most_requests=4), markets(most_rows=3))
def test_likelihoods_follow_the_supply_as_it_changes(case, change):
    requests, rows = case
    _, changed = change
    frame, index = Frame(HOMES, rows), RequestIndex(HOMES, requests)
    for row in range(len(frame)):
        judge_offer(index, frame, row)  # rates are known before the change
    frame.drop([rows[0].id])
    frame.replace(changed)
    pairs = listed(requests, frame)
    for offer in frame.ids:
        scores = {item.request: item.score for item in rank_requests(offer, frame, index, top=None).matches}
        assert scores == pytest.approx({r: match.score for (o, r), match in pairs.items() if o == offer})


@pytest.mark.parametrize("share", [0.1, 0.35, 0.65, 0.9])
def test_a_share_is_read_the_same_however_its_sum_was_rounded(share):
    below, above = math.nextafter(share, 0), math.nextafter(share, 1)
    assert in_a_word(below, LIKELY) == in_a_word(share, LIKELY) == in_a_word(above, LIKELY)


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0001, "sehr unwahrscheinlich"), (0.01, "sehr unwahrscheinlich"), (0.2, "eher unwahrscheinlich"),
        (0.5, "ungewiss"), (0.72, "eher wahrscheinlich"), (0.95, "sehr wahrscheinlich"), (1, "sehr wahrscheinlich"),
    ],
)  # fmt: skip
def test_a_chance_is_told_in_a_word(share, word):
    assert in_a_word(share, LIKELY) == word


def test_the_best_requests_come_first_and_equals_follow_the_seed():
    rows = [SupplyRow("flat", {"rent_warm_eur": 600})]
    asks = [Request(f"r{number}", (Requirement("rent_warm_eur", 600),)) for number in range(6)]
    asks.append(Request("lukewarm", (Requirement("rent_warm_eur", 560, "wish"),)))
    frame, index = Frame(HOMES, rows), RequestIndex(HOMES, asks)
    orders = {
        seed: [item.request for item in rank_requests("flat", frame, index, seed=seed).matches] for seed in (0, 0, 1)
    }
    assert {order[-1] for order in orders.values()} == {"lukewarm"}
    assert orders[0] != orders[1]
    assert [item.rank for item in rank_requests("flat", frame, index, top=3).matches] == [1, 2, 3]
