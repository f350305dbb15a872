"""Scores of given rows by whole terms, whose every state may have an importance and a weight of its own.

The arithmetic of `matching.tables` without a bar, and with every unknown settled one way or the other.
"""

import numpy as np

from matching.grading import UNKNOWN
from matching.kinds import Floats
from matching.lookups import Rows
from matching.tables import CHANCE_SHARE
from matching.terms import Settled, Side, Term

OUTCOMES = np.array([[0.0], [np.nan], [1.0]])
"""What an unknown comes to where it is settled against, left open, settled for."""

SETTLED = ~np.isnan(OUTCOMES)


def scores_of(terms: list[Term], rows: Rows, settled: Settled = "expected") -> Floats:
    """Score per row: both sides' chances times β plus the rest weighed by the wishes (matching semantics 4)."""
    chance = np.ones(len(rows))
    merit: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    weight: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    for term in terms:
        states = term.codes.take(rows)
        if term.must.any():
            chance *= term.chances(settled).take(states)
        if not term.must.all():
            merit[term.side] += term.merits(settled).take(states)
            weight[term.side] += term.weights().take(states)
    return together(chance, merit, weight)


def intervals_of(terms: list[Term], rows: Rows) -> Floats:
    """Shape (3, rows): the scores with every unknown settled against, as expected, and settled for."""
    shape = len(OUTCOMES), len(rows)
    chance = np.ones(shape)
    merit: dict[Side, Floats] = {"seeker": np.zeros(shape), "provider": np.zeros(shape)}
    weight: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    for term in terms:
        states = term.codes.take(rows)
        must = term.must.take(states)
        unknown = term.grade.take(states) == UNKNOWN
        settled = unknown & SETTLED if unknown.any() else None
        if must.any():
            p = term.p.take(states)
            chance *= np.where(must, p if settled is None else np.where(settled, OUTCOMES, p), 1.0)
        if not must.all():
            weights = np.where(must, 0.0, term.weight.take(states))
            satisfaction = term.satisfaction.take(states)
            merit[term.side] += weights * (
                satisfaction if settled is None else np.where(settled, OUTCOMES, satisfaction)
            )
            weight[term.side] += weights
    return together(chance, merit, weight)


def together(chance: Floats, merit: dict[Side, Floats], weight: dict[Side, Floats]) -> Floats:
    """The score from chance, weight × satisfaction and weight of both sides' wishes."""
    seeker, provider = (_mean(merit[side], weight[side]) for side in ("seeker", "provider"))
    both = (weight["seeker"] > 0) & (weight["provider"] > 0)
    wish = np.where(both, np.sqrt(seeker * provider), seeker * provider)
    result: Floats = chance * (CHANCE_SHARE + (1.0 - CHANCE_SHARE) * wish)
    return result


def _mean(merit: Floats, weight: Floats) -> Floats:
    """Weighted mean of satisfaction; 1 where nothing is wished."""
    return np.where(weight > 0, merit / np.where(weight > 0, weight, 1.0), 1.0)
