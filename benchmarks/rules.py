"""A request in the peers' terms: plain bounds and likelihoods, worked out once before the clock starts.

The engine works all of this out while its clock runs; what the peers get for free is the share of the stock
that would pass (the likelihood of an unknown). The arithmetic here is written apart from the engine's, so that
equal answers mean something.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.supply import Stock
from matching.arrays import Floats
from matching.kinds import Bounds, Criterion, Reading
from matching.option_kinds import Options
from matching.requests import Evidence, Request, Requirement

SLACK = 1e-9
AGREED, OPEN = 0.9, 0.5


@dataclass(frozen=True)
class Rule:
    """One requirement. Between `low` and `high` it holds; a must passes `tolerance` beyond; a wish fades out
    over `reach`. `passing` and `fading` stand in for the bounds of a fixed list. `claim` is the likelihood
    of an unproven claim that would pass or fail. `works` names what can mend a must, empty where nothing can:
    works of one name are done once."""

    column: str
    must: bool
    weight: float
    likelihood: float
    low: float = -math.inf
    high: float = math.inf
    tolerance: float = 0.0
    reach: float = 1.0
    passing: tuple[int, ...] = ()
    fading: tuple[float, ...] = ()
    claim: tuple[float, float] | None = None
    works: str = ""

    @property
    def listed(self) -> bool:
        return bool(self.fading)

    @property
    def least(self) -> float:
        return self.low - self.tolerance - SLACK

    @property
    def most(self) -> float:
        return self.high + self.tolerance + SLACK


def claim_column(key: str) -> str:
    return f"{key}__claimed"


def mend_column(key: str) -> str:
    """The chance that works come about where the must is or turns out missed; 0 where none can."""
    return f"{key}__mend"


def price_column(key: str) -> str:
    """What those works cost, in the middle of their range."""
    return f"{key}__price"


HALVING_EUR = 25_000.0
"""What a household pays for works halves a score for every so many euro."""


class Rulebook:
    """Rules over one stock; equal requirements are worked out once."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._readings: dict[str, Reading] = {}
        self._known: dict[tuple[Any, ...], Rule] = {}

    def of(self, request: Request) -> list[Rule]:
        """The request's rules, musts first."""
        return sorted(map(self._rule, request.requirements), key=lambda rule: not rule.must)

    def _rule(self, asked: Requirement) -> Rule:
        identity = (asked.key, str(asked.wanted), asked.must, asked.weight, asked.tolerance)
        if identity not in self._known:
            criterion = self._stock.market.criterion(asked.key)
            if asked.key not in self._readings:
                self._readings[asked.key] = self._stock.reading(criterion)
            self._known[identity] = _rule(asked, criterion, self._readings[asked.key])
        return self._known[identity]


def _rule(asked: Requirement, criterion: Criterion, reading: Reading) -> Rule:
    shape = _shape(asked, criterion)
    passes = _passes(Rule(asked.key, asked.must, 0.0, 0.0, **shape), reading.value)
    proof = asked.must and criterion.needs_evidence
    known = np.isfinite(reading.value) & ~(proof & (reading.evidence == Evidence.CLAIMED))
    likelihood = (10 * criterion.prior + (passes & known).sum()) / (10 + known.sum())
    return Rule(
        column=asked.key,
        must=asked.must,
        weight=float(asked.weight),
        likelihood=_clipped(likelihood),
        claim=(_odds(likelihood, 3.0), _odds(likelihood, 1 / 3)) if proof else None,
        works=_works_name(criterion) if asked.must else "",
        **shape,
    )


def _works_name(criterion: Criterion) -> str:
    if any(works.each for works in criterion.adaptations):
        return criterion.key
    return "+".join(works.measure for works in criterion.adaptations)


def _shape(asked: Requirement, criterion: Criterion) -> dict:
    if isinstance(criterion, Bounds):
        low, high = criterion.bounds(asked.wanted)
        return {"low": low, "high": high, "tolerance": float(asked.tolerance), "reach": criterion.reach}
    assert isinstance(criterion, Options)
    away = criterion.table(asked.wanted)
    fading = tuple(float(merit) for merit in criterion.satisfaction(away))
    return {"passing": tuple(np.flatnonzero(away <= asked.tolerance + SLACK).tolist()), "fading": fading}


def _passes(rule: Rule, values: Floats) -> np.ndarray:
    if rule.listed:
        return np.isin(values, rule.passing)
    return (values >= rule.least) & (values <= rule.most)


def _odds(likelihood: float, factor: float) -> float:
    odds = _clipped(likelihood) / (1 - _clipped(likelihood)) * factor
    return _clipped(odds / (1 + odds))


def _clipped(likelihood: float) -> float:
    return float(min(max(likelihood, 1e-4), 1 - 1e-4))
