"""scikit-learn's brute-force neighbours over one-hot features: what a data scientist would try.

It knows no musts, no tolerance and no unknowns; the distance to an ideal offer stands in for the score, so its
list is not the engine's.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.neighbors import NearestNeighbors
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
        self.places: dict[str, tuple[int, float, float]] = {}
        blocks = []
        width = 0
        for name, column in table.values.items():
            low, high = np.nanmin(column), np.nanmax(column)
            listed = (np.nan_to_num(column) % 1 == 0).all() and 1 < high < OPTIONS and low == 0
            block = _one_hot(column, int(high)) if listed else _scaled(column, low, high)
            self.places[name] = (width, 0.0, 0.0) if listed else (width, low, max(high - low, 1e-9))
            blocks.append(block)
            width += block.shape[1]
        self.width = width
        self.index = NearestNeighbors(algorithm="brute").fit(np.hstack(blocks))

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


def _one_hot(column: np.ndarray, most: int) -> np.ndarray:
    return (column[:, None] == np.arange(most + 1)).astype(np.float32)


def _scaled(column: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.nan_to_num((column - low) / max(high - low, 1e-9), nan=0.5).astype(np.float32)[:, None]
