"""One supply row against all open requests: the mirror of `terms`, with the roles of rows and states exchanged.

Here a request is what a row is in a ranking: the seeker's side has one state per distinct requirement, the
provider's side one per distinct household. Filter, score and reasons are those of a ranking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.asked import AskedColumn, MirrorTerm
from matching.evidence import Evidence
from matching.frame import Frame
from matching.grading import Asked, judge
from matching.kinds import Floats
from matching.levels import Levels
from matching.scores import together
from matching.stack import RequestStack
from matching.terms import Side, Term
from matching.text import TextIndex

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Facing:
    """One row of supply facing the stack: `places` are the requests that miss nothing, and `chance` is theirs, texts
    not compared yet (see `with_texts`). `asked` has a term per column of the stack, `demands` what the row asks."""

    stack: RequestStack
    frame: Frame
    row: int
    asked: list[MirrorTerm]
    demands: list[MirrorTerm]
    places: Places
    chance: Floats

    @property
    def musts(self) -> list[Term]:
        """The terms that can exclude a request."""
        columns = zip(self.stack.asked, self.asked, strict=True)
        return [*(term for column, term in columns if column.excludes), *self.demands]

    @property
    def terms(self) -> list[Term]:
        """All but those that compare texts, the musts first."""
        columns = zip(self.stack.asked, self.asked, strict=True)
        return [*self.musts, *(term for column, term in columns if not column.excludes)]

    def scores(self, places: Places, chance: Floats, texts: Sequence[Term] = ()) -> Floats:
        """Shape (places,): scores of requests whose `chance` is known; `texts` are the terms that compare texts."""
        slots, none = self.stack.slots, np.zeros(len(places))
        merit: dict[Side, Floats] = {"seeker": slots.merits(self.asked, places), "provider": none}
        weight: dict[Side, Floats] = {"seeker": slots.weight.take(places), "provider": none.copy()}
        for term in texts:
            chance = chance * term.chances().take(term.codes.take(places))
        for term in (*texts, *self.demands):
            if not term.must.all():
                states = term.codes.take(places)
                merit[term.side] += term.merits().take(states)
                weight[term.side] += term.weights().take(states)
        return together(chance, merit, weight)

    def with_texts(self, places: Places, texts: TextIndex | None = None) -> list[Term]:
        """All terms, texts compared for the given requests only."""
        return self.terms + self.compared(places, texts)

    def compared(self, places: Places, texts: TextIndex | None = None) -> list[Term]:
        """The terms that compare texts, those of the given requests only."""
        index = texts or TextIndex(self.frame.texts)
        return [_text_term(column, self.row, places, index) for column in self._text_columns()]

    def hopeful_texts(self) -> list[Term]:
        """The same as if every text said the same: the scores are an upper bound."""
        return [column.hopeful() for column in self._text_columns()]

    @property
    def compares_texts(self) -> bool:
        return bool(self._text_columns())

    def _text_columns(self) -> list[AskedColumn]:
        implied = self.stack.implied
        return [*self.stack.texts, *([implied] if implied is not None and self.frame.has_texts else [])]


def face(stack: RequestStack, frame: Frame, row: int) -> Facing:
    """Judge one row against every request and keep those that miss nothing."""
    asked = [column.term(frame, row) for column in stack.asked]
    found = (_provider_term(stack, frame, row, slot) for slot in frame.demand_columns())
    demands = [term for term in found if term is not None]
    places, chance = stack.slots.chances(asked)
    for term in demands:
        chance = chance * term.chances().take(term.codes.take(places))
        kept = np.flatnonzero(chance > 0)
        places, chance = places[kept], chance[kept]
    return Facing(stack, frame, row, asked, demands, places, chance)


def _provider_term(stack: RequestStack, frame: Frame, row: int, slot: tuple[str, int]) -> MirrorTerm | None:
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
