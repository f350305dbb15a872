"""A synthetic stock of homes over the real catalogue: every fact of every offer, known or unknown.

Shapes follow what offers look like: widths in whole centimetres, amounts with some thousand distinct values,
flags that hold for a quarter to three quarters, evidence of all three classes. The same seed gives the same
stock on any machine.
"""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.catalogue import HOMES, Market
from matching.facts import Choice, Choices, Day, Fact, Flag, Measure, NeighbourhoodCode, Text
from matching.frame import Frame
from matching.kinds import Criterion, Reading
from matching.requests import Evidence

DISTINCT_AMOUNTS = 500
FIRST_DAY = 740_000  # 27 January 2027
DAYS = 180
EVIDENCE_SHARES = {Evidence.CLAIMED: 0.3, Evidence.STATED: 0.5, Evidence.MEASURED: 0.2}


@dataclass(frozen=True)
class Stock:
    """Encoded values and evidence classes per fact key, arrays of shape (size,); NaN is unknown."""

    size: int
    unknown: float
    values: dict[str, Floats]
    evidence: dict[str, NDArray[np.uint8]]
    market: Market = HOMES

    @property
    def ids(self) -> list[str]:
        return [f"o{number:07d}" for number in range(self.size)]

    def frame(self) -> Frame:
        return Frame.from_columns(self.market, self.ids, self.values, self.evidence)

    def reading(self, criterion: Criterion) -> Reading:
        """What the criterion reads off every offer."""
        return criterion.derive([self._reading(fact) for fact in criterion.facts])

    def _reading(self, fact: Fact) -> Reading:
        values = self.values[fact.key]
        return Reading(values, self.evidence[fact.key], values)


def make_stock(size: int, unknown: float, seed: int = 0) -> Stock:
    """`unknown` is the share of facts that are not known."""
    values, evidence = {}, {}
    for fact in HOMES.facts:
        if isinstance(fact, Text):
            continue
        rng = np.random.default_rng([zlib.crc32(fact.key.encode()), seed])
        column = _draw(fact, size, rng)
        column[rng.random(size) < unknown] = np.nan
        classes = rng.choice(list(EVIDENCE_SHARES), size, p=list(EVIDENCE_SHARES.values())).astype(np.uint8)
        values[fact.key] = column
        evidence[fact.key] = np.where(np.isnan(column), Evidence.NONE, classes).astype(np.uint8)
    return Stock(size, unknown, values, evidence)


def _draw(fact: Fact, size: int, rng: np.random.Generator) -> Floats:
    if isinstance(fact, Flag):
        return (rng.random(size) < rng.uniform(0.25, 0.75)).astype(float)
    if isinstance(fact, Measure):
        return _amounts(fact, size, rng)
    if isinstance(fact, Day):
        return rng.integers(FIRST_DAY, FIRST_DAY + DAYS, size).astype(float)
    if isinstance(fact, Choices):
        return rng.integers(1, 2 ** min(len(fact.options), 8), size).astype(float)
    if isinstance(fact, Choice | NeighbourhoodCode):
        options = len(fact.options) if isinstance(fact, Choice) else len(fact.city.codes)
        return rng.choice(options, size, p=rng.dirichlet(np.full(options, 3.0))).astype(float)
    raise TypeError(fact)


def _amounts(fact: Measure, size: int, rng: np.random.Generator) -> Floats:
    """Bell-shaped in the lower half of the plausible range, rounded as people round."""
    span = fact.high - fact.low
    unit = max(fact.step, 10.0 ** np.floor(np.log10(0.4 * span / DISTINCT_AMOUNTS)))
    drawn = fact.low + span * rng.normal(0.3, 0.1, size)
    return np.clip(np.round(np.round(drawn / unit) * unit, 6), fact.low, fact.high)
