"""What every row loses at least, for the whole supply at once: the filter and the bound of a ranking.

The musts of a request multiply to a chance. Its logarithm, rounded in favour of the row and scaled to whole
numbers below 255, is added up in one byte per row: a row that misses a must stands at 255, and a row that
loses more than the last one on the list cannot enter it. As levels are numbered in the order of what they
say, the states of equal chance lie side by side: comparisons of numbers, which the processor makes for 64 rows
at a time, take the place of a look-up per row. Where that would be many comparisons and a state fits into a
byte, Python's translation of bytes is the cheapest look-up there is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Codes, Floats, Mask, Positions

ChanceTable = tuple[Floats, Codes]
"""Chance per state and state per row."""

EXCLUDED = 255
LARGEST = 254
STEPS_PER_NAT = 32.0
FEW_RUNS = 5
MOST_RUNS = 8
"""Up to `FEW_RUNS` comparisons beat translation; a must of more runs than `MOST_RUNS` that cannot be translated is
left to the look-ups that follow, which are for fewer rows."""

RARE, FREQUENT = 0.025, 0.1
"""numpy finds what is rarer than `FREQUENT` by jumps, which from `RARE` on cost more than its plain sweep: a tail
of hits makes it sweep."""

CHUNK = 1 << 17
"""Rows at a time, so that codes and sums stay in the second-level cache."""


class StateRun(NamedTuple):
    """States `start` to `end` (exclusive) of `states` that all have the same chance, and what they lose by it."""

    start: int
    end: int
    states: int
    chance: float
    nats: float

    def loss(self, scale: float) -> int:
        return int(self.nats * scale) if self.chance > 0.0 else EXCLUDED

    def among(self, codes: Codes, spare: Mask) -> Mask:
        """Which rows are in one of the states; `spare` is room for as many rows."""
        if self.start == 0:
            return np.less(codes, self.end) if self.end < self.states else np.ones(len(codes), dtype=bool)
        mask: Mask = np.greater_equal(codes, self.start)
        if self.end < self.states:
            mask &= np.less(codes, self.end, out=spare)
        return mask


@dataclass(frozen=True)
class LossBounds:
    """`rows`, shape (rows,): loss in units of 1 / `scale` nats, EXCLUDED where a must is missed. `complete`: a row
    that loses nothing here is certain of all its musts."""

    rows: NDArray[np.uint8]
    scale: float
    complete: bool

    @classmethod
    def of(cls, musts: Sequence[ChanceTable], size: int) -> "LossBounds":
        """The least loss by all musts that can be added up fast; the others count as no loss at all."""
        all_runs = [(_runs(chances, codes), codes) for chances, codes in musts]
        found = [(runs, codes) for runs, codes in all_runs if runs is not None]
        most = sum(max((run.nats for run in runs if run.chance > 0.0), default=0.0) for runs, _ in found)
        scale = min(STEPS_PER_NAT, LARGEST / most) if most else STEPS_PER_NAT
        rows = np.zeros(size, dtype=np.uint8)
        for start in range(0, size, CHUNK):
            part = rows[start : start + CHUNK]
            excluded = np.zeros(len(part), dtype=bool)
            for runs, codes in found:
                add = _add_translated if len(runs) > FEW_RUNS and codes.itemsize == 1 else _add_compared
                add(runs, codes[start : start + len(part)], scale, part, excluded)
            part |= np.negative(excluded.view(np.uint8))
        complete = len(found) == len(musts) and all(run.loss(scale) for runs, _ in found for run in runs)
        return cls(rows, scale, complete)

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

    def between(self, low: int, high: int) -> Positions:
        """Positions of the rows that lose `low` to `high`, both inclusive."""
        band = self._band(low, high)
        found = int(np.count_nonzero(band))
        if RARE < found / max(len(band), 1) < FREQUENT:
            band = np.concatenate([band, np.ones(len(band) // 8, dtype=bool)])
        rows: Positions = band.nonzero()[0][:found]
        return rows

    def _band(self, low: int, high: int) -> Mask:
        if low == 0:
            return self.rows <= high
        return self.rows - np.uint8(low) <= high - low  # smaller ones wrap around to the far end


def _runs(chances: Floats, codes: Codes) -> list[StateRun] | None:
    """The runs of states with one chance below 1; None where they are too many to be worth it."""
    edges = (chances[1:] != chances[:-1]).nonzero()[0] + 1
    if len(edges) > MOST_RUNS and codes.itemsize > 1:
        return None
    ends = [0, *edges.tolist(), len(chances)]
    each = chances.take(ends[:-1]).tolist()
    return [
        StateRun(start, end, len(chances), chance, -math.log(chance) if chance > 0.0 else math.inf)
        for (start, end), chance in zip(pairwise(ends), each, strict=True)
        if chance < 1.0
    ]


def _add_compared(
    runs: Sequence[StateRun], codes: Codes, scale: float, losses: NDArray[np.uint8], excluded: Mask
) -> None:
    spare = np.empty(len(codes), dtype=bool)
    for run in runs:
        mask = run.among(codes, spare)
        if run.chance > 0.0:
            losses += np.multiply(mask.view(np.uint8), np.uint8(run.loss(scale)), out=spare.view(np.uint8))
        else:
            excluded |= mask


def _add_translated(
    runs: Sequence[StateRun], codes: Codes, scale: float, losses: NDArray[np.uint8], excluded: Mask
) -> None:
    table = bytearray(EXCLUDED + 1)
    for run in runs:
        table[run.start : run.end] = bytes([run.loss(scale)]) * (run.end - run.start)
    found = np.frombuffer(codes.tobytes().translate(table), dtype=np.uint8)
    losses += found  # what is excluded may overflow: it is settled at the end
    excluded |= found == EXCLUDED
