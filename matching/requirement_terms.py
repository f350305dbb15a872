"""A request taken apart: one term per requirement of either side, ready to be looked up per supply row."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Grades, Mask, Positions
from matching.dictionary_encoding import Levels
from matching.frame import Frame
from matching.grading import UNKNOWN, Grade, Mending, RequirementBatch, judge, mending
from matching.kinds import Criterion
from matching.requests import Evidence, Request, Requirement
from matching.supply_columns import DemandColumn
from matching.text_similarity import TextIndex

Side = Literal["seeker", "provider"]
Settled = Literal["expected", "against", "for"]
"""Whether unknowns count at their likelihood, as turning out badly or as turning out well."""


@dataclass(frozen=True)
class Term:
    """One requirement (seeker) or one column of demands (provider) against all rows.

    Arrays of shape (states,): grade, chance, satisfaction, whether it is a must, weight; `codes` of shape
    (rows,) gives each row's state. For the seeker's side a state is a level, for the provider's side a demand.
    `mending`, of shape (states,), says what works can do, None where they can do nothing; `means` is what pays for
    works before the household does so itself, in euro, one amount or shape (rows,). `sources`, shape (rows,), holds
    the classes of evidence where the levels leave them out.
    """

    side: Side
    criterion: Criterion
    requirements: tuple[Requirement | None, ...]
    levels: Levels
    grade: Grades
    p: Floats
    satisfaction: Floats
    must: Mask
    weight: Floats
    codes: NDArray[Any]
    mending: Mending | None = None
    means: Floats | float = 0.0
    sources: Grades | None = None

    def requirement(self, state: int) -> Requirement | None:
        """What is asked in that state; None where a row asks nothing."""
        return self.requirements[state if self.side == "provider" else 0]

    def level(self, state: int) -> int:
        return 0 if self.side == "provider" else state

    def evidence(self, row: int) -> Evidence:
        """How well the row's value is known."""
        if self.sources is not None:
            return Evidence(int(self.sources[row]))
        return Evidence(int(self.levels.evidence[self.level(int(self.codes[row]))]))

    def chances(self, settled: Settled = "expected") -> Floats:
        """Factor per state that a must contributes; unknowns as expected, settled against or settled for. Against a
        must stands the home that works have to mend, or none where they cannot."""
        against = 0.0 if self.mending is None else self.mending.chance
        return np.where(self.must, self._settle(self.p, settled, against), 1.0)

    def merits(self, settled: Settled = "expected") -> Floats:
        """Weight × satisfaction per state that a wish contributes."""
        return np.where(self.must, 0.0, self.weight * self._settle(self.satisfaction, settled))

    def costs(self, settled: Settled = "expected") -> Floats | None:
        """Euro per state that the works of a must cost as expected; None where there is nothing to pay."""
        return self._expected_costs if settled == "expected" else self._costs(settled)

    @cached_property
    def _expected_costs(self) -> Floats | None:
        """Kept, as one offer after the other meets the same requirements."""
        return self._costs("expected")

    def _costs(self, settled: Settled) -> Floats | None:
        if self.mending is None or not self.mending.price.any():
            return None
        costs = np.where(self.must, self.mending.costs(self.chances(settled)), 0.0)
        return costs if costs.any() else None

    def cost(self, state: int) -> float:
        """The same of one state; 0 where there is nothing to pay."""
        if self.mending is None or not self.must[state] or self.p[state] <= 0:
            return 0.0
        needed = (1.0 - float(self.p[state])) / (1.0 - float(self.mending.chance[state]))
        return float(self.mending.price[state]) * needed

    @property
    def works(self) -> tuple[str, ...]:
        """What names the works: terms of equal names are served by the same."""
        return works_name(self.criterion)

    def means_of(self, rows: Positions) -> Floats | float:
        """What pays for works before the household does so itself."""
        return self.means if isinstance(self.means, float) else self.means.take(rows)

    def means_at(self, row: int) -> float:
        """The same of one row."""
        return self.means if isinstance(self.means, float) else float(self.means[row])

    def weights(self) -> Floats:
        return np.where(self.must, 0.0, self.weight)

    def of_rows(self, rows: Positions) -> "Term":
        """The same for these rows alone, a state for each: what a score reads of them, nothing for reasons."""
        states = self.codes.take(rows)
        return replace(
            self,
            grade=self.grade.take(states),
            p=self.p.take(states),
            satisfaction=self.satisfaction.take(states),
            must=self.must.take(states),
            weight=self.weight.take(states),
            codes=np.arange(len(rows)),
            mending=None if self.mending is None else self.mending.at(states),
            means=self.means_of(rows),
        )

    def _settle(self, expected: Floats, settled: Settled, against: Floats | float = 0.0) -> Floats:
        if settled == "expected":
            return expected
        return np.where(self.grade == UNKNOWN, 1.0 if settled == "for" else against, expected)


