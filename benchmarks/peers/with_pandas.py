"""pandas: a mask per must, then columns of the rows that are left."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from benchmarks.peers import Answer
from benchmarks.rules import HALVING_EUR, Rule, claim_column, mend_column, price_column
from benchmarks.table import Table


class Pandas:
    name = "pandas"
    exact = True

    def __init__(self, table: Table) -> None:
        self.offers = pd.DataFrame(table.values | table.flags)

    def top(self, rules: Sequence[Rule], number: int) -> Answer:
        left = self.offers
        score: pd.Series = pd.Series(1.0, index=left.index)
        costs: dict[str, pd.Series] = {}
        for rule in (rule for rule in rules if rule.must):
            chance = base = _base(rule, left)
            if rule.works:
                chance = base + (1.0 - base) * left[mend_column(rule.column)]
                known = costs.get(rule.works, 0.0)
                costs[rule.works] = np.maximum(known, left[price_column(rule.column)] * (1.0 - base))
            kept = chance > 0
            left, score = left.loc[kept, _needed(rules)], score[kept] * chance[kept]
            costs = {works: cost[kept] for works, cost in costs.items()}
        if costs:
            score = score * 0.5 ** (sum(costs.values()) / HALVING_EUR)
        wishes = [rule for rule in rules if not rule.must]
        if wishes:
            merit = sum(rule.weight * _satisfaction(rule, left[rule.column]) for rule in wishes)
            score = score * (0.5 + 0.5 * merit / sum(rule.weight for rule in wishes))
        best = score.nlargest(number)
        return list(zip(best.index.tolist(), best.tolist(), strict=True))

    def close(self) -> None:
        del self.offers


def _needed(rules: Sequence[Rule]) -> list[str]:
    columns = set()
    for rule in rules:
        columns |= {rule.column}
        columns |= {mend_column(rule.column), price_column(rule.column)} if rule.works else set()
        columns |= {claim_column(rule.column)} if rule.claim else set()
    return sorted(columns)


def _base(rule: Rule, offers: pd.DataFrame) -> pd.Series:
    """The chance that a must turns out well by itself."""
    value = offers[rule.column]
    passes = value.isin(rule.passing) if rule.listed else value.between(rule.least, rule.most)
    chance = passes.astype(float)
    if rule.claim:
        claims = pd.Series(np.where(passes, *rule.claim), index=value.index)
        chance = chance.mask(offers[claim_column(rule.column)] == 1, claims)
    return chance.mask(value.isna(), rule.likelihood)


def _satisfaction(rule: Rule, value: pd.Series) -> pd.Series:
    if rule.listed:
        return value.map(dict(enumerate(rule.fading))).fillna(rule.likelihood)
    shortfall = np.maximum(np.maximum(rule.low - value, value - rule.high), 0.0)
    return (1.0 - shortfall / rule.reach).clip(lower=0.0).fillna(rule.likelihood)
