"""Outlooks of many rows at once, from the same grades as those of one, and rankings of one outlook alone."""

import numpy as np
from numpy.typing import NDArray

from matching.frame import Frame
from matching.grading import Grade
from matching.language import GERMAN, Language
from matching.ranking import Outlook, Ranking, matches_of, passing_rows
from matching.requests import Request
from matching.scores import scores_of
from matching.shortlist import best_first
from matching.terms import Term, terms_of
from matching.text import TextIndex

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


def rank_outlook(
    request: Request,
    frame: Frame,
    outlook: Outlook,
    top: int = 20,
    seed: int = 0,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> Ranking:
    """The best `top` rows of that outlook, in the order of a whole ranking and numbered anew. Those that miss a must
    are ordered by the fewest missed."""
    terms = terms_of(request, frame, texts)
    passing = passing_rows(terms, len(frame))
    if outlook is Outlook.MISSES:
        rows = np.setdiff1d(np.arange(len(frame)), passing, assume_unique=True)
        rows = _least_missed(terms, frame, rows, top, seed)
    else:
        rows = passing[[found is outlook for found in outlooks_of(terms, passing)]]
        rows = rows[best_first(terms, frame, rows, scores_of(terms, rows), top, seed)]
    return Ranking(request.id, len(frame), matches_of(terms, frame, rows, language))


def _least_missed(terms: list[Term], frame: Frame, rows: Rows, top: int, seed: int) -> Rows:
    missed = np.zeros(len(rows), dtype=np.uint16)
    for term in terms:
        states = term.must & (term.grade == Grade.MISSED)
        missed += np.take(states, np.take(term.codes, rows))
    order = np.lexsort((frame.tie_breaks(rows, seed), missed))
    return rows[order[:top]]
