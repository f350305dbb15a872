"""A request as small tables, one number per level and requirement, and scores added up table by table."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.arrays import Codes, Floats, Mask, Positions
from matching.dictionary_encoding import Levels
from matching.frame import Frame
from matching.grading import RequirementBatch, mending, outcomes
from matching.kinds import Criterion
from matching.pruning import ChanceTable
from matching.requests import Request, Requirement
from matching.requirement_terms import Settled, Term, works_name
from matching.scoring import WishSums, WorksCosts, chances_of, score, wishes_of, works_factor

CELLS = 1 << 14
"""So many levels times requirements are judged at once: their arrays stay in the cache."""


@dataclass(frozen=True)
class ScoreTable:
    """One requirement of the seeker. `values`, shape (levels,): the chance of a must, weight × satisfaction of a
    wish; `unknown` says which of them are likelihoods; `costs` are the expected euro for `works`, where a must can need
    any; `codes`, shape (rows,), give each row's level."""

    must: bool
    weight: float
    values: Floats
    unknown: Mask
    codes: Codes
    works: tuple[str, ...] = ()
    costs: Floats | None = None

    def of(self, rows: Positions) -> Floats:
        """Shape (rows,)."""
        result: Floats = self.values.take(self.codes.take(rows))
        return result

    @cached_property
    def paid(self) -> "ScoreTable":
        """The same with what works lower taken into the chances."""
        if self.costs is None:
            return self
        return ScoreTable(self.must, self.weight, self.values * works_factor(self.costs), self.unknown, self.codes)

    def at_best(self, rows: Positions) -> Floats:
        """The same with every unknown settled for."""
        levels = self.codes.take(rows)
        return np.where(self.unknown.take(levels), 1.0 if self.must else self.weight, self.values.take(levels))


def score_table(requirement: Requirement, frame: Frame) -> ScoreTable:
    """The table of a requirement that reads facts, kept by its column where it is small."""
    criterion = frame.market.criterion(requirement.key)
    column = frame.level_column(criterion)
    return column.kept(
        _question(requirement),
        lambda: _score_tables([requirement], criterion, column.levels(), column.codes(len(frame)))[0],
    )


