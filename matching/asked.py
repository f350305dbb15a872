"""What many requests ask by one criterion: distinct requirements once, one code a request.

The mirror of a level column. One level of supply is judged against all distinct requirements in one broadcast,
and as levels come up again with the next offer, the outcome is remembered.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evidence import Evidence
from matching.frame import Frame
from matching.grading import Asked, Grade, base_rate, judge, shifted, tally
from matching.kinds import Criterion, Floats
from matching.levels import LevelColumn, Levels
from matching.requests import Requirement
from matching.terms import Term

Codes = NDArray[np.uint32]

BLOCK = 2_000_000
"""So many judgements at once while base rates are worked out: 16 MB an array."""

REMEMBERED = 200_000
"""So many outcomes (requirements × levels) are kept per criterion: 3 MB."""

NOTHING_UNKNOWN = np.ones((1, 1))


class MirrorTerm(Term):
    """A term whose codes are those of requests. Requirements and levels are one each, or one per state; `sources`
    holds the one class of evidence of the offer where the levels leave it out."""

    def evidence(self, row: int) -> Evidence:
        return super().evidence(row if self.sources is None else 0)

    def requirement(self, state: int) -> Requirement | None:
        return self.requirements[state if len(self.requirements) > 1 else 0]

    def level(self, state: int) -> int:
        return state if len(self.levels.value) > 1 else 0


class AskedColumn:
    """State 0 asks nothing; `requirements`, `must` and `weight` are by state, `codes` of shape (requests,) give
    each request's state. It `excludes` where at least one request asks a must."""

    def __init__(self, criterion: Criterion, asked: Sequence[Requirement | None]) -> None:
        known: dict[tuple[Any, ...] | None, int] = {None: 0}
        self.criterion = criterion
        self.codes: Codes = np.array([known.setdefault(_identity(item), len(known)) for item in asked], dtype=np.uint32)
        of_state = {int(code): item for code, item in zip(self.codes, asked, strict=True)}
        self.requirements = tuple(of_state.get(state) for state in range(len(known)))
        self.distinct = [item for item in self.requirements if item is not None]
        self.must = np.array([item is None or item.must for item in self.requirements])
        self.weight = np.array([0.0 if item is None else float(item.weight) for item in self.requirements])
        self.asked = Asked.of(criterion, self.distinct)
        self.excludes = any(item.must for item in self.distinct)
        self._source: LevelColumn | None = None
        self._rates = RunningRates(criterion, self.asked)
        self._remembered: dict[tuple[int, int | None], MirrorTerm] = {}

    def term(self, frame: Frame, row: int) -> MirrorTerm:
        """All requirements against one row of supply, unknowns at their likelihood in the supply as it is now."""
        column, sources = self._follow(frame), frame.sources(self.criterion)
        code = int(column.codes(len(frame))[row])
        source = None if sources is None else int(sources[row])
        term = self._remembered.get((code, source))
        if term is not None:
            return term
        level = column.levels().at(np.array([code]))
        if np.isnan(level.value[0]):
            likelihood = shifted(self._rates.over(column)[:, 0], level.lean)
            return self.of_states(level, np.full(len(likelihood), Grade.UNKNOWN), likelihood, likelihood)
        if self.criterion.needs_evidence and level.evidence[0] == Evidence.CLAIMED:
            return self.judged(level, self._rates.over(column))
        if len(self._remembered) * len(self.requirements) > REMEMBERED:
            self._remembered.clear()
        term = self._remembered.get((code, None)) or self.judged(level, NOTHING_UNKNOWN)
        self._remembered[code, None] = term
        if sources is not None:
            term = self._remembered[code, source] = replace(term, sources=sources[row : row + 1].copy())
        return term

    def homes(self, frame: Frame) -> NDArray[np.int64]:
        """Shape (states - 1,): how many rows of supply are known to pass each requirement."""
        column = self._follow(frame)
        return self._rates.passing(column)

    def _follow(self, frame: Frame) -> LevelColumn:
        """The frame's level column; what was remembered of another one is forgotten."""
        column = frame.level_column(self.criterion)
        if column is not self._source:
            self._source, self._rates, self._remembered = column, RunningRates(self.criterion, self.asked), {}
        return column

    def judged(self, level: Levels, base: Floats) -> MirrorTerm:
        """All requirements against one level."""
        verdict = judge(self.criterion, self.asked, level, base)
        return self.of_states(level, verdict.grade[:, 0], verdict.p[:, 0], verdict.satisfaction[:, 0])

    def hopeful(self) -> MirrorTerm:
        """As if every requirement were met: the scores are an upper bound."""
        states = len(self.distinct)
        unknown = Levels.of_values(np.full(states + 1, np.nan), Evidence.STATED)
        return self.of_states(unknown, np.full(states, Grade.MET), np.ones(states), np.ones(states))

    def of_states(self, levels: Levels, grade: NDArray[Any], p: Floats, satisfaction: Floats) -> MirrorTerm:
        """A term of outcomes of states 1 and up, each of shape (states - 1,)."""
        return MirrorTerm(
            side="seeker",
            criterion=self.criterion,
            requirements=self.requirements,
            levels=levels,
            grade=np.concatenate([[Grade.MET], grade]).astype(np.uint8),
            p=np.concatenate([[1.0], p]),
            satisfaction=np.concatenate([[1.0], satisfaction]),
            must=self.must,
            weight=self.weight,
            codes=self.codes,
        )


class RunningRates:
    """Base rates of a stack of requirements over one level column. Only levels whose number of rows has changed are
    judged again, so that a new offer costs a handful of levels, not the stock."""

    def __init__(self, criterion: Criterion, asked: Asked) -> None:
        self.criterion, self.asked = criterion, asked
        self._version = -1
        self._count = np.zeros(0, dtype=np.int64)
        self._passed = np.zeros(asked.must.shape)
        self._seen = np.zeros(asked.must.shape)

    def over(self, column: LevelColumn) -> Floats:
        """Shape (requirements, 1): the likelihood of an unknown."""
        self._catch_up(column)
        return base_rate(self.criterion, self._passed, self._seen)

    def passing(self, column: LevelColumn) -> NDArray[np.int64]:
        """Shape (requirements,): rows that are known to pass."""
        self._catch_up(column)
        return self._passed[:, 0].astype(np.int64)

    def _catch_up(self, column: LevelColumn) -> None:
        if column.version == self._version:
            return
        self._version = column.version
        levels = column.levels()
        growth = levels.count.copy()
        growth[: len(self._count)] -= self._count
        changed = np.flatnonzero(growth)
        blocks = len(changed) * len(self._seen) // BLOCK + 1
        for some in np.array_split(changed, blocks) if len(changed) else ():
            passed, seen = tally(self.criterion, self.asked, levels.at(some), growth[some])
            self._passed += passed
            self._seen += seen
        self._count = levels.count.copy()


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
