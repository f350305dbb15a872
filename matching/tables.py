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
from matching.terms import Term

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

    def __init__(self, terms: Sequence[Term], late: Sequence[Wish] = ()) -> None:
        seeker = [term for term in terms if term.side == "seeker"]
        provider = [term for term in terms if term.side == "provider"]
        wishes = [_look_up(term) for term in seeker if not term.must[0]]
        self.musts: list[Table] = [(term.p, term.codes) for term in seeker if term.must[0]]
        self.musts += [(term.chances(), term.codes) for term in provider]
        self._demands = [(term.merits(), term.weights(), term.codes) for term in provider if not term.must.all()]
        self._wishes = [*sorted(wishes, key=lambda wish: -wish.weight), *late]
        self._total = sum(wish.weight for wish in self._wishes)

    def scores(self, rows: Rows, bar: float = 0.0) -> tuple[Rows, Floats]:
        """The rows that miss no must and may reach the bar, in their order, with their scores."""
        sums = _Sums(rows, np.ones(len(rows)), np.zeros(len(rows)), None)
        for chances, codes in self.musts:
            sums.chance *= chances.take(codes.take(rows))
        sums = sums.at(np.flatnonzero(sums.chance >= bar if bar > 0.0 else sums.chance > 0.0))
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
            states = codes.take(rows)
            merit += merits.take(states)
            weight += weights.take(states)
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


def _look_up(term: Term) -> Wish:
    weight, codes = float(term.weight[0]), term.codes
    merits = weight * term.satisfaction
    return Wish(weight, lambda rows: merits.take(codes.take(rows)))
