"""Terms as small tables, added up over rows: the arithmetic of chance, wish and score.

Score = chance × (β + (1 − β) × wish). Rows that cannot reach a given bar are left as soon as that is certain:
after the musts, and again whenever half of the wishes that were still open have been looked up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kinds import Floats
from matching.losses import Table
from matching.terms import Settled, Side, Term

CHANCE_SHARE = 0.5
"""Beta: how much of the score the musts decide alone; the wishes decide the rest."""

FEW = 256
"""So few rows are looked up to the end: leaving some of them costs more."""

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Wish:
    """One wish of the seeker: its weight, and weight × satisfaction of given rows."""

    weight: float
    merits: Callable[[Rows], Floats]


class Tables:
    """What is looked up for one request. `late` wishes are costly and come last."""

    def __init__(self, terms: Sequence[Term], settled: Settled = "expected", late: Sequence[Wish] = ()) -> None:
        self.musts: list[Table] = []
        self._demands: list[tuple[Floats, Floats, NDArray[Any]]] = []
        wishes: list[Wish] = []
        for term in terms:
            if term.must.any():
                self.musts.append((term.chances(settled), term.codes))
            if term.must.all():
                continue
            if term.side == "provider":
                self._demands.append((term.merits(settled), term.weights(), term.codes))
            else:
                wishes.append(_look_up(float(term.weight[0]), term.merits(settled), term.codes))
        self._wishes = [*sorted(wishes, key=lambda wish: -wish.weight), *late]
        self._total = sum(wish.weight for wish in self._wishes)

    def scores(self, rows: Rows, bar: float = 0.0) -> tuple[Rows, Floats]:
        """The scores of the rows, in their order; with a bar only of those that may reach it."""
        sums = _Sums(rows, np.ones(len(rows)), np.zeros(len(rows)), None)
        for chances, codes in self.musts:
            sums.chance *= np.take(chances, np.take(codes, rows))
        if bar > 0.0:
            sums = sums.at(np.flatnonzero(sums.chance >= bar))
        sums.offered = self._offered(sums.rows)
        ahead, check = self._total, self._total / 2.0
        for wish in self._wishes:
            if bar > 0.0 and ahead <= check and len(sums.rows) > FEW:
                sums = sums.at(np.flatnonzero(sums.scores(self._total, ahead) >= bar))
                check = ahead / 2.0
            sums.merit += wish.merits(sums.rows)
            ahead -= wish.weight
        return sums.rows, sums.scores(self._total)

    def _offered(self, rows: Rows) -> Floats | None:
        """How far the provider's wishes are satisfied, shape (rows,); NaN where a row has none."""
        if not self._demands:
            return None
        merit, weight = np.zeros(len(rows)), np.zeros(len(rows))
        for merits, weights, codes in self._demands:
            states = np.take(codes, rows)
            merit += np.take(merits, states)
            weight += np.take(weights, states)
        mean: Floats = np.divide(merit, weight, out=np.full(len(rows), np.nan), where=weight > 0)
        return mean


@dataclass
class _Sums:
    """What is known so far of some rows, arrays of shape (rows,)."""

    rows: Rows
    chance: Floats
    merit: Floats
    offered: Floats | None

    def at(self, places: Rows) -> "_Sums":
        offered = None if self.offered is None else self.offered[places]
        return _Sums(self.rows[places], self.chance[places], self.merit[places], offered)

    def scores(self, total: float, ahead: float = 0.0) -> Floats:
        """Scores where `ahead` of the `total` weight of the seeker's wishes is taken as satisfied."""
        wish: Any = (self.merit + ahead) / total if total > 0 else 1.0
        if self.offered is not None:
            both = np.sqrt(wish * self.offered) if total > 0 else self.offered
            wish = np.where(np.isnan(self.offered), wish, both)
        result: Floats = self.chance * (CHANCE_SHARE + (1.0 - CHANCE_SHARE) * wish)
        return result


def _look_up(weight: float, merits: Floats, codes: NDArray[Any]) -> Wish:
    return Wish(weight, lambda rows: np.take(merits, np.take(codes, rows)))


def scores_of(terms: list[Term], rows: Rows, settled: Settled = "expected") -> Floats:
    """Score per row: both sides' chances times β plus the rest weighed by the wishes (matching semantics 4).

    The same arithmetic without a bar, for terms whose every state may have a weight of its own.
    """
    chance = np.ones(len(rows))
    merit: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    weight: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    for term in terms:
        states = np.take(term.codes, rows)
        if term.must.any():
            chance *= np.take(term.chances(settled), states)
        if not term.must.all():
            merit[term.side] += np.take(term.merits(settled), states)
            weight[term.side] += np.take(term.weights(), states)
    seeker, provider = (_mean(merit[side], weight[side]) for side in ("seeker", "provider"))
    both = (weight["seeker"] > 0) & (weight["provider"] > 0)
    wish = np.where(both, np.sqrt(seeker * provider), seeker * provider)
    result: Floats = chance * (CHANCE_SHARE + (1.0 - CHANCE_SHARE) * wish)
    return result


def _mean(merit: Floats, weight: Floats) -> Floats:
    """Weighted mean of satisfaction; 1 where nothing is wished."""
    return np.where(weight > 0, merit / np.where(weight > 0, weight, 1.0), 1.0)
