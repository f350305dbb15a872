"""A city-wide proposal: who could move where so that the homes are used best. Advice, never executed.

The value of giving a home to a household is its score (chance of a use that suits), weighed by the
household's urgency and waiting time where these are known. Up to `EXACT_SIZE` places the optimum is exact;
beyond it an auction comes within the gap that it states. Prices explain: they say what a home is worth to
the others who could use it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.auction import auction
from matching.frame import Frame
from matching.grading import Asked, Grade, judge
from matching.kinds import Floats, Resembles
from matching.ranking import passing_rows, scores_of
from matching.requests import Request, Requirement
from matching.terms import terms_of
from matching.text import TextIndex

EXACT_SIZE = 2_000
"""Up to so many households and so many places the optimum is computed exactly."""

CANDIDATES = 50
"""Beyond it every household bids for its best so many places."""

URGENCY_SHARE = 0.5
"""Each step of urgency (0 to 3) adds half of the value; set by people, published, the same for all."""

WAITING_SHARE = 0.5
FULL_WAITING_MONTHS = 24.0
"""Waiting adds up to half of the value, growing evenly over two years."""

NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Priorities:
    """What weighs beside the score, all set by people: urgency 0 to 3 and months of waiting per request id;
    `protection` (0 to 1) takes that share off a home whose scarce features the household does not need."""

    urgency: Mapping[str, int] = field(default_factory=dict)
    waiting_months: Mapping[str, float] = field(default_factory=dict)
    protection: float = 0.0

    def factor(self, request: Request) -> float:
        """By how much the household's scores count."""
        waited = min(self.waiting_months.get(request.id, 0.0), FULL_WAITING_MONTHS) / FULL_WAITING_MONTHS
        return 1.0 + URGENCY_SHARE * self.urgency.get(request.id, 0) + WAITING_SHARE * waited


@dataclass(frozen=True)
class Alternative:
    """The next best home of a household and who was proposed for it; `None` where a place stays free."""

    offer: str
    score: float
    given_to: str | None


@dataclass(frozen=True)
class Assignment:
    """One household and its proposed home; score as in a ranking, `alternative` what it would have had instead."""

    request: str
    offer: str
    score: float
    alternative: Alternative | None


@dataclass(frozen=True)
class Allocation:
    """`total` is the sum of scores; `gap` bounds what a better proposal could add to the weighed total."""

    assignments: tuple[Assignment, ...]
    unassigned: tuple[str, ...]
    total: float
    gap: float


def allocate(requests: Sequence[Request], frame: Frame, priorities: Priorities | None = None) -> Allocation:
    """Propose at most one home per household and at most its free places per offer, with the greatest value."""
    requests = sorted(requests, key=lambda request: request.id)
    places = _places(frame)
    scores = score_matrix(requests, frame)
    values = _values(requests, frame, scores, priorities or Priorities())
    if max(len(requests), len(places)) <= EXACT_SIZE:
        slots, gap = _exact(values[:, places]), 0.0
    else:
        slots, gap = auction(*_candidates(values, places), len(places))
    given = np.where(slots >= 0, places[slots], -1) if len(places) else slots
    assignments = _assignments(requests, frame, scores, values, given)
    housed = {assignment.request for assignment in assignments}
    return Allocation(
        assignments=assignments,
        unassigned=tuple(request.id for request in requests if request.id not in housed),
        total=float(sum(assignment.score for assignment in assignments)),
        gap=gap,
    )


def score_matrix(requests: Sequence[Request], frame: Frame) -> Floats:
    """Scores of every pair, shape (requests, rows); 0 where a must is missed."""
    texts = TextIndex(frame.texts)
    scores = np.zeros((len(requests), len(frame)))
    for place, request in enumerate(requests):
        terms = terms_of(request, frame, texts)
        rows = passing_rows(terms, len(frame))
        scores[place, rows] = scores_of(terms, rows)
    return scores


