"""A city-wide proposal: who could move where so that the homes are used best. Advice, never executed.

The value of giving a home to a household is its score (chance of a use that suits), weighed by the
household's urgency and waiting time where these are known. Up to `EXACT_SIZE` places the optimum is exact;
beyond it an auction comes within the gap that it states.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from matching.arrays import Floats, Positions
from matching.frame import Frame
from matching.language import GERMAN, Language, mark
from matching.proposals.assignment_values import (
    ALONE,
    AssignmentValues,
    Crew,
    Priorities,
    assignment_values,
    places_of,
)
from matching.proposals.auction import auction
from matching.requests import Request

EXACT_SIZE = 2_000
"""Up to so many households and so many places the optimum is computed exactly."""

CANDIDATES = 50
"""Beyond it every household bids for its best so many places."""

NEGLIGIBLE = 1e-12
NONE = -1


@dataclass(frozen=True)
class Alternative:
    """The next best home of a household and who was proposed for it; `None` where a place stays free. `better`
    says that it would have suited the household more than the proposed one."""

    offer: str
    score: float
    given_to: str | None
    better: bool


@dataclass(frozen=True)
class Assignment:
    """One household and its proposed home; score as in a ranking, `alternative` what it would have had instead."""

    request: str
    offer: str
    score: float
    alternative: Alternative | None

    def sentence(self, language: Language = GERMAN) -> str:
        """Why this one, and what the alternative was."""
        other = self.alternative
        if other is None:
            return language.say(mark("Ein anderes Angebot kommt für dieses Gesuch nicht infrage."))
        said = {"offer": other.offer, "score": language.number(round(other.score, 2), 2)}
        if other.given_to is None:
            return language.say(mark("Nächste Möglichkeit: %(offer)s (%(score)s); dort bleibt ein Platz frei."), **said)
        message = (
            mark("%(offer)s (%(score)s) passt besser, hilft aber bei %(other)s mehr und ist dort vorgeschlagen.")
            if other.better
            else mark("Nächste Möglichkeit: %(offer)s (%(score)s), vorgeschlagen für %(other)s.")
        )
        return language.say(message, **said, other=other.given_to)


@dataclass(frozen=True)
class Allocation:
    """`total` is the sum of scores; `gap` bounds what a better proposal could add to the weighed total."""

    assignments: tuple[Assignment, ...]
    unassigned: tuple[str, ...]
    total: float
    gap: float


def allocate(
    requests: Sequence[Request], frame: Frame, priorities: Priorities | None = None, crew: Crew = ALONE
) -> Allocation:
    """Propose at most one home per household and at most its free places per offer, with the greatest value: the same
    whoever of the crew works it out. `ClusterError` where its cluster does not answer."""
    requests = sorted(requests, key=lambda request: request.id)
    exact = max(len(requests), len(places_of(frame))) <= EXACT_SIZE
    offered = assignment_values(requests, frame, priorities or Priorities(), None if exact else CANDIDATES, crew)
    if exact:
        places, gap = _exact(offered.values), 0.0
    else:
        places, gap = auction(offered.places, offered.values, len(offered.rows))
    assignments = _assignments(requests, frame, offered, places)
    housed = {assignment.request for assignment in assignments}
    return Allocation(
        assignments=assignments,
        unassigned=tuple(request.id for request in requests if request.id not in housed),
        total=float(sum(assignment.score for assignment in assignments)),
        gap=gap,
    )


def _exact(values: Floats) -> Positions:
    """The place of each household, NONE for none, with the greatest sum of values."""
    chosen = np.full(len(values), NONE, dtype=np.intp)
    households, places = linear_sum_assignment(values, maximize=True)
    useful = values[households, places] > NEGLIGIBLE
    chosen[households[useful]] = places[useful]
    return chosen


def _assignments(
    requests: Sequence[Request], frame: Frame, offered: AssignmentValues, places: Positions
) -> tuple[Assignment, ...]:
    taken = {int(place): requests[line].id for line, place in enumerate(places) if place != NONE}
    last_of = {int(offered.rows[place]): holder for place, holder in taken.items()}
    free = Counter(offered.rows.tolist())
    free.subtract(int(offered.rows[place]) for place in taken)
    found = []
    for line, place in enumerate(places.tolist()):
        if place == NONE:
            continue
        row = int(offered.rows[place])
        own = int(np.flatnonzero(offered.places[line] == place)[0])
        elsewhere = np.where(offered.rows[offered.places[line]] == row, 0.0, offered.values[line])
        second = int(np.argmax(elsewhere))
        alternative = None
        if elsewhere[second] > NEGLIGIBLE:
            other = int(offered.rows[offered.places[line, second]])
            alternative = Alternative(
                offer=frame.ids[other],
                score=float(offered.scores[line, second]),
                given_to=None if free[other] > 0 else last_of[other],
                better=bool(elsewhere[second] > offered.values[line, own] + NEGLIGIBLE),
            )
        found.append(Assignment(requests[line].id, frame.ids[row], float(offered.scores[line, own]), alternative))
    return tuple(found)