def works_name(criterion: Criterion) -> tuple[str, ...]:
    """What names the works of a criterion: one ramp serves all that need it, doors are widened one by one."""
    if any(works.each for works in criterion.adaptations):
        return (criterion.key,)
    return tuple(works.measure for works in criterion.adaptations)


def terms_of(
    request: Request, frame: Frame, texts: TextIndex | None = None, compared: Positions | None = None
) -> list[Term]:
    """Every term of the pair request × supply, the seeker's requirements first, in their given order.

    Comparing texts is costly: with `compared` a wish for likeness compares the texts of these rows only, and
    its states mean nothing for the others. KeyError for a criterion that the market does not have.
    """
    terms = [_seeker_term(requirement, frame, texts, compared) for requirement in requirements_of(request, frame)]
    if request.works_means_eur:
        terms = [replace(term, means=float(request.works_means_eur)) for term in terms]
    return terms + demands_of(request, frame)


def demands_of(request: Request, frame: Frame) -> list[Term]:
    """The provider's side alone: what the rows demand of the household."""
    return [_provider_term(key, column, request, frame) for (key, _), column in frame.demand_columns().items()]


def requirements_of(request: Request, frame: Frame) -> list[Requirement]:
    """The requirements, and a wish of weight 1 for likeness where both sides have written a text."""
    requirements, text = list(request.requirements), request.text.strip()
    criterion = frame.market.text_criterion if text and frame.has_texts else None
    if criterion is not None and all(item.key != criterion.key for item in requirements):
        requirements.append(Requirement(criterion.key, text, "wish"))
    return requirements


def _seeker_term(
    requirement: Requirement, frame: Frame, texts: TextIndex | None, compared: Positions | None = None
) -> Term:
    criterion = frame.market.criterion(requirement.key)
    if criterion is frame.market.text_criterion:
        rows = None if requirement.must else compared
        return text_term(requirement, frame, texts or TextIndex(frame.texts), rows)
    column = frame.level_column(criterion)
    return _judged(requirement, frame, criterion, column.levels(), column.codes(len(frame)))


def text_term(requirement: Requirement, frame: Frame, texts: TextIndex, compared: Positions | None = None) -> Term:
    """The wanted text compared with the texts of the given rows, by default of all."""
    criterion = frame.market.criterion(requirement.key)
    levels = Levels.of_values(texts.likeness(requirement.wanted, compared), Evidence.STATED)
    codes: NDArray[Any] = np.arange(len(frame)) if compared is None else np.zeros(len(frame), dtype=np.intp)
    if compared is not None:
        codes[compared] = np.arange(len(compared))
    return _judged(requirement, frame, criterion, levels, codes)


def _judged(requirement: Requirement, frame: Frame, criterion: Criterion, levels: Levels, codes: NDArray[Any]) -> Term:
    verdict = judge(criterion, RequirementBatch.of(criterion, [requirement]), levels)
    return Term(
        side="seeker",
        criterion=criterion,
        requirements=(requirement,),
        levels=levels,
        grade=verdict.grade[0],
        p=verdict.p[0],
        satisfaction=verdict.satisfaction[0],
        must=np.full(len(levels.value), requirement.must),
        weight=np.full(len(levels.value), float(requirement.weight)),
        codes=codes,
        mending=mending(criterion, levels) if requirement.must and criterion.adaptations else None,
        sources=frame.sources(criterion),
    )


def _provider_term(key: str, column: DemandColumn, request: Request, frame: Frame) -> Term:
    criterion = frame.market.demand_criterion(key)
    household = criterion.fact.encode(request.household.get(criterion.fact.key))
    levels = Levels.of_values(np.array([household]), Evidence.STATED)
    demands = column.requirements
    verdict = judge(criterion, RequirementBatch.of(criterion, demands), levels)
    return Term(
        side="provider",
        criterion=criterion,
        requirements=(None, *demands),
        levels=levels,
        grade=np.concatenate([[Grade.MET], verdict.grade[:, 0]]).astype(np.uint8),
        p=np.concatenate([[1.0], verdict.p[:, 0]]),
        satisfaction=np.concatenate([[1.0], verdict.satisfaction[:, 0]]),
        must=np.array([True] + [demand.must for demand in demands]),
        weight=np.array([0.0] + [float(demand.weight) for demand in demands]),
        codes=column.codes(len(frame)),
    )
