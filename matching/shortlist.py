"""The best rows of the supply for one request, exactly, without scoring the rest.

Rows are taken up in bands of growing loss (see `matching.losses`), a band in chunks of growing size; the score
of the last one on the list so far is the bar that every further row must be able to reach. Texts are compared
last, for the rows that could still enter.
"""

from dataclasses import dataclass, field

import numpy as np

from matching.frame import Frame
from matching.kinds import Floats
from matching.losses import Losses
from matching.requests import Request
from matching.scores import intervals_of
from matching.tables import Tables, Wish
from matching.terms import Rows, Term, terms_of, text_term
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
        self._terms = terms_of(request, frame, self._texts, NO_ROWS)
        self._late = [term for term in self._terms if self._is_late(term)]

    def terms(self, rows: Rows) -> list[Term]:
        """The request taken apart, good for the given rows."""
        return terms_of(self.request, self.frame, self._texts, rows) if self._late else self._terms

    def best(self, top: int, seed: int = 0) -> tuple[Rows, Floats]:
        """The `top` best rows that miss no must, in order, with their scores; ties by best case, then by the
        seeded hash of the id."""
        found = self._found(top) if len(self.frame) and top > 0 else Found(top)
        order = best_first(self.terms(found.rows), self.frame, found.rows, found.scores, top, seed)
        return found.rows[order], found.scores[order]

    def _found(self, top: int) -> "Found":
        found = Found(top)
        late = [self._wish(term) for term in self._late]
        tables = Tables([term for term in self._terms if not self._is_late(term)], late)
        losses = Losses.of(tables.musts, len(self.frame))
        low, high = 0, losses.within(0.0)
        while low <= high:
            band = losses.reaching(low, high, CROWD * top)
            rows = losses.between(low, band)
            size = LARGEST_CHUNK if found.bar else FIRST_CHUNK
            while len(rows):
                found.add(*tables.scores(rows[:size], found.bar))
                rows, size = rows[size:], min(GROWTH * size, LARGEST_CHUNK)
            low, high = band + 1, losses.within(found.bar)
        return found

    def _is_late(self, term: Term) -> bool:
        requirement = term.requirements[0]
        text = term.criterion is self.frame.market.text_criterion
        return text and requirement is not None and not requirement.must

    def _wish(self, term: Term) -> Wish:
        (wanted,) = term.requirements
        assert wanted is not None  # the seeker's terms have one requirement
        return Wish(
            float(wanted.weight),
            lambda rows: wanted.weight * text_term(wanted, self.frame, self._texts, rows).satisfaction,
        )


@dataclass
class Found:
    """The best rows so far with their scores; `bar` is what a further one must reach, 0 while places are free."""

    top: int
    bar: float = 0.0
    rows: Rows = field(default_factory=lambda: NO_ROWS)
    scores: Floats = field(default_factory=lambda: np.zeros(0))

    def add(self, rows: Rows, scores: Floats) -> None:
        """Take in what reaches the bar, and raise it."""
        keep = np.flatnonzero(scores >= self.bar)
        self.rows = np.concatenate([self.rows, rows[keep]])
        self.scores = np.concatenate([self.scores, scores[keep]])
        if len(self.scores) > self.top:
            self.bar = float(np.partition(self.scores, -self.top)[-self.top]) - 10.0**-TIE_DIGITS
            keep = np.flatnonzero(self.scores >= self.bar)
            self.rows, self.scores = self.rows[keep], self.scores[keep]


def best_first(terms: list[Term], frame: Frame, rows: Rows, scores: Floats, top: int | None, seed: int) -> Rows:
    """Indices into `rows` of the `top` best in order; ties by best case, then by the seeded hash of the id."""
    wanted = len(rows) if top is None else min(top, len(rows))
    if wanted == 0:
        return NO_ROWS
    bar = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] - 10.0**-TIE_DIGITS
    candidates = np.flatnonzero(scores >= bar)
    rounded = np.round(scores[candidates], TIE_DIGITS)
    order = np.argsort(-rounded)
    if (np.diff(rounded[order]) == 0.0).any():
        best = np.round(intervals_of(terms, rows[candidates])[-1], TIE_DIGITS)
        order = np.lexsort((frame.tie_breaks(rows[candidates], seed), -best, -rounded))
    return candidates[order][:wanted]
