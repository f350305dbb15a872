"""The short way to the best rows finds exactly what scoring every row would find."""

from functools import cache

import numpy as np
import pytest

from benchmarks.asking import make_requests
from benchmarks.supply import make_stock
from matching.catalogue import HOMES
from matching.frame import Frame
from matching.pruning import EXCLUDED, LossBounds
from matching.ranking import TopKSearch, best_rows, rank
from matching.requests import Request, Requirement, SupplyRow
from matching.requirement_terms import terms_of
from matching.scoring import intervals_of, passing_rows, scores_of
from matching.text_similarity import TextIndex

SIZE = 4_000
WORDS = ["wir", "kochen", "gemeinsam", "Garten", "Kinder", "ruhig", "Musik", "Werkstatt", "feiern", "Katzen"]


@cache
def frame_with_everything(unknown, seed=0):
    """Rows of every kind: a tenth asks something of the household, a fifth has written a text. To look at only."""
    stock = make_stock(SIZE, unknown, seed)
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, 4)) if rng.random() < 0.2 else "" for _ in range(SIZE)]
    demands = {row_id: _demands(rng) for row_id in stock.ids if rng.random() < 0.1}
    return stock, Frame.from_columns(HOMES, stock.ids, stock.values, stock.evidence, texts, demands)


def _demands(rng):
    importance = "must" if rng.random() < 0.5 else "wish"
    return (
        Requirement("persons", [1, int(rng.integers(1, 5))], importance, weight=int(rng.integers(1, 4))),
        Requirement("community_hours_month", int(rng.integers(0, 30)), "wish"),
    )


def listed_by_scoring_all(request, frame, top, seed):
    terms = terms_of(request, frame)
    return best_rows(terms, frame, passing_rows(terms, len(frame)), top, seed)


def requests_with_everything(stock, asked, musts):
    households = [{"persons": 2, "wbs": True}, {"persons": 4, "community_hours_month": 8}, {}]
    texts = ["gemeinsam im Garten kochen", "", "Musik"]
    made = make_requests(stock, 12, asked, musts, seed=asked)
    return [
        Request(request.id, request.requirements, households[index % 3], texts[index // 3 % 3])
        for index, request in enumerate(made)
    ]


@pytest.mark.parametrize("unknown", [0.0, 0.1, 0.7, 0.98])
@pytest.mark.parametrize(("asked", "musts"), [(1, 0.5), (4, 4.0), (12, 5.0), (21, 4.7), (30, 20.0)])
def test_the_list_is_the_one_that_scoring_every_row_gives(unknown, asked, musts):
    stock, frame = frame_with_everything(unknown)
    for number, request in enumerate(requests_with_everything(stock, asked, musts)):
        top, seed = (1, 20, 300)[number % 3], number
        rows, scores = TopKSearch(request, frame).best(top, seed)
        expected_rows, expected_scores = listed_by_scoring_all(request, frame, top, seed)
        assert rows.tolist() == expected_rows.tolist()
        assert scores == pytest.approx(expected_scores, abs=1e-12)


def test_the_loss_of_a_row_never_exceeds_what_its_chance_says():
    stock, frame = frame_with_everything(0.5)
    for request in requests_with_everything(stock, 21, 8.0):
        terms = terms_of(request, frame)
        bounds = LossBounds.of([(term.chances(), term.codes) for term in terms], len(frame))
        chance = np.prod([term.chances().take(term.codes) for term in terms], axis=0)
        assert (chance[bounds.rows == EXCLUDED] == 0.0).all()
        alive = chance > 0
        assert (bounds.rows[alive] <= -np.log(chance[alive]) * bounds.scale + 1e-9).all()


def test_intervals_are_the_scores_with_every_unknown_settled():
    stock, frame = frame_with_everything(0.7)
    rows = np.arange(0, SIZE, 7)
    for request in requests_with_everything(stock, 12, 5.0):
        terms = terms_of(request, frame)
        for interval, settled in zip(intervals_of(terms, rows), ("against", "expected", "for"), strict=True):
            assert interval == pytest.approx(scores_of(terms, rows, settled), abs=1e-12)


class CountingIndex(TextIndex):
    compared = 0

    def likeness(self, text, rows=None):
        self.compared += len(self.texts) if rows is None else len(rows)
        return super().likeness(text, rows)


def test_few_texts_are_compared():
    stock, frame = frame_with_everything(0.1)
    request = make_requests(stock, 1, 12, 5.0)[0]
    texts = CountingIndex(frame.texts)
    ranking = rank(Request("r", request.requirements, {}, "gemeinsam kochen"), frame, texts=texts)
    assert len(ranking.matches) == 20
    assert 0 < texts.compared < SIZE / 2


def test_an_empty_frame_and_an_empty_request_have_their_lists():
    assert rank(Request("r", (Requirement("balcony", True),)), Frame(HOMES)).matches == ()
    row = SupplyRow("o", {"balcony": True})
    assert [match.score for match in rank(Request("r"), Frame(HOMES, [row])).matches] == [1.0]
