"""What a household gains by giving way: how many more offers appear where a must is dropped or loosened.

One pass over the supply counts the missed musts of every row. A row that misses exactly one appears as soon
as that one gives way, so every further answer is read off the levels of those rows, without another ranking.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.frame import Frame
from matching.grading import Asked, Grade, judge
from matching.kinds import Criterion
from matching.language import GERMAN, Language, mark
from matching.loosening import enlarged, loosened, step_of
from matching.requests import Request, Requirement
from matching.terms import Term, terms_of
from matching.text import TextIndex

STEPS = 3
"""So many steps are tried for each must, fewer where an earlier one opens all there is to open."""

NOTHING_UNKNOWN = np.ones((1, 1))
"""Likelihood of an unknown where only levels are judged that are missed today, hence known."""


@dataclass(frozen=True)
class Step:
    """An easier wanted value and how many more offers the list then has."""

    wanted: Any
    opens: int
    sentence: str


@dataclass(frozen=True)
class Concession:
    """One must: offers that appear without it, and step by step. They miss nothing else, of either side."""

    key: str
    wanted: Any
    opens_if_dropped: int
    steps: tuple[Step, ...]
    sentence: str


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
    musts = tuple(requirement for requirement in request.requirements if requirement.must)
    terms = terms_of(replace(request, requirements=musts, text=""), frame, texts)  # wishes exclude nothing
    misses = miss_counts(terms, len(frame))
    almost = np.flatnonzero(misses == 1)
    items = []
    for term in terms:
        requirement = term.requirement(0)
        if term.side == "seeker" and requirement is not None:
            items.append(_concession(term, requirement, almost, language))
    return Concessions(request.id, len(frame) - int(np.count_nonzero(misses)), tuple(items))


def miss_counts(terms: list[Term], size: int) -> NDArray[np.uint16]:
    """Shape (rows,): how many musts of both sides a row misses."""
    misses = np.zeros(size, dtype=np.uint16)
    for term in terms:
        missed = _missed(term)
        if missed.any():
            misses += np.take(missed.astype(np.uint16), term.codes)
    return misses


def _missed(term: Term) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = term.must & (term.grade == Grade.MISSED)
    return result


def _concession(term: Term, requirement: Requirement, almost: NDArray[np.intp], language: Language) -> Concession:
    missed = _missed(term)
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
        steps=tuple(_steps(term, requirement, counts, language)) if opens else (),
        sentence=language.say(DROPPED, label=label, wanted=wanted, count=language.number(opens)),
    )


def _steps(term: Term, requirement: Requirement, counts: NDArray[np.int64], language: Language) -> Iterator[Step]:
    held = np.flatnonzero(counts)
    levels, rows = term.levels.at(held), counts[held]

    def opens(wanted: list[Any]) -> list[int]:
        """How many rows each of the wanted values opens."""
        asked = Asked.of(term.criterion, [replace(requirement, wanted=value) for value in wanted])
        grade = judge(term.criterion, asked, levels, NOTHING_UNKNOWN).grade
        return [int(count) for count in (grade != Grade.MISSED) @ rows]

    for wanted, count in islice(_easier(term.criterion, requirement.wanted, opens), STEPS):
        yield Step(
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
