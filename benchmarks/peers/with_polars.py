"""Polars: one lazy query, on as many threads as the machine has."""

import math
import os
from collections.abc import Sequence

import polars as pl

from benchmarks.peers import Answer
from benchmarks.rules import HALVING_EUR, Rule, claim_column, mend_column, price_column
from benchmarks.table import Table


class Polars:
    exact = True

    def __init__(self, table: Table) -> None:
        self.name = f"Polars ({pl.thread_pool_size()} threads of {os.cpu_count()})"
        offers = pl.DataFrame(table.values | table.flags, nan_to_null=True)
        whole = [name for name in offers.columns if (offers[name].drop_nulls() % 1 == 0).all()]
        self.offers = offers.with_columns(pl.col(whole).cast(pl.Int32)).with_row_index("row_number").rechunk()

    def top(self, rules: Sequence[Rule], number: int) -> Answer:
        musts = [_chance(rule) for rule in rules if rule.must]
        wishes = [rule for rule in rules if not rule.must]
        score = pl.lit(1.0)
        for chance in musts:
            score = score * chance
        if costs := _costs(rules):
            score = score * pl.lit(0.5) ** (pl.sum_horizontal(costs) / HALVING_EUR)
        if wishes:
            merit = pl.sum_horizontal(rule.weight * _satisfaction(rule) for rule in wishes)
            score = score * (0.5 + 0.5 * merit / sum(rule.weight for rule in wishes))
        kept = self.offers.lazy().filter([_holds(rule) for rule in rules if rule.must])
        best = kept.select("row_number", score.alias("score")).top_k(number, by="score").collect()
        return sorted(best.rows(), key=lambda row: -row[1])

    def close(self) -> None:
        del self.offers


def _passes(rule: Rule) -> pl.Expr:
    value = pl.col(rule.column)
    if rule.listed:
        return value.is_in(pl.Series(rule.passing, dtype=pl.Int32).implode())
    return value.is_between(rule.least, rule.most)


def _costs(rules: Sequence[Rule]) -> list[pl.Expr]:
    """What works cost, those of one name once."""
    parts: dict[str, list[pl.Expr]] = {}
    for rule in rules:
        if rule.works:
            parts.setdefault(rule.works, []).append(pl.col(price_column(rule.column)) * (1.0 - _base(rule)))
    return [pl.max_horizontal(part) for part in parts.values()]


def _holds(rule: Rule) -> pl.Expr:
    holds = pl.col(rule.column).is_null() | _passes(rule)
    if rule.claim:
        holds = holds | (pl.col(claim_column(rule.column)) == 1)
    return holds | (pl.col(mend_column(rule.column)) > 0) if rule.works else holds


def _chance(rule: Rule) -> pl.Expr:
    base = _base(rule)
    return base + (1.0 - base) * pl.col(mend_column(rule.column)) if rule.works else base


def _base(rule: Rule) -> pl.Expr:
    """The chance that a must turns out well by itself."""
    known: pl.Expr = pl.when(_passes(rule)).then(1.0).otherwise(0.0)
    if rule.claim:
        claim = pl.when(_passes(rule)).then(rule.claim[0]).otherwise(rule.claim[1])
        known = pl.when(pl.col(claim_column(rule.column)) == 1).then(claim).otherwise(known)
    return pl.when(pl.col(rule.column).is_null()).then(rule.likelihood).otherwise(known)


def _satisfaction(rule: Rule) -> pl.Expr:
    value = pl.col(rule.column)
    if rule.listed:
        merits = dict(enumerate(rule.fading))
        return value.replace_strict(merits, default=None, return_dtype=pl.Float64).fill_null(rule.likelihood)
    shortfall = (value - value.clip(*_limits(rule))).abs()  # null stays null, unlike with max_horizontal
    return (1.0 - shortfall / rule.reach).clip(lower_bound=0.0).fill_null(rule.likelihood)


def _limits(rule: Rule) -> tuple[float | None, float | None]:
    low, high = (bound if math.isfinite(bound) else None for bound in (rule.low, rule.high))
    return low, high
