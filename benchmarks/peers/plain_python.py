"""A loop over dataclasses, leaving an offer at its first failed must: what one writes first."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import make_dataclass
from typing import Any

import numpy as np

from benchmarks.peers import Answer
from benchmarks.rules import HALVING_EUR, Rule, claim_column, mend_column, price_column
from benchmarks.table import Table

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
        works = WorksOf(rules)
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
                score *= works.factor(offer)
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


def base_of(rule: Rule) -> Judge:
    """The chance that a must turns out well by itself."""
    column, likelihood, claimed = rule.column, rule.likelihood, claim_column(rule.column)
    passing, least, most = frozenset(rule.passing), rule.least, rule.most

    def base(offer: Any) -> float:
        value = getattr(offer, column)
        if value is None:
            return likelihood
        passes = value in passing if rule.listed else least <= value <= most
        if rule.claim and getattr(offer, claimed):
            return rule.claim[0] if passes else rule.claim[1]
        return 1.0 if passes else 0.0

    return base


def chance_of(rule: Rule) -> Judge:
    base, mend = base_of(rule), mend_column(rule.column)
    if not rule.works:
        return base

    def chance(offer: Any) -> float:
        holds = base(offer)
        return holds + (1.0 - holds) * getattr(offer, mend)

    return chance


class WorksOf:
    """What the works of all musts cost together, works of one name once, and by how much that lowers a score."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.parts = [(rule.works, base_of(rule), price_column(rule.column)) for rule in rules if rule.works]

    def factor(self, offer: Any) -> float:
        costs: dict[str, float] = {}
        for works, base, price in self.parts:
            if euros := getattr(offer, price):
                costs[works] = max(costs.get(works, 0.0), euros * (1.0 - base(offer)))
        return 0.5 ** (sum(costs.values()) / HALVING_EUR)


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
