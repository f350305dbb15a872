"""What every row loses at least, for the whole supply at once: the filter and the bound of a ranking.

The musts of a request multiply to a chance. Its logarithm, rounded in favour of the row and scaled to whole
numbers below 255, is added up in one byte per row: a row that misses a must stands at 255, and a row that
loses more than the last one on the list cannot enter it. As levels are numbered in the order of what they
say, the states of equal loss lie side by side: a few comparisons of numbers, which the processor makes for 64
rows at a time, take the place of a look-up per row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.coding import Codes
from matching.kinds import Floats

Table = tuple[Floats, Codes]
"""Chance per state and state per row."""

EXCLUDED = 255
LARGEST = 254
STEPS_PER_NAT = 32.0
MOST_RUNS = 6
"""A must with more runs of equal loss is left to the look-ups that follow: they come cheaper then."""

CHUNK = 1 << 17
"""Rows at a time, so that codes and sums stay in the second-level cache."""


@dataclass(frozen=True)
class Run:
    """States `start` to `end` (exclusive) of `states` that all lose the same."""

    start: int
    end: int
    states: int
    loss: int

    def among(self, codes: Codes, spare: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which rows are in one of the states; `spare` is room for as many rows."""
        if self.start == 0:
            return np.less(codes, self.end) if self.end < self.states else np.ones(len(codes), dtype=bool)
        mask: NDArray[np.bool_] = np.greater_equal(codes, self.start)
        if self.end < self.states:
            mask &= np.less(codes, self.end, out=spare)
        return mask


@dataclass(frozen=True)
class Losses:
    """`rows`, shape (rows,): loss in units of 1 / `scale` nats, EXCLUDED where a must is missed."""

    rows: NDArray[np.uint8]
    scale: float

    @classmethod
    def of(cls, musts: Sequence[Table], size: int) -> "Losses":
        """The least loss by all musts whose states are few runs; other musts count as no loss at all."""
        with np.errstate(divide="ignore"):
            nats = [(-np.log(chances), codes) for chances, codes in musts]
        most = sum(float(np.max(loss, where=np.isfinite(loss), initial=0.0)) for loss, _ in nats)
        scale = min(STEPS_PER_NAT, LARGEST / most) if most else STEPS_PER_NAT
        runs = [(found, codes) for loss, codes in nats if len(found := _runs(loss * scale)) <= MOST_RUNS]
        by_run = sorted(((run, codes) for found, codes in runs for run in found), key=lambda item: item[0].loss)
        rows = np.zeros(size, dtype=np.uint8)
        for start in range(0, size, CHUNK):
            _add_up(rows[start : start + CHUNK], [(run, codes[start : start + CHUNK]) for run, codes in by_run])
        return cls(rows, scale)

    def within(self, chance: float) -> int:
        """The largest loss with which a row can still have that chance."""
        return LARGEST if chance <= 0.0 else min(LARGEST, int(-np.log(chance) * self.scale))

    def reaching(self, low: int, high: int, least: int) -> int:
        """The loss up to which, from `low` on, at least `least` rows lie, `high` at most."""
        step = 1
        while low + step <= high:
            if np.count_nonzero(self._band(low, low + step - 1)) >= least:
                return low + step - 1
            step *= 4
        return high

    def between(self, low: int, high: int) -> NDArray[np.intp]:
        """Positions of the rows that lose `low` to `high`, both inclusive."""
        return np.flatnonzero(self._band(low, high))

    def _band(self, low: int, high: int) -> NDArray[np.bool_]:
        if low == 0:
            return self.rows <= high
        return self.rows - np.uint8(low) <= high - low  # smaller ones wrap around to the far end


def _runs(loss: Floats) -> list[Run]:
    """The runs of states that lose something, in whole numbers."""
    whole = np.where(np.isfinite(loss), np.floor(np.minimum(loss, LARGEST)), EXCLUDED)
    edges = [0, *(np.flatnonzero(np.diff(whole)) + 1).tolist(), len(whole)]
    return [Run(start, end, len(whole), int(whole[start])) for start, end in pairwise(edges) if whole[start]]


def _add_up(losses: NDArray[np.uint8], runs: Sequence[tuple[Run, Codes]]) -> None:
    """Add every run's loss to its rows; exclusion comes last, as nothing may be added to it."""
    spare = np.empty(len(losses), dtype=bool)
    for run, codes in runs:
        mask = run.among(codes, spare).view(np.uint8)
        if run.loss == EXCLUDED:
            losses |= np.negative(mask, out=mask)
        else:
            losses += np.multiply(mask, np.uint8(run.loss), out=mask)
