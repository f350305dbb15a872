"""The best rows of the supply for one request, exactly, without scoring the rest.

Rows are taken up in bands of growing loss (see `matching.pruning`), a band in chunks of growing size; the score
of the last one on the list so far is the bar that every further row must be able to reach. Texts are compared
last, for the rows that could still enter.
"""

from dataclasses import dataclass, field

import numpy as np

from matching.arrays import Floats, Positions
from matching.frame import Frame
from matching.grading import UNKNOWN
from matching.partial_scores import LateWish, PartialScores
from matching.pruning import LossBounds
from matching.requests import Request, Requirement
from matching.requirement_terms import Settled, Term, demands_of, requirements_of, terms_of, text_term
from matching.score_tables import ScoreTable, score_table
from matching.text_similarity import TextIndex
from matching.tie_breaking import bar_of, best_first

FIRST_CHUNK = 1 << 10
LARGEST_CHUNK = 1 << 14
GROWTH = 4
CROWD = 8
"""The first band holds at least so many rows for each that is listed."""

NO_ROWS: Positions = np.zeros(0, dtype=np.intp)


class TopKSearch:
    """One request in front of the supply as it is now; nothing may change the frame while it is in use."""

    def __init__(self, request: Request, frame: Frame, texts: TextIndex | None = None) -> None:
        self.request, self.frame = request, frame
        self._texts = texts or TextIndex(frame.texts)
        asked = requirements_of(request, frame)
        compares = frame.market.text_criterion
        self._late = [item for item in asked if compares and item.key == compares.key and not item.must]
        self._scores = PartialScores(
            [self._table(item) for item in asked if item not in self._late],
            demands_of(request, frame),
            [self._late_wish(item) for item in self._late],
        )

    def terms(self, rows: Positions) -> list[Term]:
        """The request taken apart, good for the given rows."""
        return terms_of(self.request, self.frame, self._texts, rows)

    def best(self, top: int, seed: int = 0) -> tuple[Positions, Floats]:
        """The `top` best rows that miss no must, in order, with their scores; ties by best case, then by the
        seeded hash of the id."""
        found = self._found(top) if len(self.frame) and top > 0 else BestSoFar(top)
        order = best_first(
            found.scores,
            top,
            best_cases=lambda some: self._scores.best_cases(found.rows[some]),
            ties=lambda some: self.frame.tie_breaks(found.rows[some], seed),
        )
        return found.rows[order], found.scores[order]

    def _found(self, top: int) -> "BestSoFar":
        found = BestSoFar(top)
        bounds = LossBounds.of(self._scores.musts, len(self.frame))
        low, high = 0, bounds.within(0.0)
        while low <= high:
            band = bounds.reaching(low, high, CROWD * top)
            rows = bounds.between(low, band)
            size = LARGEST_CHUNK if found.bar else FIRST_CHUNK
            while len(rows):
                found.add(*self._scores.scores(rows[:size], found.bar, certain=bounds.complete and band == 0))
                rows, size = rows[size:], min(GROWTH * size, LARGEST_CHUNK)
            low, high = band + 1, bounds.within(found.bar)
        return found

    def _table(self, requirement: Requirement) -> ScoreTable:
        criterion = self.frame.market.criterion(requirement.key)
        if criterion is not self.frame.market.text_criterion:
            return score_table(requirement, self.frame)
        term = text_term(requirement, self.frame, self._texts)
        return ScoreTable(True, 0.0, term.p, term.grade == UNKNOWN, term.codes)

    def _late_wish(self, requirement: Requirement) -> LateWish:
        def merits(rows: Positions, settled: Settled) -> Floats:
            term = text_term(requirement, self.frame, self._texts, rows)
            result: Floats = term.merits(settled).take(term.codes.take(rows))
            return result

        return LateWish(float(requirement.weight), merits)


@dataclass
class BestSoFar:
    """The best rows so far with their scores; `bar` is what a further one must reach, 0 while the list is not full."""

    top: int
    bar: float = 0.0
    rows: Positions = field(default_factory=lambda: NO_ROWS)
    scores: Floats = field(default_factory=lambda: np.zeros(0))

    def add(self, rows: Positions, scores: Floats) -> None:
        """Take in what reaches the bar, and raise it."""
        keep = (scores >= self.bar).nonzero()[0]
        self.rows = np.concatenate([self.rows, rows.take(keep)])
        self.scores = np.concatenate([self.scores, scores.take(keep)])
        if len(self.scores) > self.top:
            self.bar = bar_of(self.scores, self.top)
            keep = (self.scores >= self.bar).nonzero()[0]
            self.rows, self.scores = self.rows.take(keep), self.scores.take(keep)
