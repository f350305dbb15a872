"""What a household gains by giving way: how many more offers appear where a must is dropped or loosened.

One pass over the supply counts the missed musts of every row. A row that misses exactly one appears as soon
as that one gives way, so every further answer is read off the levels of those rows, without another ranking.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Positions
from matching.bodily_needs import asks_enough, is_vital
from matching.frame import Frame
from matching.grading import Grade, RequirementBatch, judge
from matching.kinds import Criterion
from matching.language import GERMAN, Language, mark
from matching.outlook import count_musts, graded_musts, musts_alone
from matching.requests import Request, Requirement
from matching.requirement_columns import NOTHING_UNKNOWN
from matching.requirement_terms import Term, terms_of
from matching.text_similarity import TextIndex
from matching.whatif.loosening import enlarged, loosened, step_of

STEPS = 3
"""So many steps are tried for each must, fewer where an earlier one opens all there is to open."""


@dataclass(frozen=True)
class ConcessionStep:
    """An easier wanted value and how many more offers the list then has."""

    wanted: Any
    opens: int
    sentence: str


@dataclass(frozen=True)
class Concession:
    """One must: offers that appear without it, and step by step. They miss nothing else, of either side. A `vital` one
    nobody can be advised to do without, and no step goes below what a body can do with."""

    key: str
    wanted: Any
    opens_if_dropped: int
    steps: tuple[ConcessionStep, ...]
    sentence: str
    vital: bool = False


@dataclass(frozen=True)
class Concessions:
    """All musts of a request in their order, beside the number of offers listed today."""

    request: str
    listed_now: int
    items: tuple[Concession, ...]


def concessions(
    request: Request, frame: Frame, language: Language = GERMAN, texts: TextIndex | None = None
) -> Concessions:
    """How many more offers appear for each must of the request that gives way."""
    terms = terms_of(musts_alone(request), frame, texts)  # wishes exclude nothing
    misses = count_musts(terms, len(frame), Grade.MISSED)
    almost = np.flatnonzero(misses == 1)
    items = []
    for term in terms:
        requirement = term.requirement(0)
        if term.side == "seeker" and requirement is not None:
            items.append(_concession(term, requirement, almost, request.profiles, language))
    return Concessions(request.id, len(frame) - int(np.count_nonzero(misses)), tuple(items))


def _concession(
    term: Term, requirement: Requirement, almost: Positions, profiles: Collection[str], language: Language
) -> Concession:
    missed = graded_musts(term, Grade.MISSED)
    counts = np.zeros(len(missed), dtype=np.int64)
    if missed.any() and len(almost):
        counts = np.bincount(np.take(term.codes, almost), minlength=len(missed)) * missed
    label = language.say(term.criterion.label)
    wanted = term.criterion.wanted_words(requirement.wanted, language)
    opens = int(counts.sum())
    return Concession(
        key=requirement.key,
        wanted=requirement.wanted,
        opens_if_dropped=opens,
        steps=tuple(_steps(term, requirement, counts, profiles, language)) if opens else (),
        sentence=language.say(DROPPED, label=label, wanted=wanted, count=language.number(opens)),
        vital=is_vital(term.criterion, profiles),
    )


def _steps(
    term: Term, requirement: Requirement, counts: NDArray[np.int64], profiles: Collection[str], language: Language
) -> Iterator[ConcessionStep]:
    held = np.flatnonzero(counts)
    levels, rows = term.levels.at(held), counts[held]

    def opens(wanted: list[Any]) -> list[int]:
        """How many rows each of the wanted values opens."""
        batch = RequirementBatch.of(term.criterion, [replace(requirement, wanted=value) for value in wanted])
        grade = judge(term.criterion, batch, levels, NOTHING_UNKNOWN).grade
        return [int(count) for count in (grade != Grade.MISSED) @ rows]

    def possible(wanted: Any) -> bool:
        return asks_enough(term.criterion, replace(requirement, wanted=wanted), profiles)

    easier = takewhile(lambda step: possible(step[0]), _easier(term.criterion, requirement.wanted, opens))
    for wanted, count in islice(easier, STEPS):
        yield ConcessionStep(
            wanted,
            count,
            language.say(
                STEPPED,
                label=language.say(term.criterion.label),
                wanted=term.criterion.wanted_words(wanted, language),
                count=language.number(count),
            ),
        )
        if count == rows.sum():
            return


def _easier(criterion: Criterion, wanted: Any, opens: Callable[[list[Any]], list[int]]) -> Iterator[tuple[Any, int]]:
    """Ever easier wanted values and what they open; of options without an order the most opening comes first."""
    ladder = list(islice(_ladder(criterion, wanted), STEPS))
    if ladder:
        yield from zip(ladder, opens(ladder), strict=True)
    while options := enlarged(criterion, wanted):
        opened = opens(options)
        wanted = options[int(np.argmax(opened))]
        yield wanted, max(opened)


def _ladder(criterion: Criterion, wanted: Any) -> Iterator[Any]:
    while (wanted := loosened(criterion, wanted, step_of(criterion))) is not None:
        yield wanted


DROPPED = mark("%(label)s: Ohne das Muss „%(wanted)s“ kommen so viele Angebote dazu: %(count)s.")
STEPPED = mark("%(label)s: Mit „%(wanted)s“ kommen so viele Angebote dazu: %(count)s.")