def prepare_tables(requests: Iterable[Request], frame: Frame) -> None:
    """Judge what several requests ask in one broadcast per criterion and importance, for `score_table` to find."""
    by_criterion: dict[str, dict[Hashable, Requirement]] = {}
    for requirement in (requirement for request in requests for requirement in request.requirements):
        by_criterion.setdefault(requirement.key, {})[_question(requirement)] = requirement
    for key, distinct in by_criterion.items():
        criterion = frame.market.criterion(key)
        if criterion is not frame.market.text_criterion:
            column = frame.level_column(criterion)
            found: dict[Hashable, ScoreTable] = {}
            for must in (True, False):
                alike = [item for item in distinct.values() if item.must is must]
                size = max(1, CELLS // max(len(column.levels().value), 1))
                for some in (alike[start : start + size] for start in range(0, len(alike), size)):
                    made = _score_tables(some, criterion, column.levels(), column.codes(len(frame)))
                    found |= zip(map(_question, some), made, strict=True)
            column.keep(found)


def _question(requirement: Requirement) -> Hashable:
    return str(requirement.wanted), requirement.must, requirement.weight, requirement.tolerance


def _score_tables(
    requirements: Sequence[Requirement], criterion: Criterion, levels: Levels, codes: Codes
) -> list[ScoreTable]:
    """One table per requirement; all are of one importance."""
    must = requirements[0].must
    values = outcomes(criterion, RequirementBatch.of(criterion, requirements), levels)
    unknown = levels.unknown | levels.claimed if must and criterion.needs_evidence else levels.unknown
    if must:
        if not criterion.adaptations:
            return [ScoreTable(True, 0.0, row, unknown, codes) for row in values]
        works, costs = works_name(criterion), mending(criterion, levels).costs(values)
        needed: Mask = np.any(costs, axis=1)
        priced = zip(values, costs, needed, strict=True)
        return [ScoreTable(True, 0.0, row, unknown, codes, works, own if any_ else None) for row, own, any_ in priced]
    weights = [float(requirement.weight) for requirement in requirements]
    values *= np.array(weights)[:, None]
    return [ScoreTable(False, weight, row, unknown, codes) for weight, row in zip(weights, values, strict=True)]


def paid_one_by_one(tables: Sequence[ScoreTable]) -> list[ScoreTable]:
    """The tables of a household without means, with what works lower taken into the chances: so each must is looked up
    once. Where several musts share their works, these are left to be added up."""
    names = [item.works for item in tables if item.costs is not None]
    return [item.paid if item.costs is not None and names.count(item.works) == 1 else item for item in tables]


FEW = 256
"""So few rows are looked up to the end: leaving some of them costs more."""


@dataclass(frozen=True)
class LateWish:
    """A wish that is costly to look up: its weight, and weight × satisfaction of given rows."""

    weight: float
    merits: Callable[[Positions, Settled], Floats]


class PartialScores:
    """What is looked up for one request: the seeker's requirements, what rows demand, late wishes; and its means, what
    pays for works before the household does so itself."""

    def __init__(
        self,
        tables: Sequence[ScoreTable],
        demands: Sequence[Term] = (),
        late: Sequence[LateWish] = (),
        means: float = 0.0,
    ) -> None:
        self._means = means
        tables = paid_one_by_one(tables) if not means else tables
        self._musts = [item for item in tables if item.must]
        self._wishes = sorted((item for item in tables if not item.must), key=lambda item: -item.weight)
        self._demands = demands
        self._late = late
        self._total = float(sum(wish.weight for wish in self._wishes) + sum(wish.weight for wish in late))

    @property
    def musts(self) -> list[ChanceTable]:
        """Chance per state and state per row, of both sides."""
        seeker = [(item.values, item.codes) for item in self._musts]
        return seeker + [(term.chances(), term.codes) for term in self._demands]

    def scores(self, rows: Positions, bar: float = 0.0, certain: bool = False) -> tuple[Positions, Floats]:
        """The rows that miss no must and may reach the bar, in their order, with their scores. `certain`: they are
        known to be certain of every must."""
        sums = RunningSums(rows, np.ones(len(rows)), np.zeros(len(rows)), None)
        if not certain:
            for item in self._musts:
                sums.chance *= item.of(rows)
            if self._demands:
                sums.chance *= chances_of(self._demands, rows)
            sums = sums.at(sums.chance >= bar if bar > 0.0 else sums.chance > 0.0)
            sums.chance *= self._works_factors(sums.rows)
        if self._demands:
            _, sums.provider = wishes_of(self._demands, sums.rows)
        ahead, check = self._total, self._total / 2.0
        for wish in self._wishes:
            if bar > 0.0 and ahead <= check and len(sums.rows) > FEW:
                sums = sums.at(sums.scores(self._total, ahead) >= bar)
                check = ahead / 2.0
            sums.merit += wish.of(sums.rows)
            ahead -= wish.weight
        if self._late and bar > 0.0:
            sums = sums.at(sums.scores(self._total, ahead) >= bar)
        for late in self._late:
            sums.merit += late.merits(sums.rows, "expected")
        return sums.rows, sums.scores(self._total)

    def best_cases(self, rows: Positions) -> Floats:
        """The scores of the rows with every unknown settled for."""
        chance, merit = np.ones(len(rows)), np.zeros(len(rows))
        for item in self._musts:
            chance *= item.at_best(rows)
        for item in self._wishes:
            merit += item.at_best(rows)
        for late in self._late:
            merit += late.merits(rows, "for")
        chance *= self._works_factors(rows, at_best=True)
        chance *= chances_of(self._demands, rows, "for")
        return RunningSums(rows, chance, merit, wishes_of(self._demands, rows, "for")[1]).scores(self._total)

    def _works_factors(self, rows: Positions, at_best: bool = False) -> Floats | float:
        """By how much works lower the chance, shape (rows,); `at_best` what is unknown needs none."""
        costs = WorksCosts()
        for item in self._musts:
            if item.costs is not None:
                levels = item.codes.take(rows)
                own = item.costs.take(levels)
                costs.add(item.works, np.where(item.unknown.take(levels), 0.0, own) if at_best else own)
        return costs.factors(self._means)


@dataclass
class RunningSums:
    """What is known so far of some rows, arrays of shape (rows,)."""

    rows: Positions
    chance: Floats
    merit: Floats
    provider: WishSums | None

    def at(self, keep: Mask) -> "RunningSums":
        """Only the rows to keep."""
        kept = keep.nonzero()[0]
        if len(kept) == len(keep):
            return self
        provider = None if self.provider is None else self.provider.at(kept)
        return RunningSums(self.rows.take(kept), self.chance.take(kept), self.merit.take(kept), provider)

    def scores(self, total: float, ahead: float = 0.0) -> Floats:
        """Scores where `ahead` of the `total` weight of the seeker's wishes is taken as satisfied."""
        return score(self.chance, WishSums(self.merit + ahead, total), self.provider)
