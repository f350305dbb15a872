"""The search for a group that suits one house: many grown person by person, then improved by exchanges, at once.

A group's value is the sum of its members' scores for the house times the mean agreement of its pairs. Two people
whose agreement is 0 are never together.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats

Members = NDArray[np.intp]
NEGLIGIBLE = 1e-12
SMALLEST_GROUP = 2
SEEDS = 24
"""So many of the likeliest members start a search of their own."""


def best_group(scores: Floats, suit: Floats, places: int) -> list[int]:
    """Members (positions, ascending) of the best group found for one house, empty where nobody suits."""
    eligible = np.flatnonzero(scores > NEGLIGIBLE)
    within, agreement = scores[eligible], suit[np.ix_(eligible, eligible)]
    likeliest = np.argsort(-within, kind="stable")[:SEEDS]
    best, value = np.zeros(0, dtype=np.intp), NEGLIGIBLE
    for grown in _grown(likeliest[:, None], within, agreement, places):
        groups = _improved(grown, within, agreement)
        values = group_values(groups, within, agreement)
        if len(values) and values.max() > value + NEGLIGIBLE:
            best, value = groups[int(np.argmax(values))], float(values.max())
    return sorted(eligible[best].tolist())


def group_values(groups: Members, scores: Floats, suit: Floats) -> Floats:
    """Shape (groups,): sum of scores times mean agreement of pairs; 0 for groups of fewer than two. Groups are of
    one size, shape (groups, members)."""
    size = groups.shape[1]
    if size < SMALLEST_GROUP:
        return np.zeros(len(groups))
    result: Floats = scores[groups].sum(axis=1) * _pairs(groups, suit[groups]) / (size * (size - 1) / 2.0)
    return result


def _grown(groups: Members, scores: Floats, suit: Floats, places: int) -> Iterator[Members]:
    """Groups by size: whoever adds most joins, one by one, until the house is full or nobody helps."""
    while len(groups):
        gains = _with_each(groups, scores, suit)
        helped = gains.max(axis=1) > np.maximum(group_values(groups, scores, suit), NEGLIGIBLE)
        if groups.shape[1] == places:
            helped[:] = False
        yield groups[~helped]
        groups = _distinct(np.column_stack([groups, gains.argmax(axis=1)])[helped])


def _improved(groups: Members, scores: Floats, suit: Floats) -> Members:
    """In every group one member exchanged for the person who helps most, again and again."""
    size = groups.shape[1]
    if size < SMALLEST_GROUP:
        return groups
    without = np.array([np.delete(np.arange(size), member) for member in range(size)])
    settled = [groups[:0]]
    while len(groups):
        others = groups[:, without].reshape(-1, size - 1)
        gains = _with_each(others, scores, suit).reshape(len(groups), -1)
        choice = gains.argmax(axis=1)
        better = gains.max(axis=1) > group_values(groups, scores, suit) + NEGLIGIBLE
        settled.append(groups[~better])
        leaving, joining = np.divmod(choice, len(scores))
        rest = others.reshape(len(groups), size, size - 1)[np.arange(len(groups)), leaving]
        groups = _distinct(np.column_stack([rest, joining])[better])
    return np.concatenate(settled)


def _with_each(groups: Members, scores: Floats, suit: Floats) -> Floats:
    """Shape (groups, persons): value of each group with each person added; 0 for its members and for those who are
    kept apart from one of them."""
    size = groups.shape[1]
    added = suit[groups]
    agreement = (_pairs(groups, added)[:, None] + added.sum(axis=1)) / (size * (size + 1) / 2.0)
    values: Floats = (scores[groups].sum(axis=1)[:, None] + scores) * agreement
    values[(added <= 0).any(axis=1)] = 0.0
    np.put_along_axis(values, groups, 0.0, axis=1)
    return values


def _pairs(groups: Members, suit: Floats) -> Floats:
    """Shape (groups,): agreement added up over the pairs of each group; `suit`, shape (groups, members, persons)."""
    inside = np.take_along_axis(suit, groups[:, None, :], axis=2)
    result: Floats = (inside.sum(axis=(1, 2)) - np.trace(inside, axis1=1, axis2=2)) / 2.0
    return result


def _distinct(groups: Members) -> Members:
    return np.unique(np.sort(groups, axis=1), axis=0)
