"""A loop over dataclasses, leaving an offer at its first failed must: what one writes first."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import make_dataclass
from typing import Any

import numpy as np

from benchmarks.peers import Answer
from benchmarks.rules import Rule, claim_column
from benchmarks.table import CONSENT, Table

Judge = Callable[[Any], float]


class PlainPython:
    name = "plain Python"
    exact = True

    def __init__(self, table: Table) -> None:
        offer_class = make_dataclass("Offer", table.columns, slots=True)
        columns = [_objects(column) for column in (*table.values.values(), *table.flags.values())]
        self.offers = [offer_class(*row) for row in zip(*columns, strict=True)]

    def top(self, rules: Sequence[Rule], number: int) -> Answer:
        musts = [chance_of(rule) for rule in rules if rule.must]
        wishes = [(rule.weight, satisfaction_of(rule)) for rule in rules if not rule.must]
        total = sum(weight for weight, _ in wishes)
        found = []
        for row, offer in enumerate(self.offers):
            score = 1.0
            for chance in musts:
                score *= chance(offer)
                if not score:
                    break
            else:
                if wishes:
                    merit = 0.0
                    for weight, satisfaction in wishes:
                        merit += weight * satisfaction(offer)
                    score *= 0.5 + 0.5 * merit / total
                found.append((score, -row))
        return [(-row, score) for score, row in heapq.nlargest(number, found)]

    def close(self) -> None:
        self.offers = []


def _objects(column: np.ndarray) -> list[Any]:
    """Python numbers, equal ones shared to save memory; None for unknown."""
    distinct, inverse = np.unique(column, return_inverse=True)
    plain = [None if value != value else int(value) if value % 1 == 0 else value for value in distinct.tolist()]
    return np.array([*plain, None], dtype=object)[inverse].tolist()


def chance_of(rule: Rule) -> Judge:
    column, likelihood, claimed = rule.column, rule.likelihood, claim_column(rule.column)
    passing, least, most = frozenset(rule.passing), rule.least, rule.most

    def chance(offer: Any) -> float:
        value = getattr(offer, column)
        if value is None:
            return likelihood
        passes = value in passing if rule.listed else least <= value <= most
        if rule.claim and getattr(offer, claimed):
            return rule.claim[0] if passes else rule.claim[1]
        if passes:
            return 1.0
        if rule.works:
            start = getattr(offer, rule.basis)
            if start is not None and any(low <= start <= high for low, high in rule.works):
                return getattr(offer, CONSENT)
        return 0.0

    return chance


def satisfaction_of(rule: Rule) -> Judge:
    column, likelihood, low, high, reach = rule.column, rule.likelihood, rule.low, rule.high, rule.reach

    def listed(offer: Any) -> float:
        value = getattr(offer, column)
        return likelihood if value is None else rule.fading[value]

    def bounded(offer: Any) -> float:
        value = getattr(offer, column)
        if value is None:
            return likelihood
        if low <= value <= high:
            return 1.0
        return max(0.0, 1.0 - (low - value if value < low else value - high) / reach)

    return listed if rule.listed else bounded
