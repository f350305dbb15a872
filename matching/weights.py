"""Proposals for the default weights of wishes, learned from what people accepted and declined.

A pairwise logistic model with non-negative weights, shrunk to the weights set by hand, *proposes*; a person with
the right looks at what would enter and leave the lists and approves or discards. Nothing is applied by itself,
musts are out of reach, and no feature of a person enters: only how well offers met what was wished.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from matching.frame import Frame
from matching.kinds import Floats
from matching.ranking import rank
from matching.requests import Request
from matching.terms import terms_of

PRESENT_WEIGHT = 1.0
HEAVIEST = 3.0
SHRINKAGE = 1.0
"""How strongly the present weights hold against the outcomes: about one outcome's say for each weight."""

HELD_BACK = 4
"""Every fourth household's outcomes are kept for the evaluation."""

LEAST_PAIRS = 20
CUT_OFF = 10


class TooFewOutcomes(ValueError):
    """Fewer pairs of accepted and declined offers than a proposal could rest on."""


@dataclass(frozen=True)
class Outcome:
    """What one household said to offers by what they are: ids accepted, ids declined for not suiting the wishes."""

    request: Request
    accepted: tuple[str, ...]
    declined: tuple[str, ...]


@dataclass(frozen=True)
class WishWeights:
    """Default weight per criterion, 0 to 3, multiplied with the weight that a person gave; 1 where none is set."""

    weights: Mapping[str, float]

    @property
    def version(self) -> str:
        """Names exactly these weights."""
        told = ",".join(f"{key}={self.weights[key]:.4f}" for key in sorted(self.weights))
        return f"weights-{hashlib.sha256(told.encode()).hexdigest()[:10]}"

    def of(self, key: str) -> float:
        return self.weights.get(key, PRESENT_WEIGHT)

    def applied(self, request: Request) -> Request:
        """The request with its wishes weighed anew; musts stay as they are."""
        weighed = (
            item if item.must else replace(item, weight=item.weight * self.of(item.key))
            for item in request.requirements
        )
        return replace(request, requirements=tuple(weighed))


@dataclass(frozen=True)
class Proposal:
    """Weights to approve or discard. `quality` is NDCG@10 on outcomes that were held back, before and after."""

    present: WishWeights
    proposed: WishWeights
    pairs: int
    quality_present: float
    quality_proposed: float


@dataclass(frozen=True)
class ListChange:
    """What the proposed weights would change in one household's list."""

    request: str
    entering: tuple[str, ...]
    leaving: tuple[str, ...]


def propose_weights(outcomes: Sequence[Outcome], frame: Frame, present: WishWeights) -> Proposal:
    """Learn from three households of four, evaluate on the fourth. Raises `TooFewOutcomes`."""
    outcomes = sorted(outcomes, key=lambda outcome: outcome.request.id)
    held_back = outcomes[HELD_BACK - 1 :: HELD_BACK]
    learned_from = [outcome for place, outcome in enumerate(outcomes) if (place + 1) % HELD_BACK]
    keys = sorted({item.key for outcome in outcomes for item in outcome.request.requirements if not item.must})
    differences = _differences(learned_from, frame, keys)
    if len(differences) < LEAST_PAIRS:
        raise TooFewOutcomes(f"{len(differences)} pairs of an accepted and a declined offer; {LEAST_PAIRS} are needed")
    weights = _fit(differences, np.array([present.of(key) for key in keys]))
    proposed = WishWeights({**present.weights, **dict(zip(keys, weights.tolist(), strict=True))})
    return Proposal(
        present=present,
        proposed=proposed,
        pairs=len(differences),
        quality_present=quality(held_back, frame, present),
        quality_proposed=quality(held_back, frame, proposed),
    )


def _differences(outcomes: Sequence[Outcome], frame: Frame, keys: Sequence[str]) -> Floats:
    """Shape (pairs, keys): by how much better the accepted offer met each wish, times the person's own weight."""
    place = {key: column for column, key in enumerate(keys)}
    pairs = [np.zeros((0, len(keys)))]
    for outcome in outcomes:
        accepted, declined = (
            _satisfactions(outcome.request, frame, place, ids) for ids in (outcome.accepted, outcome.declined)
        )
        pairs.append((accepted[:, None, :] - declined[None, :, :]).reshape(-1, len(keys)))
    return np.concatenate(pairs)


def _satisfactions(request: Request, frame: Frame, place: Mapping[str, int], ids: Sequence[str]) -> Floats:
    """Shape (offers, keys): satisfaction of each wish, its share of the person's weights; 0 where nothing is wished."""
    rows = np.array([frame.position[row_id] for row_id in ids], dtype=np.intp)
    found = np.zeros((len(rows), len(place)))
    wishes = [term for term in terms_of(request, frame) if term.side == "seeker" and not term.must.all()]
    for term in wishes:
        found[:, place[term.criterion.key]] += np.take(term.merits(), np.take(term.codes, rows))
    return found


def _fit(differences: Floats, present: Floats) -> Floats:
    """Weights that make the accepted offers likeliest, non-negative, on the scale of the present ones."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = differences @ weights
        wrong = 1.0 / (1.0 + np.exp(np.clip(margins, -500, 500)))
        away = weights - present
        value = np.logaddexp(0.0, -margins).sum() + 0.5 * SHRINKAGE * (away @ away)
        return float(value), SHRINKAGE * away - differences.T @ wrong

    fitted = minimize(loss, present, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(present)).x
    scaled = fitted * present.mean() / max(float(fitted.mean()), 1e-12)
    result: Floats = np.round(np.clip(scaled, 0.0, HEAVIEST), 4)
    return result


def quality(outcomes: Sequence[Outcome], frame: Frame, weights: WishWeights) -> float:
    """Mean NDCG@10: 1 where every accepted offer stands before every declined one; NaN without outcomes."""
    gains = []
    for outcome in outcomes:
        answered = [*outcome.accepted, *outcome.declined]
        if not outcome.accepted or not outcome.declined:
            continue
        ranked = rank(weights.applied(outcome.request), frame, top=None).matches
        order = [match.offer in outcome.accepted for match in ranked if match.offer in answered][:CUT_OFF]
        best = sum(1.0 / np.log2(place + 2) for place in range(min(len(outcome.accepted), CUT_OFF)))
        gains.append(sum(hit / np.log2(place + 2) for place, hit in enumerate(order)) / best)
    return float(np.mean(gains)) if gains else float("nan")


def preview(
    requests: Sequence[Request], frame: Frame, present: WishWeights, proposed: WishWeights, top: int = 20
) -> list[ListChange]:
    """Which offers would enter and leave each list; lists that stay as they are are left out."""
    changes = []
    for request in requests:
        before, after = (
            [match.offer for match in rank(weights.applied(request), frame, top).matches]
            for weights in (present, proposed)
        )
        entering = tuple(offer for offer in after if offer not in before)
        leaving = tuple(offer for offer in before if offer not in after)
        if entering or leaving:
            changes.append(ListChange(request.id, entering, leaving))
    return changes
