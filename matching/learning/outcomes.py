"""What became of proposals, as evidence on how much wishes matter: cases, pairs, quality of an order.

A learning case holds, for one request and the offers that were proposed to it, how far each wish was satisfied at the
time. Nothing about the person enters, and musts only as the chance that they turn out well, which is taken
into account and never learned from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matching.arrays import Floats
from matching.frame import Frame
from matching.requests import Request
from matching.requirement_terms import terms_of
from matching.scoring import WishSums, chances_of, score
from matching.text_similarity import TextIndex
from matching.tie_breaking import rounded

BEST = 10


@dataclass(frozen=True)
class Outcome:
    """What became of one proposed offer. `because` names the wish for whose sake it was declined, if that was told;
    declined for a reason that has nothing to do with the home (`counts` false), it teaches nothing."""

    offer: str
    accepted: bool
    because: str | None = None
    counts: bool = True


@dataclass(frozen=True)
class LearningCase:
    """One request with the outcomes that count. `shares`, shape (wishes,), is the weight of each wish in `keys`
    as a share of all; `satisfaction`, shape (offers, wishes); `chance` and `accepted`, shape (offers,);
    `because`, shape (offers,), is the number of a wish in `keys` or -1."""

    request: str
    keys: tuple[str, ...]
    shares: Floats
    satisfaction: Floats
    chance: Floats
    accepted: Floats
    because: tuple[int, ...] = field(default=())


def learning_case_of(
    request: Request, frame: Frame, outcomes: Sequence[Outcome], texts: TextIndex | None = None
) -> LearningCase:
    """The case as the frame has it now; offers that are gone are left out."""
    counting = [outcome for outcome in outcomes if outcome.counts and outcome.offer in frame.position]
    rows = np.array([frame.position[outcome.offer] for outcome in counting], dtype=np.intp)
    terms = terms_of(request, frame, texts)
    wishes = [term for term in terms if term.side == "seeker" and not term.must.all()]
    weights = np.array([float(term.weight[0]) for term in wishes])
    keys = tuple(term.criterion.key for term in wishes)
    return LearningCase(
        request=request.id,
        keys=keys,
        shares=weights / weights.sum() if len(weights) else weights,
        satisfaction=np.array([term.satisfaction[term.codes[rows]] for term in wishes]).reshape(len(keys), len(rows)).T,
        chance=chances_of(terms, rows),
        accepted=np.array([float(outcome.accepted) for outcome in counting]),
        because=tuple(keys.index(item.because) if item.because in keys else -1 for item in counting),
    )


@dataclass(frozen=True)
class PreferencePairs:
    """Accepted beside declined: `gains`, shape (pairs, keys), is how much better the accepted offer fulfilled each
    wish, by its share; `chances`, shape (pairs,), how much likelier its musts were; `weight` adds up to 1 a case."""

    keys: tuple[str, ...]
    gains: Floats
    chances: Floats
    weight: Floats


def pairs_of(cases: Sequence[LearningCase], keys: Sequence[str]) -> PreferencePairs:
    """Every accepted offer beside every declined one of the same case; where the reason names a wish, that wish
    alone is compared once more."""
    column_of = {key: number for number, key in enumerate(keys)}
    gains, chances, weights = [], [], []
    for case in cases:
        columns = [column_of[key] for key in case.keys]
        own: list[tuple[Floats, float]] = []
        for better in np.flatnonzero(case.accepted > 0):
            for worse in np.flatnonzero(case.accepted == 0):
                gain = case.shares * (case.satisfaction[better] - case.satisfaction[worse])
                apart = float(case.chance[better] - case.chance[worse])
                own.append((gain, apart))
                named = case.because[worse] if case.because else -1
                if named >= 0:
                    own.append((np.where(np.arange(len(gain)) == named, gain, 0.0), 0.0))
        for gain, apart in own:
            line = np.zeros(len(keys))
            np.add.at(line, columns, gain)
            gains.append(line)
            chances.append(apart)
            weights.append(1.0 / len(own))
    return PreferencePairs(tuple(keys), np.array(gains).reshape(-1, len(keys)), np.array(chances), np.array(weights))


def ranking_quality(cases: Sequence[LearningCase], factors: Mapping[str, float]) -> float:
    """Mean NDCG@10 of the cases' offers in the order of wishes weighed by the factors, musts as they are; 1 is an
    order in which all accepted ones come first. Ties count as the mean of their orders would."""
    found = [_quality(case, factors) for case in cases if 0 < case.accepted.sum() < len(case.accepted)]
    return float(np.mean(found)) if found else float("nan")


def _quality(case: LearningCase, factors: Mapping[str, float]) -> float:
    weights = case.shares * np.array([factors.get(key, 1.0) for key in case.keys])
    scores = score(case.chance, WishSums(case.satisfaction @ weights, float(weights.sum())))
    order = np.argsort(-scores, kind="stable")
    gained = _tied_means(case.accepted[order], scores[order])
    discount = 1.0 / np.log2(np.arange(2, len(order) + 2))
    discount[BEST:] = 0.0
    return float((gained * discount).sum() / (np.sort(case.accepted)[::-1] * discount).sum())


def _tied_means(values: Floats, scores: Floats) -> Floats:
    """Each value replaced by the mean of those with the same score."""
    _, group = np.unique(-rounded(scores), return_inverse=True)
    sums: Any = np.bincount(group, weights=values)
    means: Floats = (sums / np.bincount(group))[group]
    return means
