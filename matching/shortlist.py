"""The best rows of the supply for one request, exactly, without scoring the rest.

Rows are taken up in bands of growing loss (see `matching.losses`), a band in chunks of growing size; the score
of the last one on the list so far is the bar that every further row must be able to reach. Texts are compared
last, for the rows that could still enter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matching.frame import Frame
from matching.grading import UNKNOWN
from matching.kinds import Floats
from matching.lookups import LookUp, Rows, look_up
from matching.losses import Losses
from matching.requests import Request, Requirement
from matching.scores import scores_of
from matching.tables import LateWish, Tables
from matching.terms import Settled, Term, demands_of, requirements_of, terms_of, text_term
from matching.text import TextIndex

TIE_DIGITS = 12
"""Scores that agree to so many digits are equal: the last bits differ between machines."""

FIRST_CHUNK = 1 << 10
LARGEST_CHUNK = 1 << 14
GROWTH = 4
CROWD = 8
"""The first band holds at least so many rows for each place on the list."""

NO_ROWS: Rows = np.zeros(0, dtype=np.intp)


class Search:
    """One request in front of the supply as it is now; nothing may change the frame while it is in use."""

    def __init__(self, request: Request, frame: Frame, texts: TextIndex | None = None) -> None:
        self.request, self.frame = request, frame
        self._texts = texts or TextIndex(frame.texts)
        asked = requirements_of(request, frame)
        compares = frame.market.text_criterion
        self._late = [item for item in asked if compares and item.key == compares.key and not item.must]
        self._tables = Tables(
            [self._look_up(item) for item in asked if item not in self._late],
            demands_of(request, frame),
            [self._late_wish(item) for item in self._late],
        )

    def terms(self, rows: Rows) -> list[Term]:
        """The request taken apart, good for the given rows."""
        return terms_of(self.request, self.frame, self._texts, rows)

    def best(self, top: int, seed: int = 0) -> tuple[Rows, Floats]:
        """The `top` best rows that miss no must, in order, with their scores; ties by best case, then by the
        seeded hash of the id."""
        found = self._found(top) if len(self.frame) and top > 0 else Found(top)
        order = in_order(found.rows, found.scores, top, self.frame, seed, self._tables.best_cases)
        return found.rows[order], found.scores[order]

    def _found(self, top: int) -> "Found":
        found = Found(top)
        losses = Losses.of(self._tables.musts, len(self.frame))
        low, high = 0, losses.within(0.0)
        while low <= high:
            band = losses.reaching(low, high, CROWD * top)
            rows = losses.between(low, band)
            size = LARGEST_CHUNK if found.bar else FIRST_CHUNK
            while len(rows):
                found.add(*self._tables.scores(rows[:size], found.bar, certain=losses.complete and band == 0))
                rows, size = rows[size:], min(GROWTH * size, LARGEST_CHUNK)
            low, high = band + 1, losses.within(found.bar)
        return found

    def _look_up(self, requirement: Requirement) -> LookUp:
        criterion = self.frame.market.criterion(requirement.key)
        if criterion is not self.frame.market.text_criterion:
            return look_up(requirement, self.frame)
        term = text_term(requirement, self.frame, self._texts)
        return LookUp(True, 0.0, term.p, term.grade == UNKNOWN, term.codes)

    def _late_wish(self, requirement: Requirement) -> LateWish:
        def merits(rows: Rows, settled: Settled) -> Floats:
            term = text_term(requirement, self.frame, self._texts, rows)
            result: Floats = term.merits(settled).take(term.codes.take(rows))
            return result

        return LateWish(float(requirement.weight), merits)


@dataclass
class Found:
    """The best rows so far with their scores; `bar` is what a further one must reach, 0 while places are free."""

    top: int
    bar: float = 0.0
    rows: Rows = field(default_factory=lambda: NO_ROWS)
    scores: Floats = field(default_factory=lambda: np.zeros(0))

    def add(self, rows: Rows, scores: Floats) -> None:
        """Take in what reaches the bar, and raise it."""
        keep = (scores >= self.bar).nonzero()[0]
        self.rows = np.concatenate([self.rows, rows.take(keep)])
        self.scores = np.concatenate([self.scores, scores.take(keep)])
        if len(self.scores) > self.top:
            self.bar = float(np.partition(self.scores, -self.top)[-self.top]) - 10.0**-TIE_DIGITS
            keep = (self.scores >= self.bar).nonzero()[0]
            self.rows, self.scores = self.rows.take(keep), self.scores.take(keep)


def best_first(terms: list[Term], frame: Frame, rows: Rows, scores: Floats, top: int | None, seed: int) -> Rows:
    """Indices into `rows` of the `top` best in order; ties by best case, then by the seeded hash of the id."""
    return in_order(rows, scores, top, frame, seed, lambda some: scores_of(terms, some, "for"))


def in_order(
    rows: Rows, scores: Floats, top: int | None, frame: Frame, seed: int, best_cases: Callable[[Rows], Floats]
) -> Rows:
    """As `best_first`; the best cases are worked out only where scores tie."""
    wanted = len(rows) if top is None else min(top, len(rows))
    if wanted == 0:
        return NO_ROWS
    bar = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] - 10.0**-TIE_DIGITS
    candidates = (scores >= bar).nonzero()[0]
    rounded = np.round(scores.take(candidates), TIE_DIGITS)
    order = (-rounded).argsort()
    ranked = rounded.take(order)
    if (ranked[1:] == ranked[:-1]).any():
        best = np.round(best_cases(rows.take(candidates)), TIE_DIGITS)
        order = np.lexsort((frame.tie_breaks(rows.take(candidates), seed), -best, -rounded))
    result: Rows = candidates.take(order)[:wanted]
    return result
