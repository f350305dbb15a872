"""A request as small tables: per requirement one number per level, all that a score needs of a judgement.

Grades, levels and sentences follow for the few rows that are listed, from the same judgement: see
`matching.requirement_terms`.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Codes, Floats, Mask, Positions
from matching.dictionary_encoding import Levels
from matching.frame import Frame
from matching.grading import RequirementBatch, outcomes
from matching.kinds import Criterion
from matching.requests import Request, Requirement

CELLS = 1 << 14
"""So many levels times requirements are judged at once: their arrays stay in the cache."""


@dataclass(frozen=True)
class ScoreTable:
    """One requirement of the seeker. `values`, shape (levels,): the chance of a must, weight × satisfaction of a
    wish; `unknown` says which of them are likelihoods; `codes`, shape (rows,), give each row's level."""

    must: bool
    weight: float
    values: Floats
    unknown: Mask
    codes: Codes

    def of(self, rows: Positions) -> Floats:
        """Shape (rows,)."""
        result: Floats = self.values.take(self.codes.take(rows))
        return result

    def at_best(self, rows: Positions) -> Floats:
        """The same with every unknown settled for."""
        levels = self.codes.take(rows)
        return np.where(self.unknown.take(levels), 1.0 if self.must else self.weight, self.values.take(levels))


def score_table(requirement: Requirement, frame: Frame) -> ScoreTable:
    """The table of a requirement that reads facts, kept by its column where it is small."""
    criterion = frame.market.criterion(requirement.key)
    column = frame.level_column(criterion)
    codes = column.codes(len(frame))
    return column.kept(
        _question(requirement), lambda: _score_tables([requirement], criterion, column.levels(), codes)[0]
    )


def prepare_tables(requests: Iterable[Request], frame: Frame) -> None:
    """Judge what several requests ask in one broadcast per criterion and importance, for `score_table` to find."""
    asked: dict[str, dict[Hashable, Requirement]] = {}
    for requirement in (requirement for request in requests for requirement in request.requirements):
        asked.setdefault(requirement.key, {})[_question(requirement)] = requirement
    for key, distinct in asked.items():
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
        return [ScoreTable(True, 0.0, row, unknown, codes) for row in values]
    weights = [float(requirement.weight) for requirement in requirements]
    values *= np.array(weights)[:, None]
    return [ScoreTable(False, weight, row, unknown, codes) for weight, row in zip(weights, values, strict=True)]
