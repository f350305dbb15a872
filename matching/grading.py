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

from matching import constants
from matching.arrays import Floats, Grades, Mask
from matching.dictionary_encoding import Levels
from matching.kinds import Adaptation, Criterion
from matching.requests import Requirement


class Grade(IntEnum):
    """Outcome of one requirement against one level."""

    MISSED = 0
    UNKNOWN = 1
    ADAPTABLE = 2
    NEARLY = 3
    MET = 4


UNKNOWN, ADAPTABLE, NEARLY = (np.uint8(grade) for grade in (Grade.UNKNOWN, Grade.ADAPTABLE, Grade.NEARLY))


@dataclass(frozen=True)
class RequirementBatch:
    """Requirements of one criterion, to be judged together: parameters of its kind, and arrays of shape
    (requirements, 1)."""

    parameters: tuple[NDArray[Any], ...]
    tolerance: Floats
    must: Mask

    @classmethod
    def of(cls, criterion: Criterion, requirements: Sequence[Requirement]) -> "RequirementBatch":
        return cls(
            criterion.parameters([requirement.wanted for requirement in requirements]),
            np.array([[requirement.tolerance] for requirement in requirements], dtype=float),
            np.array([[requirement.must] for requirement in requirements], dtype=bool),
        )


@dataclass(frozen=True)
class Verdict:
    """Shape (requirements, levels) each: grade, chance `p` of turning out well, satisfaction as a wish, which for an
    unknown is its likelihood."""

    grade: Grades
    p: Floats
    satisfaction: Floats


@dataclass(frozen=True)
class Mending:
    """What works can do, arrays of shape (levels,): the chance that they come about where a must is or turns out
    missed, and their expected price in euro; both 0 where no works lead from that level to the wanted value."""

    chance: Floats
    price: Floats

    def costs(self, p: Floats) -> Floats:
        """Shape of `p`: what works will cost as expected of a must with the chance `p`, which is that of its likelihood
        and of works together. 0 where it holds, the whole price where works are sure to be needed."""
        result: Floats = np.where(p > 0, self.price * (1.0 - p) / (1.0 - self.chance), 0.0)
        return result

    def at(self, levels: NDArray[np.intp]) -> "Mending":
        """That of the levels at those positions."""
        return Mending(self.chance.take(levels), self.price.take(levels))


def judge(criterion: Criterion, batch: RequirementBatch, levels: Levels, base: Floats | None = None) -> Verdict:
    """Judge every requirement against every level.

    `base`, shape (requirements, 1), is the likelihood of an unknown; by default the smoothed share of the
    supply behind `levels` that would pass.
    """
    found = _measure(criterion, batch, levels)
    satisfaction = criterion.satisfaction(found.shortfall)
    holds = found.passes | (~batch.must & (found.shortfall <= criterion.near_enough))
    grade = (holds * NEARLY + (found.shortfall <= constants.EPSILON)).astype(np.uint8, copy=False)
    if criterion.adaptations:
        grade = np.maximum(grade, can_adapt(criterion, levels) * ADAPTABLE)
    p = _chances(found, holds)
    if found.unknown.any():
        likelihood = _likelihood(found, base)
        for column, settled in (
            (grade, UNKNOWN),
            (p, mended(criterion, levels, likelihood)),
            (satisfaction, likelihood),
        ):
            np.copyto(column, settled, where=found.unknown)
    return Verdict(grade, p, satisfaction)


def outcomes(criterion: Criterion, batch: RequirementBatch, levels: Levels) -> Floats:
    """Shape (requirements, levels): only what a score reads, `p` of musts or satisfaction of wishes; all of the
    requirements must be of one importance."""
    found = _measure(criterion, batch, levels)
    must = bool(batch.must.any())
    result = _chances(found, found.passes) if must else criterion.satisfaction(found.shortfall)
    if found.unknown.any():
        likelihood = _likelihood(found)
        np.copyto(result, mended(criterion, levels, likelihood) if must else likelihood, where=found.unknown)
    return result


@dataclass(frozen=True)
class _Measured:
    """The shortfall and whether it passes, shape (requirements, levels) and without meaning where nothing is known;
    then, broadcastable to that, whether the outcome is unknown, and whether because a claim is all there is."""

    criterion: Criterion
    batch: RequirementBatch
    levels: Levels
    shortfall: Floats
    passes: Mask
    unknown: Mask
    unproven: Mask | None