def _values(requests: Sequence[Request], frame: Frame, scores: Floats, priorities: Priorities) -> Floats:
    factors = np.array([priorities.factor(request) for request in requests]).reshape(-1, 1)
    values: Floats = scores * factors
    if priorities.protection > 0:
        values *= 1.0 - priorities.protection * scarcity_unused(requests, frame)
    return values


def scarcity_unused(requests: Sequence[Request], frame: Frame) -> Floats:
    """Shape (requests, rows): how scarce the scarcest feature is that a home has and the household does not need.

    A feature is a must that some of the households have, at the value most of them want. It is scarce as far
    as fewer homes have it than households need it.
    """
    unused = np.zeros((len(requests), len(frame)))
    asked: dict[str, list[Requirement]] = {}
    for request in requests:
        for requirement in request.requirements:
            if requirement.must and not isinstance(frame.market.criterion(requirement.key), Resembles):
                asked.setdefault(requirement.key, []).append(requirement)
    for key, requirements in asked.items():
        usual = Counter(map(repr, requirements)).most_common(1)[0][0]
        holds = _holding(next(item for item in requirements if repr(item) == usual), frame)
        scarce = max(0.0, 1.0 - int(holds.sum()) / len(requirements))
        idle = np.array([all(item.key != key for item in request.requirements) for request in requests])
        np.maximum(unused, scarce * idle[:, None] * holds[None, :], out=unused)
    return unused


def _holding(requirement: Requirement, frame: Frame) -> NDArray[np.bool_]:
    """Shape (rows,): the row is known to meet the requirement."""
    criterion = frame.market.criterion(requirement.key)
    column = frame.level_column(criterion)
    verdict = judge(criterion, Asked.of(criterion, [requirement]), column.levels())
    return np.take(verdict.grade[0] == Grade.MET, column.codes(len(frame)))


def _places(frame: Frame) -> NDArray[np.intp]:
    """Row of every place to be given, in order of ids; an offer has one place unless it states free places."""
    order = _by_id(frame)
    capacity = np.ones(len(frame))
    if frame.market.capacity is not None:
        stated = frame.values(frame.market.capacity)
        capacity = np.where(np.isnan(stated), 1.0, stated)
    return np.repeat(order, capacity[order].astype(np.intp))


def _by_id(frame: Frame) -> NDArray[np.intp]:
    """Rows in the order of their ids, so that the order of a file decides nothing."""
    return np.array(sorted(range(len(frame)), key=frame.ids.__getitem__), dtype=np.intp)


def _exact(values: Floats) -> NDArray[np.intp]:
    """The slot of each household, -1 for none, with the greatest sum of values."""
    chosen = np.full(len(values), -1, dtype=np.intp)
    households, slots = linear_sum_assignment(values, maximize=True)
    useful = values[households, slots] > NEGLIGIBLE
    chosen[households[useful]] = slots[useful]
    return chosen


def _candidates(values: Floats, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats]:
    """The best slots of every household and their values, shape (households, candidates), in ascending order."""
    count = min(CANDIDATES, len(places))
    best = np.empty((len(values), count), dtype=np.intp)
    for household, row in enumerate(values):
        best[household] = np.sort(np.argpartition(row[places], len(places) - count)[len(places) - count :])
    return best, np.take_along_axis(values, places[best], axis=1)


def _assignments(
    requests: Sequence[Request], frame: Frame, scores: Floats, values: Floats, given: NDArray[np.intp]
) -> tuple[Assignment, ...]:
    holders = {int(row): requests[place].id for place, row in enumerate(given) if row >= 0}
    by_id = _by_id(frame)
    found = []
    for place, row in enumerate(given):
        if row < 0:
            continue
        others = values[place].copy()
        others[row] = 0.0
        second = int(by_id[np.argmax(others[by_id])])
        alternative = (
            Alternative(frame.ids[second], float(scores[place, second]), holders.get(second))
            if others[second] > NEGLIGIBLE
            else None
        )
        found.append(Assignment(requests[place].id, frame.ids[row], float(scores[place, row]), alternative))
    return tuple(found)
