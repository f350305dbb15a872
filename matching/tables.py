"""Look-ups added up over rows: the arithmetic of chance, wish and score.

Score = chance × (β + (1 − β) × wish). Rows that cannot reach a given bar are left as soon as that is certain:
after the musts, and again whenever half of the wishes that were still open have been looked up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kinds import Floats
from matching.lookups import LookUp, Rows
from matching.losses import Table
from matching.terms import Settled, Term

CHANCE_SHARE = 0.5
"""Beta: how much of the score the musts decide alone; the wishes decide the rest."""

FEW = 256
"""So few rows are looked up to the end: leaving some of them costs more."""


@dataclass(frozen=True)
class LateWish:
    """A wish that is costly to look up: its weight, and weight × satisfaction of given rows."""

    weight: float
    merits: Callable[[Rows, Settled], Floats]


class Tables:
    """What is looked up for one request: the seeker's requirements, what rows demand, late wishes."""

    def __init__(self, asked: Sequence[LookUp], demands: Sequence[Term] = (), late: Sequence[LateWish] = ()) -> None:
        self._musts = [item for item in asked if item.must]
        self._wishes = sorted((item for item in asked if not item.must), key=lambda item: -item.weight)
        self._demands = demands
        self._late = late
        self._total: float = sum(wish.weight for wish in self._wishes) + sum(wish.weight for wish in late)

    @property
    def musts(self) -> list[Table]:
        """Chance per state and state per row, of both sides."""
        seeker = [(item.values, item.codes) for item in self._musts]
        return seeker + [(term.chances(), term.codes) for term in self._demands]

    def scores(self, rows: Rows, bar: float = 0.0, certain: bool = False) -> tuple[Rows, Floats]:
        """The rows that miss no must and may reach the bar, in their order, with their scores. `certain`: they are
        known to be certain of every must."""
        sums = Sums(rows, np.ones(len(rows)), np.zeros(len(rows)), None)
        if not certain:
            for item in self._musts:
                sums.chance *= item.of(rows)
            sums.chance *= self._demanded(rows, "expected")
            sums = sums.at(sums.chance >= bar if bar > 0.0 else sums.chance > 0.0)
        sums.offered = self._offered(sums.rows, "expected")
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

    def best_cases(self, rows: Rows) -> Floats:
        """The scores of the rows with every unknown settled for."""
        chance, merit = np.ones(len(rows)), np.zeros(len(rows))
        for item in self._musts:
            chance *= item.at_best(rows)
        for item in self._wishes:
            merit += item.at_best(rows)
        for late in self._late:
            merit += late.merits(rows, "for")
        chance *= self._demanded(rows, "for")
        return Sums(rows, chance, merit, self._offered(rows, "for")).scores(self._total)

    def _demanded(self, rows: Rows, settled: Settled) -> Floats | float:
        """Chance that the demands of the rows are met."""
        chance: Floats | float = 1.0
        for term in self._demands:
            chance = chance * term.chances(settled).take(term.codes.take(rows))
        return chance

    def _offered(self, rows: Rows, settled: Settled) -> Floats | None:
        """How far what the rows wish is satisfied, shape (rows,); NaN where a row wishes nothing."""
        wishing = [term for term in self._demands if not term.must.all()]
        if not wishing:
            return None
        merit, weight = np.zeros(len(rows)), np.zeros(len(rows))
        for term in wishing:
            states = term.codes.take(rows)
            merit += term.merits(settled).take(states)
            weight += term.weights().take(states)
        mean: Floats = np.divide(merit, weight, out=np.full(len(rows), np.nan), where=weight > 0)
        return mean


@dataclass
class Sums:
    """What is known so far of some rows, arrays of shape (rows,)."""

    rows: Rows
    chance: Floats
    merit: Floats
    offered: Floats | None

    def at(self, keep: NDArray[np.bool_]) -> "Sums":
        """Only the rows to keep."""
        places = keep.nonzero()[0]
        if len(places) == len(keep):
            return self
        offered = None if self.offered is None else self.offered.take(places)
        return Sums(self.rows.take(places), self.chance.take(places), self.merit.take(places), offered)

    def scores(self, total: float, ahead: float = 0.0) -> Floats:
        """Scores where `ahead` of the `total` weight of the seeker's wishes is taken as satisfied."""
        wish: Any = (self.merit + ahead) / total if total > 0 else 1.0
        if self.offered is not None:
            both = np.sqrt(wish * self.offered) if total > 0 else self.offered
            wish = np.where(np.isnan(self.offered), wish, both)
        result: Floats = self.chance * (CHANCE_SHARE + (1.0 - CHANCE_SHARE) * wish)
        return result
