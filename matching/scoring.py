"""The one arithmetic of chance, wish and score: whoever looks up outcomes, of one pair or of a city, ends here.

Score = chance × (β + (1 − β) × wish). The chance is the product of the musts' chances, lowered by what the household
must pay for works itself; the wish is the mean satisfaction of the wishes by weight; where both sides wish, the
geometric mean of the two (docs/matching.md, "Chance, wish, score").
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Codes, Floats, Mask, Positions
from matching.constants import CHANCE_SHARE, WORKS_HALVING_EUR
from matching.requirement_terms import Settled, Term

INTERVAL: tuple[Settled, ...] = ("against", "expected", "for")


@dataclass
class WishSums:
    """One side's wishes added up: `merit`, shape (rows,), is weight × satisfaction; `weight` is of the same shape, or
    one for all rows; where it is 0 nothing is wished."""

    merit: Floats
    weight: Floats | float

    @classmethod
    def none(cls, rows: int) -> "WishSums":
        """Before anything is added up."""
        return cls(np.zeros(rows), np.zeros(rows))

    def at(self, positions: Positions) -> "WishSums":
        """Those of some of the rows."""
        weight = self.weight if isinstance(self.weight, float) else self.weight.take(positions)
        return WishSums(self.merit.take(positions), weight)

    @property
    def wishing(self) -> Mask | bool:
        """Whether something is wished."""
        return self.weight > 0

    @property
    def mean(self) -> Floats:
        """Shape (rows,): the mean satisfaction; 1 where nothing is wished."""
        if isinstance(self.weight, float):
            return self.merit / self.weight if self.weight > 0 else np.ones_like(self.merit)
        return np.divide(self.merit, self.weight, out=np.ones_like(self.merit), where=self.weight > 0)


def score(chance: Floats, seeker: WishSums, provider: WishSums | None = None) -> Floats:
    """Scores from the chance that all musts of both sides turn out well and what either side's wishes add up to;
    shape (rows,)."""
    wish = seeker.mean
    if provider is not None:
        product = wish * provider.mean
        wish = np.where(seeker.wishing & provider.wishing, np.sqrt(product), product)
    result: Floats = chance * (CHANCE_SHARE + (1.0 - CHANCE_SHARE) * wish)
    return result


def must_contribution(chance: float, works_share: float = 0.0) -> float | None:
    """A must's part in the score: ln p and its share of what works lower, so that the parts of all musts add up to that
    of the chance; None where it is missed."""
    return math.log(chance) + works_share if chance > 0 else None


def wish_contribution(satisfaction: float, weight: float, total: float) -> float:
    """A wish's part in the mean satisfaction of wishes of that total weight."""
    return weight * satisfaction / total


def chances_of(terms: Sequence[Term], rows: Positions, settled: Settled = "expected") -> Floats:
    """Shape (rows,): the chance that the musts of both sides turn out well, lowered by what the household pays itself
    for works."""
    chance = np.ones(len(rows))
    for term in terms:
        if term.must.any():
            chance *= term.chances(settled).take(term.codes.take(rows))
    return chance * works_factors(terms, rows, settled)


def works_factors(terms: Sequence[Term], rows: Positions, settled: Settled = "expected") -> Floats | float:
    """By how much works lower the chance: shape (rows,), or 1 where none are needed."""
    costs = WorksCosts()
    means: Floats | float = 0.0
    for term in terms:
        own = term.costs(settled)
        if own is not None:
            costs.add(term.works, own.take(term.codes.take(rows)))
            means = term.means_of(rows)
    return costs.factors(means)


def works_shares(terms: Sequence[Term], row: int) -> list[float]:
    """Shape of `terms`: the part that each of them has in the logarithm by which works lower the chance of a row."""
    costs = [term.cost(int(term.codes[row])) if term.mending is not None else 0.0 for term in terms]
    total = sum(costs)
    if not total:
        return costs
    paid: dict[tuple[str, ...], float] = {}
    for term, cost in zip(terms, costs, strict=True):
        if cost:
            paid[term.works] = max(paid.get(term.works, 0.0), cost)
    own = max(sum(paid.values()) - means_at(terms, row), 0.0)
    return [-math.log(2.0) * own / WORKS_HALVING_EUR * cost / total for cost in costs]


def means_at(terms: Sequence[Term], row: int) -> float:
    """What pays for works before the household of that row does so itself."""
    return next((term.means_at(row) for term in terms if term.mending is not None), 0.0)


class WorksCosts:
    """What works cost, euro of shape (rows,) by their name: works of one name are done once."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, ...], Floats] = {}

    def add(self, works: tuple[str, ...], costs: Floats) -> None:
        """What one must needs."""
        known = self._of.get(works)
        self._of[works] = costs if known is None else np.maximum(known, costs)

    def factors(self, means: Floats | float) -> Floats | float:
        """By how much all of them lower the chance: half for every `WORKS_HALVING_EUR` beyond the household's means."""
        if not self._of:
            return 1.0
        return works_factor(np.sum(list(self._of.values()), axis=0) - means)


def works_factor(own_eur: Floats) -> Floats:
    """By how much works lower the chance, of what the household pays itself: euro of any shape."""
    result: Floats = np.exp2(np.maximum(own_eur, 0.0) / -WORKS_HALVING_EUR)
    return result


def wishes_of(
    terms: Sequence[Term], rows: Positions, settled: Settled = "expected", known: WishSums | None = None
) -> tuple[WishSums, WishSums | None]:
    """What the seeker's wishes add up to, beside those `known` already; the provider's where any can be wishes."""
    wishing = [term for term in terms if not term.must.all()]
    seeker = WishSums.none(len(rows)) if known is None else known
    provider = WishSums.none(len(rows)) if any(term.side == "provider" for term in wishing) else None
    for term in wishing:
        sums = seeker if term.side == "seeker" or provider is None else provider
        states = term.codes.take(rows)
        sums.merit = sums.merit + term.merits(settled).take(states)
        sums.weight = sums.weight + term.weights().take(states)
    return seeker, provider


def scores_of(terms: Sequence[Term], rows: Positions, settled: Settled = "expected") -> Floats:
    """Shape (rows,): scores by whole terms, whose every state may have an importance and a weight of its own."""
    return score(chances_of(terms, rows, settled), *wishes_of(terms, rows, settled))


def intervals_of(terms: Sequence[Term], rows: Positions) -> Floats:
    """Shape (3, rows): the scores with every unknown settled against, as expected, and settled for."""
    own = [term.of_rows(rows) for term in terms]
    every = np.arange(len(rows))
    return np.stack([scores_of(own, every, settled) for settled in INTERVAL])


def passing_rows(terms: Sequence[Term], size: int) -> Positions:
    """Positions of the rows that miss no must of either side; the most selective must is looked up first."""
    rows: Positions | None = None
    for keep, codes in sorted(_filters(terms), key=lambda item: float(item[0].mean())):
        if rows is None:
            rows = np.flatnonzero(np.take(keep, codes))
        else:
            rows = np.take(rows, np.flatnonzero(np.take(keep, np.take(codes, rows))))
    return np.arange(size) if rows is None else rows


def _filters(terms: Sequence[Term]) -> list[tuple[Mask, Codes]]:
    kept = ((term.chances() > 0, term.codes) for term in terms)
    return [(keep, codes) for keep, codes in kept if not keep.all()]