def _measure(criterion: Criterion, batch: RequirementBatch, levels: Levels) -> _Measured:
    shortfall = criterion.shortfall(batch.parameters, levels.filled)
    if not levels.judged:
        shortfall = np.where(levels.idle, 0.0, shortfall)
    passes = shortfall <= batch.tolerance + constants.EPSILON
    unproven = levels.claimed & batch.must if criterion.needs_evidence else None
    unknown = levels.unknown if unproven is None else levels.unknown | unproven
    return _Measured(criterion, batch, levels, shortfall, passes, unknown, unproven)


def _chances(found: _Measured, holds: Mask) -> Floats:
    """Shape (requirements, levels): 1 where the requirement holds, the chance of works where they can make it so."""
    p = holds.astype(float)
    if found.criterion.adaptations:
        works = mending(found.criterion, found.levels).chance
        np.maximum(p, works * can_adapt(found.criterion, found.levels), out=p)
    return p


def mended(criterion: Criterion, levels: Levels, likelihood: Floats) -> Floats:
    """Chance of an unknown must of that likelihood: it turns out well, or else works come about."""
    if not criterion.adaptations:
        return likelihood
    return likelihood + (1.0 - likelihood) * mending(criterion, levels).chance


def _likelihood(found: _Measured, base: Floats | None = None) -> Floats:
    """Chance of an unknown: the base rate, moved by what was learned of it and by a claim for it or against it."""
    levels = found.levels
    if base is None:
        base = base_rate(found.criterion, *_counted(found, levels.count))
    lean = levels.lean * found.criterion.leaning(found.batch.parameters) if levels.leaning else 0.0
    if found.unproven is None:
        return shifted(base, lean)
    claim = np.where(found.passes, constants.CLAIM_LOG_ODDS, -constants.CLAIM_LOG_ODDS)
    return shifted(base, lean + found.unproven * claim)


def tally(
    criterion: Criterion, batch: RequirementBatch, levels: Levels, count: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Shape (requirements, 1) each: how many of `count` rows per level are known to pass, and are known at all."""
    return _counted(_measure(criterion, batch, levels), count)


def _counted(found: _Measured, count: NDArray[np.int64]) -> tuple[Floats, Floats]:
    known = np.where(found.unknown | found.levels.idle, 0.0, count)
    passes = found.passes.astype(float)
    if known.ndim == 1:
        return (passes @ known)[:, None], known.sum(keepdims=True)
    passed: Floats = np.einsum("rl,rl->r", passes, known)[:, None]
    return passed, known.sum(axis=1, keepdims=True)


def base_rate(criterion: Criterion, passed: Floats, seen: Floats) -> Floats:
    """Shape (requirements, 1): share of known values that would pass, smoothed with the declared prior."""
    result: Floats = (constants.PRIOR_OBSERVATIONS * criterion.prior + passed) / (constants.PRIOR_OBSERVATIONS + seen)
    return result


def shifted(probability: Floats, log_odds: NDArray[np.floating[Any]] | float) -> Floats:
    """A probability moved by log-odds; never 0 and never 1."""
    probability = _inside(probability)
    if isinstance(log_odds, float) and log_odds == 0.0:
        return probability
    odds: Floats = probability / (1.0 - probability) * np.exp(log_odds)
    return _inside(odds / (1.0 + odds))


def _inside(probability: Floats) -> Floats:
    result: Floats = np.minimum(np.maximum(probability, constants.LEAST_LIKELIHOOD), 1.0 - constants.LEAST_LIKELIHOOD)
    return result


def can_adapt(criterion: Criterion, levels: Levels) -> Mask:
    """Shape (levels,): works are known to be able to start from this level, and the owner has not refused."""
    result: Mask = (mending(criterion, levels).chance > 0) & ~np.isnan(levels.basis)
    return result


def mending(criterion: Criterion, levels: Levels) -> Mending:
    """What works can do from each level. Where the value that they would start from is unknown, the smallest works are
    taken for granted: an unknown never ranks below the certain "no" of the same home that works can mend."""
    known: Mending | None = levels.worked_out.get(criterion.key)
    return known or levels.worked_out.setdefault(criterion.key, _mending(criterion, levels))


def _mending(criterion: Criterion, levels: Levels) -> Mending:
    unknown = np.isnan(levels.basis)
    price = unknown * criterion.adaptations[0].expected_eur
    if not unknown.all():
        for works in reversed(criterion.adaptations):
            price[(levels.basis >= works.low) & (levels.basis <= works.high)] = works.expected_eur
    chance = np.take(constants.CONSENT_CHANCE, levels.consent) * (price > 0)
    return Mending(chance, price * (chance > 0))


def adaptation_for(criterion: Criterion, basis: float) -> Adaptation | None:
    """The first declared works that can start from the found value: the smaller ones are declared first."""
    return next((works for works in criterion.adaptations if works.low <= basis <= works.high), None)
