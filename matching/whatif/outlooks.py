"""Outlooks of many rows at once, from the same grades as those of one."""

import numpy as np
from numpy.typing import NDArray

from matching.grading import Grade
from matching.ranking import Outlook
from matching.terms import Term

Rows = NDArray[np.intp]


def falls_short(terms: list[Term], grade: Grade, rows: Rows) -> NDArray[np.bool_]:
    """Shape (rows,): at least one must has that grade."""
    result = np.zeros(len(rows), dtype=bool)
    for term in terms:
        states = term.must & (term.grade == grade)
        if states.any():
            result |= np.take(states, np.take(term.codes, rows))
    return result


def outlooks_of(terms: list[Term], rows: Rows) -> list[Outlook]:
    """What the grades of all musts of both sides amount to, for each of the rows."""
    missed, adaptable, unknown = (
        falls_short(terms, grade, rows) for grade in (Grade.MISSED, Grade.ADAPTABLE, Grade.UNKNOWN)
    )
    kinds = (Outlook.MISSES, Outlook.ADAPT, Outlook.CLARIFY, Outlook.FITS)
    chosen = np.select([missed, adaptable, unknown], [0, 1, 2], 3)
    return [kinds[kind] for kind in chosen.tolist()]
