"""Scores added up table by table, for `matching.scoring` to make one of.

Rows that cannot reach a given bar are left as soon as that is certain: after the musts, and again whenever half of the
wishes that were still open have been looked up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Mask, Positions
from matching.pruning import ChanceTable
from matching.requirement_terms import Settled, Term
from matching.score_tables import ScoreTable
from matching.scoring import WishSums, chances_of, score, wishes_of

FEW = 256
"""So few rows are looked up to the end: leaving some of them costs more."""


@dataclass(frozen=True)
class LateWish:
    """A wish that is costly to look up: its weight, and weight × satisfaction of given rows."""

    weight: float
    merits: Callable[[Positions, Settled], Floats]


class PartialScores:
    """What is looked up for one request: the seeker's requirements, what rows demand, late wishes."""

    def __init__(
        self, asked: Sequence[ScoreTable], demands: Sequence[Term] = (), late: Sequence[LateWish] = ()
    ) -> None:
        self._musts = [item for item in asked if item.must]
        self._wishes = sorted((item for item in asked if not item.must), key=lambda item: -item.weight)
        self._demands = demands
        self._late = late
        self._total = float(sum(wish.weight for wish in self._wishes) + sum(wish.weight for wish in late))

    @property
    def musts(self) -> list[ChanceTable]:
        """Chance per state and state per row, of both sides."""
        seeker = [(item.values, item.codes) for item in self._musts]
        return seeker + [(term.chances(), term.codes) for term in self._demands]

    def scores(self, rows: Positions, bar: float = 0.0, certain: bool = False) -> tuple[Positions, Floats]:
        """The rows that miss no must and may reach the bar, in their order, with their scores. `certain`: they are
        known to be certain of every must."""
        sums = RunningSums(rows, np.ones(len(rows)), np.zeros(len(rows)), None)
        if not certain:
            for item in self._musts:
                sums.chance *= item.of(rows)
            if self._demands:
                sums.chance *= chances_of(self._demands, rows)
            sums = sums.at(sums.chance >= bar if bar > 0.0 else sums.chance > 0.0)
        if self._demands:
            _, sums.provider = wishes_of(self._demands, sums.rows)
        ahead, check = self._total, self._total / 2.0
        for wish in self._wishes:
            if bar > 0.0 and ahead <= check and len(sums.rows) > FEW:
                sums = sums.at(sums.scores(self._total, ahead) >= bar)
                check = ahead / 2.0
            sums.merit += wish.of(sums.rows)
            ahead -= wish.weight
        if self._late and bar > 0.0:
            sums = sums.at(sums.scores(self._total, ahead) >= bar)
        for late in self._late:
            sums.merit += late.merits(sums.rows, "expected")
        return sums.rows, sums.scores(self._total)

    def best_cases(self, rows: Positions) -> Floats:
        """The scores of the rows with every unknown settled for."""
        chance, merit = np.ones(len(rows)), np.zeros(len(rows))
        for item in self._musts:
            chance *= item.at_best(rows)
        for item in self._wishes:
            merit += item.at_best(rows)
        for late in self._late:
            merit += late.merits(rows, "for")
        chance *= chances_of(self._demands, rows, "for")
        return RunningSums(rows, chance, merit, wishes_of(self._demands, rows, "for")[1]).scores(self._total)


@dataclass
class RunningSums:
    """What is known so far of some rows, arrays of shape (rows,)."""

    rows: Positions
    chance: Floats
    merit: Floats
    provider: WishSums | None

    def at(self, keep: Mask) -> "RunningSums":
        """Only the rows to keep."""
        kept = keep.nonzero()[0]
        if len(kept) == len(keep):
            return self
        provider = None if self.provider is None else self.provider.at(kept)
        return RunningSums(self.rows.take(kept), self.chance.take(kept), self.merit.take(kept), provider)

    def scores(self, total: float, ahead: float = 0.0) -> Floats:
        """Scores where `ahead` of the `total` weight of the seeker's wishes is taken as satisfied."""
        return score(self.chance, WishSums(self.merit + ahead, total), self.provider)
