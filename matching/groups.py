"""Groups for the free places of a house: seekers who suit the house and each other. The group decides, always.

A group's value is the sum of its members' scores for the house times the mean agreement of its pairs, over the
free places: full houses of people who get on come first. Nobody is in two groups, and no group holds two
people whose musts exclude each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.affinity import affinities
from matching.bids import score_matrix
from matching.explanation import AdaptationAdvice, adaptations_of
from matching.frame import Frame
from matching.grading import Grade
from matching.kinds import Floats
from matching.requests import Request
from matching.terms import Term, terms_of
from matching.text import TextIndex

NEGLIGIBLE = 1e-12
SMALLEST_GROUP = 2
SEEDS = 24
"""So many of the likeliest members start a search of their own."""


@dataclass(frozen=True)
class CareFund:
    """What the care fund adds to adaptations of a shared dwelling: euro per entitled person, at most so much
    together (section 40 (4) SGB XI; the amounts come from the dated parameter table)."""

    per_person_eur: float
    most_eur: float


@dataclass(frozen=True)
class Group:
    """A proposed group for one offer: member ids, value 0 to 1, what the members' musts need of the house together
    (works, and criteria by key that are still to be clarified), pooled care-fund money in euro."""

    offer: str
    requests: tuple[str, ...]
    score: float
    pooled_funding_eur: float
    adaptations: tuple[AdaptationAdvice, ...]
    to_clarify: tuple[str, ...]


def form_groups(
    requests: Sequence[Request], frame: Frame, fund: CareFund, offers: Sequence[str] | None = None
) -> tuple[Group, ...]:
    """One group for each offer with at least two free places, the best first; every seeker at most once."""
    requests = sorted(requests, key=lambda request: request.id)
    places = _free_places(frame, offers)
    if not places or len(requests) < SMALLEST_GROUP:
        return ()
    houses = np.array(sorted(places, key=frame.ids.__getitem__), dtype=np.intp)
    scores = dict(zip(houses.tolist(), score_matrix(requests, frame, houses).T, strict=True))
    suit = affinities(requests, frame.market, frozenset({"project"}))
    texts = TextIndex(frame.texts)
    free = np.ones(len(requests), dtype=bool)
    found: dict[int, tuple[float, list[int]]] = {}
    groups = []
    while scores:
        for row, column in scores.items():
            if row not in found or not free[found[row][1]].all():
                members = best_group(column * free, suit, places[row])
                found[row] = _value(members, column, suit, places[row]), members
        row = max(scores, key=lambda row: found[row][0])
        value, members = found.pop(row)
        if len(members) < SMALLEST_GROUP:
            break
        groups.append(_group([requests[member] for member in members], frame, texts, row, value, fund))
        free[members] = False
        del scores[row]
    return tuple(groups)


def _group(members: Sequence[Request], frame: Frame, texts: TextIndex, row: int, value: float, fund: CareFund) -> Group:
    works: dict[str, AdaptationAdvice] = {}
    unclear: dict[str, None] = {}
    for request in members:
        terms = terms_of(request, frame, texts)
        works |= {advice.measure: advice for advice in adaptations_of(terms, row)}
        unclear |= dict.fromkeys(unclear_musts(terms, row))
    return Group(
        offer=frame.ids[row],
        requests=tuple(request.id for request in members),
        score=value,
        pooled_funding_eur=_pooled(members, frame, fund),
        adaptations=tuple(works.values()),
        to_clarify=tuple(unclear),
    )


def unclear_musts(terms: Sequence[Term], row: int) -> list[str]:
    """Keys of the seeker's musts whose outcome at this row is unknown."""
    states = [(term, int(term.codes[row])) for term in terms if term.side == "seeker"]
    return [term.criterion.key for term, state in states if term.must[state] and term.grade[state] == Grade.UNKNOWN]


def best_group(scores: Floats, suit: Floats, places: int) -> list[int]:
    """Members (positions, ascending) of the best group found for one house: grown from the likeliest members,
    then improved by exchanges until none helps."""
    eligible = np.flatnonzero(scores > NEGLIGIBLE)
    best: list[int] = []
    for start in eligible[np.argsort(-scores[eligible], kind="stable")][:SEEDS]:
        members = _improve(_grow([int(start)], eligible, scores, suit, places), eligible, scores, suit, places)
        if _value(members, scores, suit, places) > _value(best, scores, suit, places) + NEGLIGIBLE:
            best = members
    return sorted(best)


def _grow(members: list[int], eligible: NDArray[np.intp], scores: Floats, suit: Floats, places: int) -> list[int]:
    while len(members) < places:
        gains = _values_with(members, eligible, scores, suit, places)
        choice = int(np.argmax(gains)) if len(gains) else 0
        if not len(gains) or (len(members) > 1 and gains[choice] <= _value(members, scores, suit, places)):
            break
        if gains[choice] <= NEGLIGIBLE:
            break
        members = [*members, int(eligible[choice])]
    return members


def _improve(members: list[int], eligible: NDArray[np.intp], scores: Floats, suit: Floats, places: int) -> list[int]:
    improved = True
    while improved:
        improved = False
        for member in members:
            others = [other for other in members if other != member]
            gains = _values_with(others, eligible, scores, suit, places)
            choice = int(np.argmax(gains))
            if gains[choice] > _value(members, scores, suit, places) + NEGLIGIBLE:
                members, improved = [*others, int(eligible[choice])], True
                break
    return members


def _values_with(members: list[int], eligible: NDArray[np.intp], scores: Floats, suit: Floats, places: int) -> Floats:
    """Value of the group with each eligible person added; 0 for members and for those kept apart."""
    pairs = suit[np.ix_(members, members)][np.triu_indices(len(members), 1)]
    added = suit[members][:, eligible]
    count = len(pairs) + len(members)
    agreement = (pairs.sum() + added.sum(axis=0)) / max(count, 1)
    values = (scores[members].sum() + scores[eligible]) * agreement / places
    impossible = (added <= 0).any(axis=0) | np.isin(eligible, members)
    result: Floats = np.where(impossible, 0.0, values)
    return result


def _value(members: list[int], scores: Floats, suit: Floats, places: int) -> float:
    """Sum of scores times mean agreement of pairs over the free places; 0 for fewer than two."""
    if len(members) < SMALLEST_GROUP:
        return 0.0
    pairs = suit[np.ix_(members, members)][np.triu_indices(len(members), 1)]
    return float(scores[members].sum() * pairs.mean() / places)


def _free_places(frame: Frame, offers: Sequence[str] | None) -> dict[int, int]:
    if frame.market.capacity is None:
        return {}
    stated = np.nan_to_num(frame.values(frame.market.capacity))
    wanted = range(len(frame)) if offers is None else sorted(frame.position[offer] for offer in offers)
    return {row: int(stated[row]) for row in wanted if stated[row] >= SMALLEST_GROUP}


def _pooled(members: Sequence[Request], frame: Frame, fund: CareFund) -> float:
    entitlement = frame.market.entitlement
    if entitlement is None:
        return 0.0
    entitled = sum(bool(request.household.get(entitlement.key)) for request in members)
    return min(entitled * fund.per_person_eur, fund.most_eur)
