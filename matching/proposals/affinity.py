"""How well two seekers suit each other: what both ask of living together, compared requirement by requirement.

Nothing of a person enters, only what both have said they want of the house and the group. Where only one of
them has an opinion, nobody disagrees; a must of both that cannot be met at once keeps them apart.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.catalogue import Market
from matching.kinds import Bounds, Criterion
from matching.option_kinds import Options, Overlaps
from matching.requests import Request, Requirement
from matching.text_similarity import TextIndex

NO_OPINION = 0.7
"""Agreement of two people who never speak of the same thing: neither a reason for nor against."""

TEXT_WEIGHT = 1.0


def affinities(requests: Sequence[Request], market: Market, owners: frozenset[str]) -> Floats:
    """Shape (requests, requests), 0 to 1, symmetric: agreement on criteria about facts of the given owners.

    0 keeps two people apart; the diagonal is 1.
    """
    size = len(requests)
    merit, weight = np.zeros((size, size)), np.zeros((size, size))
    apart = np.zeros((size, size), dtype=bool)
    for criterion in market.criteria:
        if criterion.fact.owner not in owners:
            continue
        requirements = [_requirement_for(request, criterion.key) for request in requests]
        who = np.array([number for number, item in enumerate(requirements) if item is not None], dtype=np.intp)
        if len(who) < 2:
            continue
        stated = [item for item in requirements if item is not None]
        agreed = _agreements(criterion, stated)
        weights = np.array([float(item.weight) for item in stated])
        both = np.ix_(who, who)
        merit[both] += agreed * np.sqrt(weights[:, None] * weights[None, :])
        weight[both] += np.sqrt(weights[:, None] * weights[None, :])
        musts = np.array([item.must for item in stated])
        apart[both] |= (agreed <= 0) & musts[:, None] & musts[None, :]
    _add_texts(requests, merit, weight)
    result = np.where(weight > 0, merit / np.where(weight > 0, weight, 1.0), NO_OPINION)
    result[apart] = 0.0
    np.fill_diagonal(result, 1.0)
    return result


def _requirement_for(request: Request, key: str) -> Requirement | None:
    return next((item for item in request.requirements if item.key == key), None)


def _agreements(criterion: Criterion, stated: Sequence[Requirement]) -> Floats:
    """Shape (stated, stated); each distinct wish is compared once."""
    distinct = {repr(item.wanted): item for item in stated}
    number_of = {wanted: number for number, wanted in enumerate(distinct)}
    table = np.array([[_agreement(criterion, one, other) for other in distinct.values()] for one in distinct.values()])
    which = [number_of[repr(item.wanted)] for item in stated]
    result: Floats = table[np.ix_(which, which)]
    return result


def _agreement(criterion: Criterion, one: Requirement, other: Requirement) -> float:
    """1 where both can have what they want, falling to 0 with the distance between their wishes."""
    if isinstance(criterion, Overlaps):
        return float(bool(set(one.wanted) & set(other.wanted)))
    if isinstance(criterion, Options):
        closest = np.minimum(criterion.table(one.wanted) + criterion.table(other.wanted), np.inf).min()
        return float(criterion.satisfaction(np.array(closest)))
    if isinstance(criterion, Bounds):
        (low, high), (other_low, other_high) = criterion.bounds(one.wanted), criterion.bounds(other.wanted)
        if np.isinf([low, high]).any() and np.isinf([other_low, other_high]).any():
            return float(criterion.satisfaction(np.array(_ends_apart((low, high), (other_low, other_high)))))
        return float(criterion.satisfaction(np.array(max(low - other_high, other_low - high, 0.0))))
    return NO_OPINION


def _ends_apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two open ranges' ends: who wants at most 5 hours and who wants at most 20 live differently."""
    gaps = [abs(left - right) for left, right in zip(one, other, strict=True) if np.isfinite([left, right]).all()]
    return max(gaps, default=0.0)


def _add_texts(requests: Sequence[Request], merit: Floats, weight: Floats) -> None:
    texts = [request.text for request in requests]
    if sum(map(bool, texts)) < 2:
        return
    likeness: NDArray[np.float64] = TextIndex(texts).all_likenesses()
    known = ~np.isnan(likeness)
    merit[known] += TEXT_WEIGHT * likeness[known]
    weight[known] += TEXT_WEIGHT
