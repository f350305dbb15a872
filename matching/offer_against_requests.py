"""One supply row against all open requests: a ranking with the roles of rows and states exchanged.

Here a request is what a row is in a ranking: the seeker's side has one state per distinct requirement, the
provider's side one per distinct household. Filter, score and reasons are those of a ranking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Positions
from matching.dictionary_encoding import Levels
from matching.frame import Frame
from matching.grading import RequirementBatch, judge
from matching.request_index import RequestIndex
from matching.requests import Evidence
from matching.requirement_columns import RequestTerm, RequirementColumn
from matching.requirement_terms import Term
from matching.scoring import chances_of, score, wishes_of, works_factors
from matching.text_similarity import TextIndex


@dataclass(frozen=True)
class OfferAgainstRequests:
    """One row of supply against an index: `positions` are the requests that miss nothing, and `chance` is theirs, texts
    not compared yet (see `scored`). `requirements` has a term per column of the index, `demands` one per demand of
    the row."""

    index: RequestIndex
    frame: Frame
    row: int
    requirements: list[RequestTerm]
    demands: list[RequestTerm]
    positions: Positions
    chance: Floats

    @property
    def musts(self) -> list[Term]:
        """The terms that can exclude a request."""
        columns = zip(self.index.columns, self.requirements, strict=True)
        return [*(term for column, term in columns if column.excludes), *self.demands]

    @property
    def terms(self) -> list[Term]:
        """All but those that compare texts, the musts first."""
        columns = zip(self.index.columns, self.requirements, strict=True)
        return [*self.musts, *(term for column, term in columns if not column.excludes)]

    def scores(self, positions: Positions, chance: Floats, texts: Sequence[Term] = ()) -> Floats:
        """Shape (positions,): scores of requests whose `chance` is known; `texts` are the terms that compare texts."""
        stated = self.index.sparse.wishes(self.requirements, positions)
        seeker, provider = wishes_of([*texts, *self.demands], positions, known=stated)
        return score(chance * chances_of(texts, positions), seeker, provider)

    def compared(self, positions: Positions, texts: TextIndex | None = None) -> list[Term]:
        """The terms that compare texts, those of the given requests only."""
        known = texts or TextIndex(self.frame.texts)
        return [_text_term(column, self.row, positions, known) for column in self._text_columns()]

    def scored(self, texts: TextIndex | None = None) -> tuple[list[Term], Positions, Floats]:
        """All terms with texts compared, the requests that miss nothing and their scores."""
        compared = self.compared(self.positions, texts)
        scores = self.scores(self.positions, self.chance, compared)
        listed = np.flatnonzero(scores > 0)  # a text may be a must, too
        return self.terms + compared, self.positions[listed], scores[listed]

    def hopeful_texts(self) -> list[Term]:
        """The same as if every text said the same: the scores are an upper bound."""
        return [column.hopeful() for column in self._text_columns()]

    @property
    def compares_texts(self) -> bool:
        """Some request asks for likeness, and the supply has texts to compare."""
        return bool(self._text_columns())

    def _text_columns(self) -> list[RequirementColumn]:
        implied = self.index.implied
        return [*self.index.texts, *([implied] if implied is not None and self.frame.has_texts else [])]


def judge_offer(index: RequestIndex, frame: Frame, row: int) -> OfferAgainstRequests:
    """Judge one row against every request and keep those that miss nothing."""
    requirements = [column.term(frame, row) for column in index.columns]
    found = (_provider_term(index, frame, row, key) for key in frame.demand_columns())
    demands = [term for term in found if term is not None]
    positions, chance = index.sparse.chances(requirements)
    for term in demands:
        chance = chance * term.chances().take(term.codes.take(positions))
        kept = np.flatnonzero(chance > 0)
        positions, chance = positions[kept], chance[kept]
    chance = chance * works_factors(requirements, positions)
    return OfferAgainstRequests(index, frame, row, requirements, demands, positions, chance)


def _provider_term(index: RequestIndex, frame: Frame, row: int, key: tuple[str, int]) -> RequestTerm | None:
    """What the row asks of the households in one column of demands; None where it asks nothing."""
    column = frame.demand_columns()[key]
    code = int(column.codes(len(frame))[row])
    if code == 0:
        return None
    demand = column.requirements[code - 1]
    criterion = frame.market.demand_criterion(key[0])
    households = index.household(criterion)
    verdict = judge(criterion, RequirementBatch.of(criterion, [demand]), households.levels)
    return RequestTerm(
        side="provider",
        criterion=criterion,
        requirements=(demand,),
        levels=households.levels,
        grade=verdict.grade[0],
        p=verdict.p[0],
        satisfaction=verdict.satisfaction[0],
        must=np.full(len(households.levels.value), demand.must),
        weight=np.full(len(households.levels.value), float(demand.weight)),
        codes=households.codes,
    )


def _text_term(column: RequirementColumn, row: int, positions: Positions, texts: TextIndex) -> Term:
    """The column's texts compared with the row's, for the states of the given requests; the others count as met."""
    term = column.hopeful()
    states = np.unique(np.take(column.codes, positions)).astype(np.intp)
    states = states[states > 0]
    requirements = [column.distinct[state - 1] for state in states.tolist()]
    if not requirements:
        return term
    likeness = texts.likeness_to(row, [requirement.wanted for requirement in requirements])
    term.levels.value[states] = likeness
    for must, tolerance in {(requirement.must, requirement.tolerance) for requirement in requirements}:
        alike = [number for number, item in enumerate(requirements) if (item.must, item.tolerance) == (must, tolerance)]
        levels = Levels.of_values(likeness[alike], Evidence.STATED)
        verdict = judge(column.criterion, RequirementBatch.of(column.criterion, [requirements[alike[0]]]), levels)
        term.grade[states[alike]], term.p[states[alike]] = verdict.grade[0], verdict.p[0]
        term.satisfaction[states[alike]] = verdict.satisfaction[0]
    return term
