"""Supply for somebody who looks around: what passes, page by page, and what stands in the way of more.

A list for browsers differs from a ranking in three ways. What suits for certain comes before what is still to be
cleared up; a must may be asked for *proven*, so that an unknown fails it; and what the offer asks in return
excludes only where the household is known to miss it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Mask
from matching.explanation import AdaptationAdvice, Reason, adaptations_of, reasons_of
from matching.facts import Fact
from matching.frame import Frame
from matching.grading import Grade
from matching.language import GERMAN, Language
from matching.outlook import BY_GRADE, OUTLOOKS, Outlook, graded_musts, outlook_codes, outlooks_of
from matching.ranking import best_rows
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.text_similarity import TextIndex


@dataclass(frozen=True)
class Fit:
    """How one row suits: what the seeker's musts amount to (`misses` also where the household misses a demand of
    the offer), the reasons, and the works that the musts need."""

    offer: str
    outlook: Outlook
    reasons: tuple[Reason, ...]
    adaptations: tuple[AdaptationAdvice, ...]


@dataclass(frozen=True)
class Listing:
    """`total` rows pass, the first `certain` of them for certain; `page` is the part that was asked for.
    `opens`: key of a must → rows that would pass without it, or were it not asked for proven."""

    total: int
    certain: int
    page: tuple[Fit, ...]
    opens: dict[str, int]


@dataclass(frozen=True)
class ListingQuery:
    """What somebody looks for: a request, the keys of its musts that must be `proven`, and the ids of the `only`
    rows that are looked at (all for None)."""

    request: Request
    proven: frozenset[str] = frozenset()
    only: Collection[str] | None = None


def listing(
    query: ListingQuery,
    frame: Frame,
    first: int = 0,
    size: int = 25,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> Listing:
    """The rows `first` to `first + size` of what passes: certain ones first, either part in order of score."""
    terms = terms_of(query.request, frame, texts)
    failed = _failed(query, terms, frame)
    failures = _counted(failed, len(frame))
    passing = np.flatnonzero(failures == 0)
    certain = outlook_codes([term for term in terms if term.side == "seeker"], passing) == OUTLOOKS.index(Outlook.FITS)
    parts = (passing[certain], passing[~certain])
    order = np.concatenate([best_rows(terms, frame, part, None, seed=0)[0] for part in parts])
    return Listing(
        total=len(passing),
        certain=len(parts[0]),
        page=tuple(_fit(terms, frame, row, language) for row in order[first : first + size].tolist()),
        opens={key: int(np.count_nonzero(marks & (failures == 1))) for key, marks in failed if key},
    )


def counts_by(fact: Fact, query: ListingQuery, frame: Frame, texts: TextIndex | None = None) -> dict[Any, int]:
    """How many rows pass, by their value of the fact; None counts those where it is unknown."""
    failures = _counted(_failed(query, terms_of(query.request, frame, texts), frame), len(frame))
    codes = frame.values(fact)[np.flatnonzero(failures == 0)]
    counts = Counter(None if np.isnan(code) else float(code) for code in codes)
    return {None if code is None else fact.decode(code): count for code, count in counts.items()}


def fit_of(
    request: Request, frame: Frame, row_id: str, language: Language = GERMAN, texts: TextIndex | None = None
) -> Fit | None:
    """How one row suits, also where it does not; None where the frame has no such row."""
    row = frame.position.get(row_id)
    return None if row is None else _fit(terms_of(request, frame, texts), frame, row, language)


def _failed(query: ListingQuery, terms: list[Term], frame: Frame) -> list[tuple[str, Mask]]:
    """For every must, its key and which rows fail it, shape (rows,); the key is empty where no must of the seeker
    is to blame: what the offer asks, or that the row is not looked at."""
    failed = []
    for term in terms:
        fails = graded_musts(term, Grade.MISSED)
        key = ""
        if term.side == "seeker":
            key = term.criterion.key
            if key in query.proven:
                fails = graded_musts(term, *BY_GRADE)
        if fails.any():
            failed.append((key, np.take(fails, term.codes)))
    if query.only is not None:
        looked_at = np.zeros(len(frame), dtype=bool)
        looked_at[[frame.position[row_id] for row_id in query.only if row_id in frame.position]] = True
        failed.append(("", ~looked_at))
    return failed


def _counted(failed: list[tuple[str, Mask]], size: int) -> NDArray[np.uint16]:
    """Shape (rows,): how many musts a row fails."""
    failures = np.zeros(size, dtype=np.uint16)
    for _key, marks in failed:
        failures += marks
    return failures


def _fit(terms: list[Term], frame: Frame, row: int, language: Language) -> Fit:
    deciding = [term for term in terms if term.side == "seeker" or term.grade[int(term.codes[row])] == Grade.MISSED]
    return Fit(
        offer=frame.ids[row],
        outlook=outlooks_of(deciding, np.array([row]))[0],
        reasons=reasons_of(terms, row, language),
        adaptations=adaptations_of(terms, row),
    )
