"""The search for a group that suits one house: grown person by person, then improved by exchanges.

A group's value is the sum of its members' scores for the house times the mean agreement of its pairs, over the
free places. Two people whose agreement is 0 are never together.
"""

import numpy as np
from numpy.typing import NDArray

from matching.kinds import Floats

Members = NDArray[np.intp]
NEGLIGIBLE = 1e-12
SMALLEST_GROUP = 2
SEEDS = 24
"""So many of the likeliest members start a search of their own."""


def best_group(scores: Floats, suit: Floats, places: int) -> list[int]:
    """Members (positions, ascending) of the best group found for one house: grown from the likeliest members,
    then improved by exchanges until none helps."""
    eligible = np.flatnonzero(scores > NEGLIGIBLE)
    within, agreement = scores[eligible], suit[np.ix_(eligible, eligible)]
    best, value = np.zeros(0, dtype=np.intp), NEGLIGIBLE
    for start in np.argsort(-within, kind="stable")[:SEEDS]:
        members = _improved(_grown(start, within, agreement, places), within, agreement, places)
        found = group_value(members, within, agreement, places)
        if found > value + NEGLIGIBLE:
            best, value = members, found
    return sorted(eligible[best].tolist())


def group_value(members: Members, scores: Floats, suit: Floats, places: int) -> float:
    """Sum of scores times mean agreement of pairs over the free places; 0 for fewer than two."""
    size = len(members)
    if size < SMALLEST_GROUP:
        return 0.0
    inside = suit[np.ix_(members, members)]
    agreement = (inside.sum() - np.trace(inside)) / (size * (size - 1))
    return float(scores[members].sum() * agreement / places)


def _grown(start: np.intp, scores: Floats, suit: Floats, places: int) -> Members:
    """The person at `start` and whoever adds most, one by one, until the house is full or nobody helps."""
    members: Members = np.array([start])
    while len(members) < places:
        gains = _with_each(members[None, :], scores, suit, places)[0]
        choice = int(np.argmax(gains))
        if gains[choice] <= max(group_value(members, scores, suit, places), NEGLIGIBLE):
            break
        members = np.append(members, choice)
    return members


def _improved(members: Members, scores: Floats, suit: Floats, places: int) -> Members:
    """One member exchanged for the person who helps most, again and again."""
    while len(members) >= SMALLEST_GROUP:
        others = np.array([np.delete(members, place) for place in range(len(members))])
        gains = _with_each(others, scores, suit, places)
        leaving, joining = np.unravel_index(int(np.argmax(gains)), gains.shape)
        if gains[leaving, joining] <= group_value(members, scores, suit, places) + NEGLIGIBLE:
            break
        members = np.append(others[leaving], joining)
    return members


def _with_each(groups: Members, scores: Floats, suit: Floats, places: int) -> Floats:
    """Shape (groups, persons): value of each group of one size, shape (groups, members), with each person added; 0
    for its members and for those who are kept apart from one of them."""
    size = groups.shape[1]
    added = suit[groups]
    inside = np.take_along_axis(added, groups[:, None, :], axis=2)
    pairs = (inside.sum(axis=(1, 2)) - np.trace(inside, axis1=1, axis2=2)) / 2.0
    agreement = (pairs[:, None] + added.sum(axis=1)) / (size * (size + 1) / 2.0)
    values: Floats = (scores[groups].sum(axis=1)[:, None] + scores) * agreement / places
    values[(added <= 0).any(axis=1)] = 0.0
    np.put_along_axis(values, groups, 0.0, axis=1)
    return values
