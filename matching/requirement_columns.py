"""What many requests ask by one criterion: distinct requirements once, one code a request.

The mirror of a level column. One level of supply is judged against all distinct requirements in one broadcast,
and as levels come up again with the next offer, the outcome is remembered for as long as that level column lives.
Threads may share a column of requirements, each with a frame of its own or all with one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Codes, Floats
from matching.dictionary_encoding import LevelColumn, Levels
from matching.frame import Frame
from matching.grading import (
    Grade,
    Mending,
    RequirementBatch,
    Verdict,
    base_rate,
    judge,
    mended,
    mending,
    shifted,
    tally,
)
from matching.kinds import Criterion
from matching.requests import Evidence, Requirement
from matching.requirement_terms import Term

BLOCK = 2_000_000
"""So many judgements at once while base rates are worked out: 16 MB an array."""

REMEMBERED = 200_000
"""So many outcomes (requirements × levels) are kept per criterion and frame: 3 MB."""

NOTHING_UNKNOWN = np.ones((1, 1))
"""Likelihood of an unknown where only what is known is judged."""


class RequestTerm(Term):
    """A term whose codes are those of requests. Requirements and levels are one each, or one per state; `sources`
    holds the one class of evidence of the offer where the levels leave it out."""

    def evidence(self, row: int) -> Evidence:
        return super().evidence(row if self.sources is None else 0)

    def requirement(self, state: int) -> Requirement | None:
        return self.requirements[state if len(self.requirements) > 1 else 0]

    def level(self, state: int) -> int:
        return state if len(self.levels.value) > 1 else 0


class RequirementColumn:
    """State 0 asks nothing; `requirements`, `must` and `weight` are by state, `codes` of shape (requests,) give
    each request's state. It `excludes` where at least one request asks a must. `means`, shape (requests,), is what
    pays for works before the households do so themselves, in euro."""

    def __init__(
        self, criterion: Criterion, requirements: Sequence[Requirement | None], means: Floats | float = 0.0
    ) -> None:
        known: dict[tuple[Any, ...] | None, int] = {None: 0}
        self.criterion, self.means = criterion, means
        self.codes: Codes = np.array(
            [known.setdefault(_identity(item), len(known)) for item in requirements], dtype=np.uint32
        )
        of_state = {int(code): item for code, item in zip(self.codes, requirements, strict=True)}
        self.requirements = tuple(of_state.get(state) for state in range(len(known)))
        self.distinct = [item for item in self.requirements if item is not None]
        self.must = np.array([item is None or item.must for item in self.requirements])
        self.weight = np.array([0.0 if item is None else float(item.weight) for item in self.requirements])
        self.batch = RequirementBatch.of(criterion, self.distinct)
        self.excludes = any(item.must for item in self.distinct)
        self._judgements: WeakKeyDictionary[LevelColumn, _Judgements] = WeakKeyDictionary()

    def term(self, frame: Frame, row: int) -> RequestTerm:
        """All requirements against one row of supply, unknowns at their likelihood in the supply as it is now."""
        supply, sources = frame.level_column(self.criterion), frame.sources(self.criterion)
        code = int(supply.codes(len(frame))[row])
        source = None if sources is None else int(sources[row])
        remembered = self._judgements_of(supply).terms
        term = remembered.get((code, source)) or self._rates(supply).terms.get(code)
        if term is not None:
            return term
        level = supply.levels().at(np.array([code]))
        if np.isnan(level.value[0]) or (self.criterion.needs_evidence and level.evidence[0] == Evidence.CLAIMED):
            return self._open(level, code, self._rates(supply))
        if len(remembered) * len(self.requirements) > REMEMBERED:
            remembered.clear()
        term = remembered.get((code, None)) or self.judged(level, NOTHING_UNKNOWN)
        remembered[code, None] = term
        if sources is not None:
            term = remembered[code, source] = replace(term, sources=sources[row : row + 1].copy())
        return term

    def _open(self, level: Levels, code: int, rates: "BaseRates") -> RequestTerm:
        """The same of an unknown or a claim: its likelihood follows the supply, and is remembered with its rates."""
        likelihood = rates.likelihood(self)
        if np.isnan(level.value[0]):
            likelihood = shifted(likelihood, level.lean * self.criterion.leaning(self.batch.parameters))
            unknown = np.full(likelihood.shape, Grade.UNKNOWN, dtype=np.uint8)
            term = self.of_states(level, Verdict(unknown, mended(self.criterion, level, likelihood), likelihood))
        else:
            term = self.judged(level, likelihood)
        if len(rates.terms) * len(self.requirements) <= REMEMBERED:
            rates.terms[code] = term
        return term

    def homes(self, frame: Frame) -> NDArray[np.int64]:
        """Shape (states - 1,): how many rows of supply are known to pass each requirement."""
        return self._rates(frame.level_column(self.criterion)).passed[:, 0].astype(np.int64)

    def judged(self, level: Levels, base: Floats) -> RequestTerm:
        """All requirements against one level."""
        return self.of_states(level, judge(self.criterion, self.batch, level, base))

    def hopeful(self) -> RequestTerm:
        """As if every requirement were met: the scores are an upper bound."""
        shape = len(self.distinct), 1
        unknown = Levels.of_values(np.full(len(self.requirements), np.nan), Evidence.STATED)
        met = Verdict(np.full(shape, Grade.MET, dtype=np.uint8), np.ones(shape), np.ones(shape))
        return self.of_states(unknown, met)

    def of_states(self, levels: Levels, verdict: Verdict) -> RequestTerm:
        """A term of outcomes of states 1 and up, each of shape (states - 1, 1)."""
        return RequestTerm(
            side="seeker",
            criterion=self.criterion,
            requirements=self.requirements,
            levels=levels,
            grade=np.concatenate([[Grade.MET], verdict.grade[:, 0]]).astype(np.uint8),
            p=np.concatenate([[1.0], verdict.p[:, 0]]),
            satisfaction=np.concatenate([[1.0], verdict.satisfaction[:, 0]]),
            must=self.must,
            weight=self.weight,
            codes=self.codes,
            mending=self._mending(levels),
            means=self.means,
        )

    def _mending(self, level: Levels) -> Mending | None:
        """What works can do from the one level, by state."""
        if not self.excludes or not self.criterion.adaptations:
            return None
        return mending(self.criterion, level).at(np.zeros(len(self.requirements), dtype=np.intp))

    def _judgements_of(self, supply: LevelColumn) -> "_Judgements":
        known = self._judgements.get(supply)
        return known or self._judgements.setdefault(supply, _Judgements(BaseRates.none(len(self.distinct))))

    def _rates(self, supply: LevelColumn) -> "BaseRates":
        judgements = self._judgements_of(supply)
        rates = judgements.rates = judgements.rates.over(supply, self)
        return rates


@dataclass(frozen=True)
class BaseRates:
    """What a level column says of the requirements of a column, arrays of shape (requirements, 1): how many rows are
    known to `passed`, how many `known` at all; counted at a `version` of the level column, whose levels then had
    `count` rows each. Never changed: two threads that catch up at once come to the same. `terms` remembers what they
    say of unknowns, by code."""

    version: int
    count: NDArray[np.int64]
    passed: Floats
    known: Floats
    terms: dict[int, RequestTerm] = field(default_factory=dict, compare=False)

    @classmethod
    def none(cls, requirements: int) -> "BaseRates":
        """Before anything was counted."""
        nothing = np.zeros((requirements, 1))
        return cls(-1, np.zeros(0, dtype=np.int64), nothing, nothing)

    def likelihood(self, column: RequirementColumn) -> Floats:
        """Shape (requirements, 1): the likelihood of an unknown."""
        return base_rate(column.criterion, self.passed, self.known)

    def over(self, supply: LevelColumn, column: RequirementColumn) -> "BaseRates":
        """The same as of now. Only levels whose number of rows has changed are judged again, so that a new offer costs
        a handful of levels, not the stock."""
        if supply.version == self.version:
            return self
        version, levels = supply.version, supply.levels()
        count, passed, known = levels.count.copy(), self.passed, self.known
        growth = count.copy()
        growth[: len(self.count)] -= self.count
        changed = np.flatnonzero(growth)
        blocks = len(changed) * len(known) // BLOCK + 1
        for some in np.array_split(changed, blocks) if len(changed) else ():
            more_passed, more_known = tally(column.criterion, column.batch, levels.at(some), growth[some])
            passed, known = passed + more_passed, known + more_known
        return BaseRates(version, count, passed, known)


@dataclass
class _Judgements:
    """What is remembered of one level column: base rates, and terms by its codes and the class of evidence."""

    rates: BaseRates
    terms: dict[tuple[int, int | None], RequestTerm] = field(default_factory=dict)


def _identity(requirement: Requirement | None) -> tuple[Any, ...] | None:
    """What makes two requirements of one criterion the same."""
    if requirement is None:
        return None
    wanted = requirement.wanted
    return (
        tuple(wanted) if isinstance(wanted, list) else wanted,
        requirement.importance,
        requirement.weight,
        requirement.tolerance,
    )
