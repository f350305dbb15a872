"""How many offers there are for a request, by outlook, without ranking or explaining them: for a count while asking."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.frame import Frame
from matching.grading import Grade
from matching.ranking import passing_rows
from matching.requests import Request
from matching.terms import Term, terms_of


@dataclass(frozen=True)
class Prospects:
    """Numbers of offers that fit, that fit if something unknown is so, and that fit once they are adapted."""

    fits: int
    clarify: int
    adapt: int


def prospects(request: Request, frame: Frame) -> Prospects:
    """The outlooks of a whole ranking, counted. Wishes exclude nothing and are left out."""
    musts = tuple(requirement for requirement in request.requirements if requirement.must)
    terms = terms_of(replace(request, requirements=musts, text=""), frame, None)
    rows = passing_rows(terms, len(frame))
    adapt = _any(terms, rows, Grade.ADAPTABLE)
    clarify = _any(terms, rows, Grade.UNKNOWN) & ~adapt
    return Prospects(int((~adapt & ~clarify).sum()), int(clarify.sum()), int(adapt.sum()))


def _any(terms: list[Term], rows: NDArray[np.intp], grade: Grade) -> NDArray[np.bool_]:
    """Shape (rows,): whether any must of a row has that grade."""
    found = np.zeros(len(rows), dtype=bool)
    for term in terms:
        found |= np.take(term.must & (term.grade == grade), np.take(term.codes, rows))
    return found
