"""How likely an unknown fact turns out well, learned from the dwellings at hand; never from people.

For every criterion with a direction (a yes, at least, at most) a model is learned on the dwellings where the
outcome is known from better than a claim. Its log-odds against the base rate are the `lean` of each row;
`Frame.lean` uses it for unknowns only, so a dwelling's own known facts always win. Where data are thin, or the
model does no better than the base rate on dwellings it has not seen, nothing leans.

A requirement may want any value; a lean is learned at the median of the known values and taken to be the same
in log-odds for every wanted value.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.constants import PRIOR_OBSERVATIONS
from matching.facts import Choice, Choices, Day, NeighbourhoodCode, Text
from matching.frame import Frame
from matching.kinds import AtLeast, AtMost, Criterion, IsTrue, NotLater
from matching.learning.calibrated_trees import CalibratedTrees, Outcomes, log_odds, told_both_ways
from matching.requests import Evidence

LEAST_KNOWN = 100
LEAST_OF_EITHER = 20
"""Thin data: with fewer known outcomes, or fewer of one kind, the base rate stands."""

MOST_LEARNED_FROM = 20_000
LEAST_GAIN = 0.03
"""The Brier score on unseen dwellings must be so much smaller than the base rate's, as a share of it."""

LEAN_STEP = 0.25
MOST_LEAN = 4.0
"""Leans are rounded to steps, so that rows still share levels, and bounded: nothing is certain."""


@dataclass(frozen=True)
class Likelihood:
    """What was learned of one criterion: `known` outcomes, the wanted value `parting` them, Brier scores on unseen
    dwellings of the base rate and of the model (NaN where data are thin), and `lean`, shape (rows,), 0 throughout
    where the base rate stands. `base` is the rate that the lean is against."""

    criterion: Criterion
    known: int
    parting: float
    base: float
    base_brier: float
    brier: float
    lean: Floats

    @property
    def leans(self) -> bool:
        return bool(self.lean.any())

    def probabilities(self) -> Floats:
        """Shape (rows,): the likelihood of each row, should it be unknown, at the parting value."""
        odds = self.base / (1.0 - self.base) * np.exp(self.lean)
        result: Floats = odds / (1.0 + odds)
        return result


def learn(
    frame: Frame, others: Mapping[str, Floats] | None = None, between: Callable[[], None] = lambda: None
) -> list[Likelihood]:
    """One result per criterion with a direction, in declared order; `between` is called before each, which may take
    seconds, and may raise.

    `others` are further columns about the dwellings, shape (rows,) each and NaN where unknown, such as the kind
    of landlord by number; never anything about people.
    """
    features, categories = _features(frame, others or {})
    found = []
    for criterion in frame.market.criteria:
        if isinstance(criterion, IsTrue | AtLeast | AtMost) and not isinstance(criterion, NotLater):
            between()
            found.append(_learn_one(frame, criterion, features, categories))
    return found


def lean_on(frame: Frame, learned: Iterable[Likelihood]) -> None:
    """Let the unknowns of the frame lean as learned from its present rows."""
    for result in learned:
        frame.lean(result.criterion, result.lean)


def _learn_one(frame: Frame, criterion: Criterion, features: Floats, categories: Outcomes) -> Likelihood:
    values, evidence = read(frame, criterion)
    known = np.flatnonzero(~np.isnan(values) & (evidence > Evidence.CLAIMED))
    unknown = np.flatnonzero(np.isnan(values))
    parting = _parting(criterion, values[known])
    base = _base_rate(criterion, values, evidence, parting)
    outcome = holds(criterion, values[known], parting)
    useful = ~np.isnan(features[unknown]).all(axis=0)  # what decides the outcome by itself is unknown with it
    nothing = Likelihood(criterion, len(known), parting, base, np.nan, np.nan, np.zeros(len(frame)))
    if _thin(outcome) or not useful.any():
        return nothing
    fair = told_both_ways(features[known][:, useful], outcome)
    rows, outcome = _sample(known[fair], outcome[fair])
    if _thin(outcome):
        return nothing
    model = CalibratedTrees(features[rows][:, useful], outcome, categories[useful])
    base_brier, brier = float(outcome.var()), float(((outcome - model.unseen) ** 2).mean())
    lean = np.zeros(len(frame))
    if brier <= base_brier * (1.0 - LEAST_GAIN):
        learned = log_odds(model.probabilities(features[unknown][:, useful]))
        lean[unknown] = _stepped(learned - log_odds(np.array(base)))
    return Likelihood(criterion, len(known), parting, base, base_brier, brier, lean)


def _thin(outcome: Outcomes) -> bool:
    return len(outcome) < LEAST_KNOWN or min(outcome.sum(), (~outcome).sum()) < LEAST_OF_EITHER


def read(frame: Frame, criterion: Criterion) -> tuple[Floats, NDArray[np.uint8]]:
    """Values and classes of evidence by row as the criterion reads them, shape (rows,) each."""
    column = frame.level_column(criterion)
    levels, codes = column.levels(), column.codes(len(frame))
    sources = frame.sources(criterion)
    return levels.value[codes], levels.evidence[codes] if sources is None else sources


def holds(criterion: Criterion, values: Floats, wanted: float) -> Outcomes:
    """Whether known values lie on the better side of the wanted one, shape (values,)."""
    result: Outcomes = values <= wanted if isinstance(criterion, AtMost) else values >= wanted
    return result


def _parting(criterion: Criterion, known: Floats) -> float:
    """The wanted value that parts the known ones most evenly."""
    bounds = np.unique(known)
    if isinstance(criterion, IsTrue) or not len(bounds):
        return 1.0
    return float(min(bounds, key=lambda bound: abs(holds(criterion, known, bound).mean() - 0.5)))


def _base_rate(criterion: Criterion, values: Floats, evidence: NDArray[np.uint8], parting: float) -> float:
    """The smoothed share of the supply that passes, as grading counts it."""
    counted = ~np.isnan(values) & ((evidence > Evidence.CLAIMED) | (not criterion.needs_evidence))
    passed = holds(criterion, values[counted], parting)
    return float((PRIOR_OBSERVATIONS * criterion.prior + passed.sum()) / (PRIOR_OBSERVATIONS + len(passed)))


def _features(frame: Frame, others: Mapping[str, Floats]) -> tuple[Floats, Outcomes]:
    """Everything known of the rows, shape (rows, features), and which of it are categories without an order."""
    facts = [fact for fact in frame.market.facts if not isinstance(fact, Text | Day | Choices)]
    columns = [frame.values(fact) for fact in facts] + list(others.values())
    unordered = [
        isinstance(fact, NeighbourhoodCode) or (isinstance(fact, Choice) and not fact.ordered) for fact in facts
    ]
    return np.stack(columns, axis=1), np.array(unordered + [True] * len(others), dtype=bool)


def _sample(rows: NDArray[np.intp], outcome: Outcomes) -> tuple[NDArray[np.intp], Outcomes]:
    if len(rows) <= MOST_LEARNED_FROM:
        return rows, outcome
    chosen = np.sort(np.random.default_rng(0).choice(len(rows), MOST_LEARNED_FROM, replace=False))
    return rows[chosen], outcome[chosen]


def _stepped(lean: Floats) -> Floats:
    result: Floats = np.clip(np.round(lean / LEAN_STEP) * LEAN_STEP, -MOST_LEAN, MOST_LEAN)
    return result
