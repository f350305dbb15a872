"""Ranked matches of one request: chance, wish, score, interval, outlook and a reproducible order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.explanation import AdaptationAdvice, Reason, adaptations_of, reasons_of
from matching.frame import Frame
from matching.grading import Grade
from matching.language import GERMAN, Language
from matching.requests import Request
from matching.scores import intervals_of, scores_of
from matching.shortlist import TIE_DIGITS, Search, best_first
from matching.terms import Term, terms_of
from matching.text import TextIndex

__all__ = [
    "TIE_DIGITS",
    "Match",
    "Outlook",
    "Ranking",
    "match_of",
    "matches_of",
    "outlook_of",
    "passing_rows",
    "rank",
    "scores_of",
]


class Outlook(StrEnum):
    """What the grades of all musts amount to."""

    FITS = "fits"
    CLARIFY = "clarify"
    ADAPT = "adapt"
    MISSES = "misses"


@dataclass(frozen=True)
class Match:
    """One supply row for one request. `worst` and `best` are the score with every unknown settled against
    and for; `reasons` and `adaptations` come from the very grades that made the score."""

    offer: str
    rank: int
    outlook: Outlook
    score: float
    worst: float
    best: float
    reasons: tuple[Reason, ...]
    adaptations: tuple[AdaptationAdvice, ...]


@dataclass(frozen=True)
class Ranking:
    """`considered` rows of supply were looked at; `matches` are the best of them."""

    request: str
    considered: int
    matches: tuple[Match, ...]


def rank(
    request: Request,
    frame: Frame,
    top: int | None = 20,
    seed: int = 0,
    include_misses: bool = False,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> Ranking:
    """The best `top` rows (all for None) in order of score, best case and the run's tie-break."""
    if include_misses or top is None:
        terms = terms_of(request, frame, texts)
        rows = np.arange(len(frame)) if include_misses else passing_rows(terms, len(frame))
        scores = scores_of(terms, rows)
        rows = rows[best_first(terms, frame, rows, scores, top, seed)]
    else:
        search = Search(request, frame, texts)
        rows, _ = search.best(top, seed)
        terms = search.terms(rows)
    matches = matches_of(terms, frame, rows, language)
    return Ranking(request.id, len(frame), matches)


def match_of(
    request: Request, frame: Frame, offer: str, language: Language = GERMAN, texts: TextIndex | None = None
) -> Match:
    """One pair alone, judged as in a ranking, as rank 1; KeyError where there is no such offer."""
    row = np.array([frame.position[offer]])
    terms = terms_of(request, frame, texts, compared=row)
    return matches_of(terms, frame, row, language)[0]


def matches_of(terms: list[Term], frame: Frame, rows: NDArray[np.intp], language: Language) -> tuple[Match, ...]:
    """The rows, in their order, as matches of rank 1, 2, …"""
    worst, scores, best = intervals_of(terms, rows)
    return tuple(
        Match(
            offer=frame.ids[row],
            rank=place + 1,
            outlook=outlook_of(terms, row),
            score=float(scores[place]),
            worst=float(worst[place]),
            best=float(best[place]),
            reasons=reasons_of(terms, row, language),
            adaptations=adaptations_of(terms, row),
        )
        for place, row in enumerate(rows.tolist())
    )


def passing_rows(terms: list[Term], size: int) -> NDArray[np.intp]:
    """Positions of the rows that miss no must of either side; the most selective must is looked up first."""
    rows: NDArray[np.intp] | None = None
    for keep, codes in sorted(_filters(terms), key=lambda item: item[0].mean()):
        if rows is None:
            rows = np.flatnonzero(np.take(keep, codes))
        else:
            rows = np.take(rows, np.flatnonzero(np.take(keep, np.take(codes, rows))))
    return np.arange(size) if rows is None else rows


def _filters(terms: list[Term]) -> list[tuple[NDArray[np.bool_], NDArray[Any]]]:
    kept = ((term.chances() > 0, term.codes) for term in terms)
    return [(keep, codes) for keep, codes in kept if not keep.all()]


def outlook_of(terms: list[Term], row: int) -> Outlook:
    """What the grades of all musts of both sides amount to for one row."""
    states = [(term, int(term.codes[row])) for term in terms]
    grades = {int(term.grade[state]) for term, state in states if term.must[state]}
    for grade, outlook in (
        (Grade.MISSED, Outlook.MISSES),
        (Grade.ADAPTABLE, Outlook.ADAPT),
        (Grade.UNKNOWN, Outlook.CLARIFY),
    ):
        if grade in grades:
            return outlook
    return Outlook.FITS
