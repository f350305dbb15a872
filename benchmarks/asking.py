"""Random requests that real households could have: musts that half to four fifths of known offers hold."""

from random import Random
from typing import Any

import numpy as np

from benchmarks.supply import Stock
from matching.facts import Measure, NeighbourhoodCode
from matching.kinds import AtLeast, AtMost, Criterion, IsTrue, Within
from matching.option_kinds import Overlaps, Resembles
from matching.requests import Request, Requirement

PEERS_CAN = Overlaps | Resembles
"""Sets and texts have no common form in the peers' languages; they are measured apart."""


def make_requests(stock: Stock, number: int, asked: int, musts: float, seed: int = 1) -> list[Request]:
    """Requests of `asked` requirements each, on average `musts` of them musts; no two alike."""
    rng = Random(seed)
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
    name: str, criteria: list[Criterion], quantiles: dict[str, list[Any]], asked: int, musts: float, rng: Random
) -> Request:
    must = int(musts) + (rng.random() < musts % 1)
    requirements = tuple(
        Requirement(
            key=criterion.key,
            wanted=_wanted(criterion, quantiles[criterion.key], rng),
            importance="must" if place < must else "wish",
            weight=rng.randint(1, 3),
            tolerance=_tolerance(criterion, rng) if place < must else 0.0,
        )
        for place, criterion in enumerate(rng.sample(criteria, asked))
    )
    return Request(name, requirements)


def _wanted(criterion: Criterion, quantiles: list[Any], rng: Random) -> Any:
    if isinstance(criterion, AtLeast):
        return quantiles[rng.randint(4, 10)]
    if isinstance(criterion, AtMost):
        return quantiles[rng.randint(10, 16)]
    if isinstance(criterion, Within):
        return [quantiles[rng.randint(0, 4)], quantiles[rng.randint(16, 20)]]
    if isinstance(criterion, IsTrue):
        return rng.random() < 0.8
    fact = criterion.fact
    options = list(fact.city.codes if isinstance(fact, NeighbourhoodCode) else fact.options)
    chosen = set(rng.sample(options, max(1, len(options) * rng.randint(4, 6) // 10)))
    return [option for option in options if option in chosen]


def _tolerance(criterion: Criterion, rng: Random) -> float:
    return criterion.fact.step * rng.randint(0, 2) if isinstance(criterion.fact, Measure) else 0.0
