"""The outlook of a pair: what the grades of all musts of both sides amount to. The worst of them decides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Mask, Positions
from matching.frame import Frame
from matching.grading import Grade
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.scoring import passing_rows


class Outlook(StrEnum):
    """From the best to the worst."""

    FITS = "fits"
    CLARIFY = "clarify"
    ADAPT = "adapt"
    MISSES = "misses"


OUTLOOKS = tuple(Outlook)
BY_GRADE = {Grade.MISSED: Outlook.MISSES, Grade.ADAPTABLE: Outlook.ADAPT, Grade.UNKNOWN: Outlook.CLARIFY}
_CODES = np.array([OUTLOOKS.index(BY_GRADE.get(grade, Outlook.FITS)) for grade in Grade], dtype=np.uint8)


def outlook_codes(terms: Sequence[Term], rows: Positions) -> NDArray[np.uint8]:
    """Shape (rows,): the position of each row's outlook in `OUTLOOKS`."""
    codes = np.zeros(len(rows), dtype=np.uint8)
    for term in terms:
        states = term.must * _CODES[term.grade]
        if states.any():
            np.maximum(codes, np.take(states, np.take(term.codes, rows)), out=codes)
    return codes


def outlooks_of(terms: Sequence[Term], rows: Positions) -> list[Outlook]:
    """The outlook of each of the rows."""
    return [OUTLOOKS[code] for code in outlook_codes(terms, rows).tolist()]


def with_outlook(terms: Sequence[Term], rows: Positions, outlook: Outlook) -> Positions:
    """Those of the rows that have that outlook."""
    found: Positions = rows[outlook_codes(terms, rows) == OUTLOOKS.index(outlook)]
    return found


def graded_musts(term: Term, *grades: Grade) -> Mask:
    """Shape (states,): the state is a must of one of those grades."""
    among = np.zeros(len(Grade), dtype=bool)
    among[list(grades)] = True
    result: Mask = term.must & among[term.grade]
    return result


def count_musts(terms: Sequence[Term], rows: Positions | int, *grades: Grade) -> NDArray[np.uint16]:
    """Shape (rows,): how many musts of either side have one of those grades; of the given rows, or of the first so
    many."""
    count = np.zeros(rows if isinstance(rows, int) else len(rows), dtype=np.uint16)
    for term in terms:
        states = graded_musts(term, *grades)
        if states.any():
            codes = term.codes[:rows] if isinstance(rows, int) else np.take(term.codes, rows)
            count += np.take(states, codes)
    return count


@dataclass(frozen=True)
class OutlookCounts:
    """Numbers of offers that fit, that fit if something unknown is so, and that fit once they are adapted; of these
    `adapt_open` fit then only if something unknown is so, too."""

    fits: int
    clarify: int
    adapt: int
    adapt_open: int

    @property
    def listed(self) -> int:
        """All that miss nothing."""
        return self.fits + self.clarify + self.adapt

    def of(self, outlook: Outlook, considered: int) -> int:
        """How many of the `considered` offers have that outlook."""
        if outlook is Outlook.MISSES:
            return considered - self.listed
        return {Outlook.FITS: self.fits, Outlook.CLARIFY: self.clarify, Outlook.ADAPT: self.adapt}[outlook]


def count_outlooks(request: Request, frame: Frame) -> OutlookCounts:
    """The outlooks of a whole ranking, counted without ranking or explaining: for a count while somebody is asked.
    Wishes exclude nothing and are left out."""
    terms = terms_of(musts_alone(request), frame)
    rows = passing_rows(terms, len(frame))
    codes = outlook_codes(terms, rows)
    fits, clarify, adapt, _misses = np.bincount(codes, minlength=len(OUTLOOKS)).tolist()
    unanswered = count_musts(terms, rows[codes == OUTLOOKS.index(Outlook.ADAPT)], Grade.UNKNOWN) > 0
    return OutlookCounts(fits, clarify, adapt, int(np.count_nonzero(unanswered)))


def musts_alone(request: Request) -> Request:
    """The request without its wishes and its text."""
    return replace(request, requirements=tuple(item for item in request.requirements if item.must), text="")
