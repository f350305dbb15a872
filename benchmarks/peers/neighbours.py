"""scikit-learn's brute-force neighbours over one-hot features: what a data scientist would try.

It knows no musts, no tolerance and no unknowns; the distance to an ideal offer stands in for the score, so its
list is not the engine's.
"""

from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.peers import Answer
from benchmarks.rules import Rule
from benchmarks.table import Table

OPTIONS = 80
"""Columns of whole numbers below this are one-hot coded; others are scaled to 0 to 1."""


class Neighbours:
    name = "scikit-learn brute"
    exact = False

    def __init__(self, table: Table) -> None:
        from sklearn.neighbors import NearestNeighbors  # costs a second, and the other contestants do without

        self.places: dict[str, tuple[int, float, float]] = {}
        self.width = 0
        blocks = features(table)
        for name, (block, low, span) in blocks.items():
            self.places[name] = (self.width, low, span)
            self.width += block.shape[1]
        self.index = NearestNeighbors(algorithm="brute").fit(np.hstack([block for block, _, _ in blocks.values()]))

    def top(self, rules: Sequence[Rule], number: int) -> Answer:
        ideal = np.full((1, self.width), 0.5, dtype=np.float32)
        for rule in rules:
            place, low, span = self.places[rule.column]
            if span:
                wanted = rule.low if np.isfinite(rule.low) else rule.high
                ideal[0, place] = (wanted - low) / span if np.isfinite(wanted) else 0.5
            else:
                ideal[0, [place + option for option in rule.passing]] = 1.0
        with threadpool_limits(1):
            distances, rows = self.index.kneighbors(ideal, number)
        return list(zip(rows[0].tolist(), (-distances[0]).tolist(), strict=True))

    def close(self) -> None:
        del self.index


def features(table: Table) -> dict[str, tuple[np.ndarray, float, float]]:
    """Columns of features by column of the table, single precision, with the lowest value and the span of a number
    (span 0: one-hot)."""
    found = {}
    for name, column in table.values.items():
        low, high = float(np.nanmin(column)), float(np.nanmax(column))
        if low == 0.0 and 1.0 < high < OPTIONS and (np.nan_to_num(column) % 1 == 0).all():
            found[name] = (_one_hot(column, int(high)), 0.0, 0.0)
        else:
            span = max(high - low, 1e-9)
            found[name] = (_scaled(column, low, span), low, span)
    return found


def _one_hot(column: np.ndarray, most: int) -> np.ndarray:
    return (column[:, None] == np.arange(most + 1)).astype(np.float32)


def _scaled(column: np.ndarray, low: float, span: float) -> np.ndarray:
    return np.nan_to_num((column - low) / span, nan=0.5).astype(np.float32)[:, None]
