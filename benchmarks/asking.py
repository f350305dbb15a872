"""Random requests that real households could have: musts that half to four fifths of known offers hold."""

from typing import Any

import numpy as np

from benchmarks.supply import Stock
from matching.facts import Measure, Place
from matching.kinds import AtLeast, AtMost, Criterion, IsTrue, Overlaps, Resembles, Within
from matching.requests import Request, Requirement

PEERS_CAN = Overlaps | Resembles
"""Sets and texts have no common form in the peers' languages; they are measured apart."""


def make_requests(stock: Stock, number: int, asked: int, musts: float, seed: int = 1) -> list[Request]:
    """Requests of `asked` requirements each, on average `musts` of them musts; no two alike."""
    rng = np.random.default_rng(seed)
    criteria = [item for item in stock.market.criteria if not isinstance(item, PEERS_CAN)]
    quantiles = {item.key: _quantiles(stock, item) for item in criteria}
    return [_request(f"r{index}", criteria, quantiles, asked, musts, rng) for index in range(number)]


def _quantiles(stock: Stock, criterion: Criterion) -> list[Any]:
    """Known values at every twentieth of the stock, as the outside world writes them."""
    values = stock.values[criterion.fact.key]
    known = values[~np.isnan(values)]
    if not len(known):
        return []
    return [criterion.fact.decode(float(value)) for value in np.quantile(known, np.linspace(0, 1, 21), method="lower")]


def _request(
    name: str, criteria: list[Criterion], quantiles: dict[str, list[Any]], asked: int, musts: float, rng: Any
) -> Request:
    chosen = rng.choice(len(criteria), asked, replace=False)
    must = np.zeros(asked, dtype=bool)
    must[: int(musts) + int(rng.random() < musts % 1)] = True
    requirements = tuple(
        Requirement(
            key=criteria[index].key,
            wanted=_wanted(criteria[index], quantiles[criteria[index].key], rng),
            importance="must" if is_must else "wish",
            weight=int(rng.integers(1, 4)),
            tolerance=_tolerance(criteria[index], rng) if is_must else 0.0,
        )
        for index, is_must in zip(chosen, must, strict=True)
    )
    return Request(name, requirements)


def _wanted(criterion: Criterion, quantiles: list[Any], rng: Any) -> Any:
    if isinstance(criterion, AtLeast):
        return quantiles[rng.integers(4, 11)]
    if isinstance(criterion, AtMost):
        return quantiles[rng.integers(10, 17)]
    if isinstance(criterion, Within):
        return [quantiles[rng.integers(0, 5)], quantiles[rng.integers(16, 21)]]
    if isinstance(criterion, IsTrue):
        return bool(rng.random() < 0.8)
    fact = criterion.fact
    options = list(fact.places.codes if isinstance(fact, Place) else fact.options)
    number = max(1, len(options) * int(rng.integers(4, 7)) // 10)
    return [options[index] for index in sorted(rng.choice(len(options), number, replace=False))]


def _tolerance(criterion: Criterion, rng: Any) -> float:
    measured = isinstance(criterion.fact, Measure)
    return float(criterion.fact.step * rng.integers(0, 3)) if measured else 0.0
