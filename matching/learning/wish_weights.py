"""How much wishes count, by criterion: set by people, versioned, and what outcomes propose to change.

A factor multiplies the weight that a household gave its wish; 1 everywhere is the hand-set default. A proposal
is learned from accepted and declined offers by pairwise logistic regression with non-negative factors, drawn
towards the present ones; `preview` says whose lists it would change. It is an object to look at: nothing here applies
it, and musts are out of its reach.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import minimize

from matching.arrays import Floats
from matching.catalogue import Market
from matching.frame import Frame
from matching.learning.outcomes import LearningCase, PreferencePairs, pairs_of, ranking_quality
from matching.ranking import rank
from matching.requests import Request, Requirement
from matching.text_similarity import TextIndex

LEAST_CASES = 100
"""Fewer cases propose nothing: chance would decide."""

SHRINKAGE = 0.01
"""How strongly factors are drawn to the present ones: 150 cases recover an order, the noise of 150 moves little."""

LEAST, MOST = 0.1, 3.0
"""No wish is silenced and none drowns the others, whatever the outcomes say."""

FOLDS = 5
DIGITS = 2
"""Factors as people see and approve them."""


class TooFewCases(ValueError):
    """There are not enough cases to learn from; `cases` says how many there are."""

    def __init__(self, cases: int) -> None:
        super().__init__(f"{cases} of {LEAST_CASES} cases")
        self.cases = cases


@dataclass(frozen=True)
class Weights:
    """Factors by criterion key, 1 where none is named, under the name of their version."""

    version: str
    factors: Mapping[str, float] = field(default_factory=dict)

    def factor(self, key: str) -> float:
        return self.factors.get(key, 1.0)


HAND_SET = Weights("default-1")


@dataclass(frozen=True)
class WeightsProposal:
    """Learned from `cases` cases: weights that a person may approve instead of the `present` ones. Qualities are
    mean NDCG@10 on cases that the factors judged had not been learned from."""

    present: Weights
    proposed: Weights
    cases: int
    present_quality: float
    proposed_quality: float

    @property
    def better(self) -> bool:
        """The proposal ranks unseen cases better than the present weights."""
        return self.proposed_quality > self.present_quality

    @property
    def changes(self) -> dict[str, tuple[float, float]]:
        """Present and proposed factor of every criterion that would change."""
        keys = sorted(self.proposed.factors.keys() | self.present.factors.keys())
        both = {key: (self.present.factor(key), self.proposed.factor(key)) for key in keys}
        return {key: pair for key, pair in both.items() if pair[0] != pair[1]}


def propose(cases: Sequence[LearningCase], present: Weights = HAND_SET) -> WeightsProposal:
    """Weights that the outcomes speak for; `TooFewCases` where they speak too softly."""
    telling = [case for case in cases if 0 < case.accepted.sum() < len(case.accepted) and case.keys]
    if len(telling) < LEAST_CASES:
        raise TooFewCases(len(telling))
    telling.sort(key=lambda case: hashlib.sha256(case.request.encode()).digest())
    before, after = [], []
    for fold in range(FOLDS):
        left = telling[fold::FOLDS]
        factors = _learn([case for number, case in enumerate(telling) if number % FOLDS != fold], present)
        before.append(ranking_quality(left, present.factors))
        after.append(ranking_quality(left, factors))
    factors = _learn(telling, present)
    return WeightsProposal(
        present, Weights(_version(factors), factors), len(telling), float(np.mean(before)), float(np.mean(after))
    )


def weighed(request: Request, weights: Weights, market: Market) -> Request:
    """The request with its wishes weighed; musts as they are. A text becomes the wish that it stands for."""
    requirements = [
        item if item.must else replace(item, weight=item.weight * weights.factor(item.key))
        for item in request.requirements
    ]
    text = market.text_criterion
    if text is not None and request.text.strip() and all(item.key != text.key for item in requirements):
        requirements.append(Requirement(text.key, request.text.strip(), "wish", weights.factor(text.key)))
    return replace(request, requirements=tuple(requirements))


@dataclass(frozen=True)
class ListChange:
    """One request's list under the present and the other weights, ids in order."""

    request: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def entering(self) -> tuple[str, ...]:
        return tuple(offer for offer in self.after if offer not in self.before)

    @property
    def leaving(self) -> tuple[str, ...]:
        return tuple(offer for offer in self.before if offer not in self.after)


def preview(
    weights: Weights, requests: Sequence[Request], frame: Frame, top: int = 10, present: Weights = HAND_SET
) -> list[ListChange]:
    """The lists that would change in members or order, in the order of the requests."""
    texts = TextIndex(frame.texts)

    def listed(request: Request, by: Weights) -> tuple[str, ...]:
        matches = rank(weighed(request, by, frame.market), frame, top, texts=texts).matches
        return tuple(match.offer for match in matches)

    changes = [ListChange(request.id, listed(request, present), listed(request, weights)) for request in requests]
    return [change for change in changes if change.before != change.after]


def _learn(cases: Sequence[LearningCase], present: Weights) -> dict[str, float]:
    keys = sorted({key for case in cases for key in case.keys})
    hand = np.array([present.factor(key) for key in keys])
    pairs = pairs_of(cases, keys)
    bounds = [(0.0, None)] * (len(keys) + 1) + [(None, None)]
    start = np.concatenate([hand, [1.0, 0.0]])
    found = minimize(_loss, start, args=(pairs, hand), jac=True, method="L-BFGS-B", bounds=bounds)
    learned, sharpness = found.x[: len(keys)], found.x[len(keys)]
    factors = learned / sharpness if sharpness > 0 else hand
    bounded = np.clip(factors, LEAST, MOST)
    return {key: round(float(factor), DIGITS) for key, factor in zip(keys, bounded, strict=True)}


def _loss(point: Floats, pairs: PreferencePairs, hand: Floats) -> tuple[float, Floats]:
    """Penalised logistic loss and its gradient at (factors × sharpness, sharpness, effect of the chance).

    Sharpness, how strongly people go by wishes at all, is free; factors are drawn towards hand × sharpness.
    """
    size = len(hand)
    effect, sharpness, by_chance = point[:size], point[size], point[size + 1]
    margin = pairs.gains @ effect + by_chance * pairs.chances
    loss = pairs.weight @ np.logaddexp(0.0, -margin)
    slope = -pairs.weight / (1.0 + np.exp(np.clip(margin, -500, 500)))
    apart = effect - sharpness * hand
    pull = 2.0 * SHRINKAGE * apart
    gradient = np.concatenate([pairs.gains.T @ slope + pull, [-pull @ hand], [pairs.chances @ slope]])
    return float(loss + SHRINKAGE * apart @ apart), gradient


def _version(factors: Mapping[str, float]) -> str:
    """Named after the content: the same factors have the same version on any machine."""
    return "learned-" + hashlib.sha256(json.dumps(factors, sort_keys=True).encode()).hexdigest()[:10]
