"""Groups for the free places of a house: seekers who suit the house and each other. The group decides, always.

A group's value is the sum of its members' scores for the house times the mean agreement of its pairs, over the
free places: full houses of people who get on come first. Nobody is in two groups, and no group holds two
people whose musts exclude each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from itertools import combinations

import numpy as np

from matching.arrays import Floats
from matching.explanation import AdaptationAdvice, adaptations_of
from matching.frame import Frame
from matching.grading import Grade
from matching.outlook import graded_musts
from matching.proposals.affinity import affinities
from matching.proposals.assignment_values import score_matrix
from matching.proposals.group_search import SMALLEST_GROUP, best_group, group_values
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.text_similarity import TextIndex


@dataclass(frozen=True)
class CareFund:
    """What the care fund adds to adaptations of a shared dwelling: euro per entitled person, at most so much
    together (section 40 (4) SGB XI; the amounts come from the dated parameter table)."""

    per_person_eur: float
    most_eur: float


@dataclass(frozen=True)
class Group:
    """A proposed group for one offer: member ids, value 0 to 1, what the members' musts need of the house together
    (works, and criteria by key that are still to be clarified), pooled care-fund money in euro, and for each two
    members how far they agree on living together, 0 to 1 (`NO_OPINION` where they speak of nothing both)."""

    offer: str
    requests: tuple[str, ...]
    score: float
    pooled_funding_eur: float
    adaptations: tuple[AdaptationAdvice, ...]
    to_clarify: tuple[str, ...]
    agreements: tuple[tuple[str, str, float], ...] = ()


def form_groups(
    requests: Sequence[Request], frame: Frame, fund: CareFund, offers: Sequence[str] | None = None
) -> tuple[Group, ...]:
    """One group for each offer with at least two free places, the best first; every seeker at most once. KeyError
    for an offer that there is not."""
    requests = sorted(requests, key=lambda request: request.id)
    places = _free_places(frame, offers)
    if not places or len(requests) < SMALLEST_GROUP:
        return ()
    houses = np.array(sorted(places, key=frame.ids.__getitem__), dtype=np.intp)
    scores = dict(zip(houses.tolist(), score_matrix(requests, frame, houses).T, strict=True))
    suit = affinities(requests, frame.market, frozenset({"project"}))
    texts = TextIndex(frame.texts)
    free = np.ones(len(requests), dtype=bool)
    groups = []
    waiting = [_HouseGroup.of(row, column * free, suit, places[row]) for row, column in scores.items()]
    heapify(waiting)
    while waiting:
        best = heappop(waiting)
        if len(best.members) < SMALLEST_GROUP:
            break
        if not free[best.members].all():  # somebody is in another group by now: what is left is worth no more
            heappush(waiting, _HouseGroup.of(best.row, scores[best.row] * free, suit, places[best.row]))
            continue
        members = [requests[member] for member in best.members]
        agreed = tuple(
            (requests[one].id, requests[other].id, float(suit[one, other]))
            for one, other in combinations(best.members, 2)
        )
        groups.append(replace(_group(members, frame, texts, best.row, -best.loss, fund), agreements=agreed))
        free[best.members] = False
    return tuple(groups)


@dataclass(frozen=True, order=True)
class _HouseGroup:
    """The best group found for one house so far; the greatest value comes first, equal ones by house."""

    loss: float
    row: int
    members: list[int] = field(compare=False)

    @classmethod
    def of(cls, row: int, scores: Floats, suit: Floats, places: int) -> "_HouseGroup":
        members = best_group(scores, suit, places)
        group = np.array([members], dtype=np.intp)
        return cls(-float(group_values(group, scores, suit)[0]) / places, row, members)


def _group(members: Sequence[Request], frame: Frame, texts: TextIndex, row: int, value: float, fund: CareFund) -> Group:
    terms = [term for request in members for term in terms_of(request, frame, texts)]
    return Group(
        offer=frame.ids[row],
        requests=tuple(request.id for request in members),
        score=value,
        pooled_funding_eur=_pooled(members, frame, fund),
        adaptations=adaptations_of(terms, row),
        to_clarify=tuple(dict.fromkeys(unclear_musts(terms, row))),
    )


def unclear_musts(terms: Sequence[Term], row: int) -> list[str]:
    """Keys of the seeker's musts whose outcome at this row is unknown."""
    return [
        term.criterion.key
        for term in terms
        if term.side == "seeker" and graded_musts(term, Grade.UNKNOWN)[int(term.codes[row])]
    ]


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
