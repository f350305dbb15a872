"""One supply row against all open requests: the mirror of `terms`, with the roles of rows and states exchanged.

Here a request is what a row is in a ranking: the seeker's side has one state per distinct requirement, the
provider's side one per distinct household. Filter, score and reasons are those of a ranking.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.asked import AskedColumn, MirrorTerm
from matching.evidence import Evidence
from matching.frame import Frame
from matching.grading import Asked, judge
from matching.levels import Levels
from matching.stack import RequestStack
from matching.terms import Term
from matching.text import TextIndex

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Facing:
    """One row of supply facing the stack: `places` are the requests that miss nothing by `terms`, in which texts
    are not compared yet (see `with_texts`). `musts` are the terms that can exclude a request."""

    stack: RequestStack
    frame: Frame
    row: int
    musts: list[Term]
    wishes: list[Term]
    places: Places

    @property
    def terms(self) -> list[Term]:
        return [*self.musts, *self.wishes]

    def with_texts(self, places: Places, texts: TextIndex | None = None) -> list[Term]:
        """All terms, texts compared for the given requests only."""
        index = texts or TextIndex(self.frame.texts)
        return self.terms + [_text_term(column, self.row, places, index) for column in self._text_columns()]

    def with_hopeful_texts(self) -> list[Term]:
        """All terms as if every text said the same: the scores are an upper bound."""
        return self.terms + [column.hopeful() for column in self._text_columns()]

    @property
    def compares_texts(self) -> bool:
        return bool(self._text_columns())

    def _text_columns(self) -> list[AskedColumn]:
        implied = self.stack.implied
        return [*self.stack.texts, *([implied] if implied is not None and any(self.frame.texts) else [])]


def face(stack: RequestStack, frame: Frame, row: int) -> Facing:
    """Judge one row against every request and keep those that miss nothing."""
    asked = [(column.excludes, column.term(frame, row)) for column in stack.asked]
    found = (_provider_term(stack, frame, row, slot) for slot in frame.demand_columns())
    demands = [term for term in found if term is not None]
    musts: list[Term] = [*(term for excludes, term in asked if excludes), *demands]
    wishes: list[Term] = [term for excludes, term in asked if not excludes]
    return Facing(stack, frame, row, musts, wishes, _not_missed(musts, len(stack)))


def _not_missed(terms: list[Term], size: int) -> Places:
    """Requests without a missed must; the term that excludes most of its states is looked up first."""
    filters = [(term.chances() > 0, term.codes) for term in terms]
    places: Places = np.arange(size)
    for keep, codes in sorted((item for item in filters if not item[0].all()), key=lambda item: item[0].mean()):
        places = np.take(places, np.flatnonzero(np.take(keep, np.take(codes, places))))
    return places


def _provider_term(stack: RequestStack, frame: Frame, row: int, slot: tuple[str, int]) -> Term | None:
    """What the row asks of the households in one column of demands; None where it asks nothing."""
    demands = frame.demand_columns()[slot]
    code = int(demands.codes(len(frame))[row])
    if code == 0:
        return None
    demand = demands.requirements[code - 1]
    criterion = frame.market.demand_criterion(slot[0])
    households = stack.household(criterion)
    verdict = judge(criterion, Asked.of(criterion, [demand]), households.levels)
    return MirrorTerm(
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


def _text_term(column: AskedColumn, row: int, places: Places, texts: TextIndex) -> Term:
    """The column's texts compared with the row's, for the states of the given requests; the others count as met."""
    term = column.hopeful()
    states = np.unique(np.take(column.codes, places)).astype(np.intp)
    states = states[states > 0]
    asked = [column.distinct[state - 1] for state in states.tolist()]
    if not asked:
        return term
    likeness = texts.likeness_to(row, [requirement.wanted for requirement in asked])
    term.levels.value[states] = likeness
    for must, tolerance in {(requirement.must, requirement.tolerance) for requirement in asked}:
        alike = [place for place, item in enumerate(asked) if (item.must, item.tolerance) == (must, tolerance)]
        levels = Levels.of_values(likeness[alike], Evidence.STATED)
        verdict = judge(column.criterion, Asked.of(column.criterion, [asked[alike[0]]]), levels)
        term.grade[states[alike]], term.p[states[alike]] = verdict.grade[0], verdict.p[0]
        term.satisfaction[states[alike]] = verdict.satisfaction[0]
    return term
