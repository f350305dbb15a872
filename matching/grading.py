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

from matching.evidence import Evidence
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
    adaptable = can_adapt(criterion, levels)

    grade = np.select(
        [
            unknown,
            shortfall <= EPSILON,
            passes | (~asked.must & (satisfaction > EPSILON)),
            np.broadcast_to(adaptable, shortfall.shape),
        ],
        [Grade.UNKNOWN, Grade.MET, Grade.NEARLY, Grade.ADAPTABLE],
        Grade.MISSED,
    ).astype(np.uint8)

    if base is None:
        base = base_rate(criterion, *_counted(passes, unknown, levels.count))
    claim = np.where(unproven, np.where(passes, CLAIM_LOG_ODDS, -CLAIM_LOG_ODDS), 0.0)
    likelihood = shifted(base, levels.lean + claim)
    p = np.select(
        [unknown, grade >= Grade.NEARLY, grade == Grade.ADAPTABLE],
        [likelihood, 1.0, np.broadcast_to(CONSENT_CHANCE[levels.consent], shortfall.shape)],
        0.0,
    )
    return Verdict(grade, p, np.where(unknown, likelihood, satisfaction))


def _measured(
    criterion: Criterion, asked: Asked, levels: Levels
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Shape (requirements, levels) each: the shortfall (inf where nothing is known), whether it passes, whether
    the outcome is unknown, and whether that is because a claim is all there is."""
    known = ~np.isnan(levels.value)
    shortfall = np.where(known, criterion.shortfall(asked.parameters, np.where(known, levels.value, 0.0)), np.inf)
    passes = shortfall <= asked.tolerance + EPSILON
    unproven = criterion.needs_evidence & known & (levels.evidence == Evidence.CLAIMED) & asked.must
    return shortfall, passes, ~known | unproven, unproven


def tally(criterion: Criterion, asked: Asked, levels: Levels, count: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Shape (requirements, 1) each: how many of `count` rows per level are known to pass, and are known at all."""
    _, passes, unknown, _ = _measured(criterion, asked, levels)
    return _counted(passes, unknown, count)


def _counted(passes: NDArray[np.bool_], unknown: NDArray[np.bool_], count: NDArray[np.int64]) -> tuple[Floats, Floats]:
    passed: Floats = ((passes & ~unknown) * count).sum(axis=1, keepdims=True).astype(float)
    seen: Floats = (~unknown * count).sum(axis=1, keepdims=True).astype(float)
    return passed, seen


def base_rate(criterion: Criterion, passed: Floats, seen: Floats) -> Floats:
    """Shape (requirements, 1): share of known values that would pass, smoothed with the declared prior."""
    result: Floats = (PRIOR_OBSERVATIONS * criterion.prior + passed) / (PRIOR_OBSERVATIONS + seen)
    return result


def shifted(probability: Floats, log_odds: Floats) -> Floats:
    """A probability moved by log-odds; never 0 and never 1."""
    probability = np.clip(probability, LEAST_LIKELIHOOD, 1.0 - LEAST_LIKELIHOOD)
    odds = probability / (1.0 - probability) * np.exp(log_odds)
    return np.clip(odds / (1.0 + odds), LEAST_LIKELIHOOD, 1.0 - LEAST_LIKELIHOOD)


def can_adapt(criterion: Criterion, levels: Levels) -> NDArray[np.bool_]:
    """Shape (levels,): an adaptation can start from this level and the owner has not refused."""
    possible = np.zeros(len(levels.value), dtype=bool)
    for works in criterion.adaptations:
        possible |= (levels.basis >= works.low) & (levels.basis <= works.high)
    return possible & (CONSENT_CHANCE[levels.consent] > 0)


def adaptation_for(criterion: Criterion, basis: float) -> Adaptation | None:
    """The first declared works that can start from the found value: the smaller ones are declared first."""
    return next((works for works in criterion.adaptations if works.low <= basis <= works.high), None)
