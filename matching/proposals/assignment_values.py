"""What every household could take: the places of the supply with its scores and their value to the whole.

Small markets keep every place, large ones the best few per household, so that memory grows with households,
not with pairs.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from matching.arrays import Floats, Mask, Positions
from matching.batch import REQUEST_SECONDS, Progress, in_blocks
from matching.frame import Frame
from matching.grading import Grade, RequirementBatch, judge
from matching.option_kinds import Resembles
from matching.requests import Request, Requirement
from matching.requirement_terms import terms_of
from matching.scoring import passing_rows, scores_of
from matching.text_similarity import TextIndex

URGENCY_SHARE = 0.5
"""Each step of urgency (0 to 3) adds half of the value; set by people, published, the same for all."""

MOST_URGENT = 3
WAITING_SHARE = 0.5
FULL_WAITING_MONTHS = 24.0
"""Waiting adds up to half of the value, growing evenly over two years."""


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
class Crew:
    """Who works it out: `n_jobs` processes (-1: all cores) or the Dask cluster at an address; `progress` is told how
    many households of all are done."""

    n_jobs: int = 1
    cluster: str | None = None
    progress: Progress | None = None


ALONE = Crew()
VALUE_SECONDS = 5e-8
"""What one household costs per offer, roughly."""


@dataclass(frozen=True)
class AssignmentValues:
    """`places`, `scores` and `values`, shape (requests, candidates): free places by number in ascending order, the
    score of each and its weighed value. `rows`, shape (places,), is the supply row of every place."""

    rows: Positions
    places: Positions
    scores: Floats
    values: Floats


def assignment_values(
    requests: Sequence[Request],
    frame: Frame,
    priorities: Priorities,
    most: int | None = None,
    crew: Crew = ALONE,
) -> AssignmentValues:
    """The `most` places of greatest value to each household; all places for None. The same whoever of the crew works;
    `ClusterError` where its cluster does not answer."""
    rows = places_of(frame)
    count = len(rows) if most is None else min(most, len(rows))
    scarce = _scarce_features(requests, frame) if priorities.protection > 0 else {}
    work = partial(_valued, priorities=priorities, scarce=scarce, rows=rows, count=count)
    seconds = REQUEST_SECONDS + VALUE_SECONDS * len(frame)
    lines = in_blocks(work, seconds, requests, frame, crew.n_jobs, crew.cluster, crew.progress, tables=False)
    shape = len(requests), count
    places, scores, values = (np.array([line[part] for line in lines]).reshape(shape) for part in range(3))
    return AssignmentValues(rows, places.astype(np.intp), scores, values)


def _valued(
    request: Request,
    frame: Frame,
    texts: TextIndex,
    priorities: Priorities,
    scarce: "Scarce",
    rows: Positions,
    count: int,
) -> tuple[Positions, Floats, Floats]:
    """Places, scores and values of one household, shape (count,) each."""
    scores = score_row(request, frame, texts)
    values = scores * priorities.factor(request)
    values *= 1.0 - priorities.protection * unused_scarcity(request, scarce, len(frame))
    worth = values[rows]
    best = np.sort(np.argpartition(worth, len(rows) - count)[len(rows) - count :]) if count < len(rows) else None
    places = np.arange(len(rows)) if best is None else best
    return places, scores[rows[places]], worth[places]


def places_of(frame: Frame) -> Positions:
    """Row of every place to be given, in order of ids: see `Frame.capacities`."""
    order = np.array(sorted(range(len(frame)), key=frame.ids.__getitem__), dtype=np.intp)
    return np.repeat(order, frame.capacities()[order])


def score_matrix(requests: Sequence[Request], frame: Frame, rows: Positions | None = None) -> Floats:
    """Scores of every pair, shape (requests, rows); 0 where a must is missed. All rows unless some are named."""
    texts = TextIndex(frame.texts)
    chosen = np.arange(len(frame)) if rows is None else rows
    scores = np.zeros((len(requests), len(chosen)))
    for line, request in enumerate(requests):
        scores[line] = score_row(request, frame, texts)[chosen]
    return scores


def score_row(request: Request, frame: Frame, texts: TextIndex) -> Floats:
    """Scores of one request, shape (rows,); 0 where a must is missed."""
    scores = np.zeros(len(frame))
    terms = terms_of(request, frame, texts)
    rows = passing_rows(terms, len(frame))
    scores[rows] = scores_of(terms, rows)
    return scores


Scarce = dict[str, tuple[float, Mask]]
"""By criterion key: how scarce the feature is, 0 to 1, and which rows are known to have it."""


def _scarce_features(requests: Sequence[Request], frame: Frame) -> Scarce:
    """A feature is a must that some of the households have, at the value most of them want. It is scarce as far
    as fewer homes have it than households need it."""
    by_criterion: dict[str, list[Requirement]] = {}
    for request in requests:
        for requirement in request.requirements:
            if requirement.must and not isinstance(frame.market.criterion(requirement.key), Resembles):
                by_criterion.setdefault(requirement.key, []).append(requirement)
    features: Scarce = {}
    for key, requirements in by_criterion.items():
        usual = Counter(map(repr, requirements)).most_common(1)[0][0]
        holds = _holding(next(item for item in requirements if repr(item) == usual), frame)
        scarcity = 1.0 - int(holds.sum()) / len(requirements)
        if scarcity > 0:
            features[key] = scarcity, holds
    return features


def unused_scarcity(request: Request, scarce: Scarce, size: int) -> Floats:
    """Shape (rows,): how scarce the scarcest feature is that a home has and the household does not ask for."""
    unused = np.zeros(size)
    own = {requirement.key for requirement in request.requirements}
    for key, (scarcity, holds) in scarce.items():
        if key not in own:
            np.maximum(unused, scarcity * holds, out=unused)
    return unused


def _holding(requirement: Requirement, frame: Frame) -> Mask:
    """Shape (rows,): the row is known to meet the requirement."""
    criterion = frame.market.criterion(requirement.key)
    column = frame.level_column(criterion)
    verdict = judge(criterion, RequirementBatch.of(criterion, [requirement]), column.levels())
    return np.take(verdict.grade[0] == Grade.MET, column.codes(len(frame)))
