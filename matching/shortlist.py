"""The best rows of the supply for one request, exactly, without scoring the rest.

Rows are taken up in bands of growing loss (see `matching.losses`), a band in chunks of growing size; the score
of the last one on the list so far is the bar that every further row must be able to reach.
"""

from dataclasses import dataclass, field

import numpy as np

from matching.frame import Frame
from matching.kinds import Floats
from matching.losses import Losses
from matching.tables import Rows, Tables, scores_of
from matching.terms import Term

TIE_DIGITS = 12
"""Scores that agree to so many digits are equal: the last bits differ between machines."""

FIRST_CHUNK = 1 << 10
LARGEST_CHUNK = 1 << 14
GROWTH = 4
CROWD = 8
"""The first band holds at least so many rows for each place on the list."""


@dataclass
class Found:
    """The best rows so far with their scores; `bar` is what a further one must reach, 0 while places are free."""

    top: int
    bar: float = 0.0
    rows: Rows = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    scores: Floats = field(default_factory=lambda: np.zeros(0))

    def add(self, rows: Rows, scores: Floats) -> None:
        """Take in what reaches the bar, and raise it."""
        keep = np.flatnonzero((scores > 0.0) & (scores >= self.bar))
        self.rows = np.concatenate([self.rows, rows[keep]])
        self.scores = np.concatenate([self.scores, scores[keep]])
        if len(self.scores) > self.top:
            self.bar = float(np.partition(self.scores, -self.top)[-self.top]) - 10.0**-TIE_DIGITS
            keep = np.flatnonzero(self.scores >= self.bar)
            self.rows, self.scores = self.rows[keep], self.scores[keep]


def best_rows(terms: list[Term], tables: Tables, frame: Frame, top: int, seed: int = 0) -> tuple[Rows, Floats]:
    """The `top` best rows that miss no must, in order, with their scores; `tables` are those of the terms."""
    found = Found(top)
    losses = Losses.of(tables.musts, len(frame))
    low, high = 0, losses.within(0.0)
    while low <= high and top > 0:
        band = losses.reaching(low, high, CROWD * top)
        rows = losses.between(low, band)
        size = LARGEST_CHUNK if found.bar else FIRST_CHUNK
        while len(rows):
            found.add(*tables.scores(rows[:size], found.bar))
            rows, size = rows[size:], min(GROWTH * size, LARGEST_CHUNK)
        low, high = band + 1, losses.within(found.bar)
    order = best_first(terms, frame, found.rows, found.scores, top, seed)
    return found.rows[order], found.scores[order]


def best_first(terms: list[Term], frame: Frame, rows: Rows, scores: Floats, top: int | None, seed: int) -> Rows:
    """Indices into `rows` of the `top` best in order; ties by best case, then by the seeded hash of the id."""
    wanted = len(rows) if top is None else min(top, len(rows))
    if wanted == 0:
        return np.zeros(0, dtype=np.intp)
    bar = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] - 10.0**-TIE_DIGITS
    candidates = np.flatnonzero(scores >= bar)
    rounded = np.round(scores[candidates], TIE_DIGITS)
    order = np.argsort(-rounded)
    if (np.diff(rounded[order]) == 0.0).any():
        best = np.round(scores_of(terms, rows[candidates], "for"), TIE_DIGITS)
        order = np.lexsort((frame.tie_breaks(rows[candidates], seed), -best, -rounded))
    return candidates[order][:wanted]
