"""The only place where grades are computed: requirements × levels, in one broadcast.

A single request is one requirement against all levels, a new offer is many requirements against one level,
an explanation is one against one; filter, score and sentence therefore cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kinds import Adaptation, Criterion, Floats
from matching.levels import Levels
from matching.requests import Requirement

CONSENT_CHANCE = np.array([0.0, 0.5, 0.9])
"""Chance that an adaptation comes about where the owner refused, has not said, agreed."""

PRIOR_OBSERVATIONS = 10.0
"""How many pseudo-observations the declared prior weighs against the supply at hand."""

CLAIM_LOG_ODDS = float(np.log(3.0))
"""An unverified claim that would pass triples the odds of an unknown; one that would fail divides them by three."""

LEAST_LIKELIHOOD = 1e-4
EPSILON = 1e-9
"""Room for the rounding of decimal amounts: 620.10 € is within 0.10 € of 620 €."""


class Grade(IntEnum):
    """Outcome of one requirement against one level."""

    MISSED = 0
    UNKNOWN = 1
    ADAPTABLE = 2
    NEARLY = 3
    MET = 4


UNKNOWN, ADAPTABLE, NEARLY = (np.uint8(grade) for grade in (Grade.UNKNOWN, Grade.ADAPTABLE, Grade.NEARLY))


@dataclass(frozen=True)
class Asked:
    """A stack of requirements of one criterion: kind parameters, and arrays of shape (requirements, 1)."""

    parameters: tuple[NDArray[Any], ...]
    tolerance: Floats
    must: NDArray[np.bool_]

    @classmethod
    def of(cls, criterion: Criterion, requirements: Sequence[Requirement]) -> "Asked":
        return cls(
            criterion.ask([requirement.wanted for requirement in requirements]),
            np.array([[requirement.tolerance] for requirement in requirements], dtype=float),
            np.array([[requirement.must] for requirement in requirements], dtype=bool),
        )


@dataclass(frozen=True)
class Verdict:
    """Shape (requirements, levels) each: grade, chance `p` of turning out well, satisfaction as a wish."""

    grade: NDArray[np.uint8]
    p: Floats
    satisfaction: Floats


def judge(criterion: Criterion, asked: Asked, levels: Levels, base: Floats | None = None) -> Verdict:
    """Judge every requirement against every level.

    `base`, shape (requirements, 1), is the likelihood of an unknown; by default the smoothed share of the
    supply behind `levels` that would pass.
    """
    shortfall, passes, unknown, unproven = _measured(criterion, asked, levels)
    satisfaction = criterion.satisfaction(shortfall)
    holds = passes | (~asked.must & (satisfaction > EPSILON))
    grade = (holds * NEARLY + (shortfall <= EPSILON)).astype(np.uint8, copy=False)
    p = holds.astype(float)
    if criterion.adaptations:
        adaptable = can_adapt(criterion, levels)
        grade = np.maximum(grade, adaptable * ADAPTABLE)
        p = np.maximum(p, adaptable * CONSENT_CHANCE[levels.consent])
    if unknown.any():
        if base is None:
            base = base_rate(criterion, *_counted(passes, unknown, levels.count))
        likelihood = shifted(base, _log_odds(levels, passes, unproven))
        for column, settled in ((grade, UNKNOWN), (p, likelihood), (satisfaction, likelihood)):
            np.copyto(column, settled, where=unknown)
    return Verdict(grade, p, satisfaction)


def _measured(
    criterion: Criterion, asked: Asked, levels: Levels
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_] | None]:
    """The shortfall and whether it passes, shape (requirements, levels) and without meaning where nothing is known;
    then, broadcastable to that, whether the outcome is unknown, and whether because a claim is all there is."""
    shortfall = criterion.shortfall(asked.parameters, levels.filled)
    passes = shortfall <= asked.tolerance + EPSILON
    if not criterion.needs_evidence:
        return shortfall, passes, levels.unknown, None
    unproven = levels.claimed & asked.must
    return shortfall, passes, levels.unknown | unproven, unproven


def _log_odds(levels: Levels, passes: NDArray[np.bool_], unproven: NDArray[np.bool_] | None) -> Floats | float:
    """How far an unknown leans from the base rate: what was learned of it, and the claim that speaks for it or
    against it."""
    if unproven is None:
        return levels.lean if levels.leaning else 0.0
    result: Floats = levels.lean + unproven * np.where(passes, CLAIM_LOG_ODDS, -CLAIM_LOG_ODDS)
    return result


def tally(criterion: Criterion, asked: Asked, levels: Levels, count: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Shape (requirements, 1) each: how many of `count` rows per level are known to pass, and are known at all."""
    _, passes, unknown, _ = _measured(criterion, asked, levels)
    return _counted(passes, unknown, count)


def _counted(passes: NDArray[np.bool_], unknown: NDArray[np.bool_], count: NDArray[np.int64]) -> tuple[Floats, Floats]:
    known = count * ~unknown
    passed: Floats = (passes * known).sum(axis=-1, keepdims=True).astype(float)
    seen: Floats = known.sum(axis=-1, keepdims=True).astype(float)
    return passed, seen


def base_rate(criterion: Criterion, passed: Floats, seen: Floats) -> Floats:
    """Shape (requirements, 1): share of known values that would pass, smoothed with the declared prior."""
    result: Floats = (PRIOR_OBSERVATIONS * criterion.prior + passed) / (PRIOR_OBSERVATIONS + seen)
    return result


def shifted(probability: Floats, log_odds: Floats | float) -> Floats:
    """A probability moved by log-odds; never 0 and never 1."""
    probability = _inside(probability)
    if isinstance(log_odds, float) and log_odds == 0.0:
        return probability
    odds = probability / (1.0 - probability) * np.exp(log_odds)
    return _inside(odds / (1.0 + odds))


def _inside(probability: Floats) -> Floats:
    result: Floats = np.minimum(np.maximum(probability, LEAST_LIKELIHOOD), 1.0 - LEAST_LIKELIHOOD)
    return result


def can_adapt(criterion: Criterion, levels: Levels) -> NDArray[np.bool_]:
    """Shape (levels,): an adaptation can start from this level and the owner has not refused."""
    possible = np.zeros(len(levels.value), dtype=bool)
    for works in criterion.adaptations:
        possible |= (levels.basis >= works.low) & (levels.basis <= works.high)
    return possible & (CONSENT_CHANCE[levels.consent] > 0)


def adaptation_for(criterion: Criterion, basis: float) -> Adaptation | None:
    """The first declared works that can start from the found value: the smaller ones are declared first."""
    return next((works for works in criterion.adaptations if works.low <= basis <= works.high), None)
