"""Ranked matches of one request: chance, wish, score, interval, outlook and a reproducible order."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.explanation import AdaptationAdvice, Reason, adaptations_of, reasons_of
from matching.frame import Frame
from matching.grading import Grade
from matching.kinds import Floats
from matching.language import GERMAN, Language
from matching.requests import Request
from matching.terms import Settled, Side, Term, terms_of
from matching.text import TextIndex

CHANCE_SHARE = 0.5
"""Beta: how much of the score the musts decide alone; the wishes decide the rest."""

TIE_DIGITS = 12
"""Scores that agree to so many digits are equal: the last bits differ between machines."""


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
    terms = terms_of(request, frame, texts)
    rows = np.arange(len(frame)) if include_misses else passing_rows(terms, len(frame))
    scores = scores_of(terms, rows)
    order = best_first(terms, frame, rows, scores, top, seed)
    worst, best = (scores_of(terms, rows[order], settled) for settled in ("against", "for"))
    matches = tuple(
        Match(
            offer=frame.ids[row],
            rank=place + 1,
            outlook=outlook_of(terms, row),
            score=float(scores[index]),
            worst=float(worst[place]),
            best=float(best[place]),
            reasons=reasons_of(terms, row, language),
            adaptations=adaptations_of(terms, row),
        )
        for place, (index, row) in enumerate(zip(order.tolist(), rows[order].tolist(), strict=True))
    )
    return Ranking(request.id, len(frame), matches)


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


def scores_of(terms: list[Term], rows: NDArray[np.intp], settled: Settled = "expected") -> Floats:
    """Score per row: both sides' chances times β plus the rest weighed by the wishes (matching semantics 4)."""
    chance = np.ones(len(rows))
    merit: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    weight: dict[Side, Floats] = {"seeker": np.zeros(len(rows)), "provider": np.zeros(len(rows))}
    for term in terms:
        states = np.take(term.codes, rows)
        if term.must.any():
            chance *= np.take(term.chances(settled), states)
        if not term.must.all():
            merit[term.side] += np.take(term.merits(settled), states)
            weight[term.side] += np.take(term.weights(), states)
    seeker, provider = (_mean(merit[side], weight[side]) for side in ("seeker", "provider"))
    both = (weight["seeker"] > 0) & (weight["provider"] > 0)
    wish = np.where(both, np.sqrt(seeker * provider), seeker * provider)
    result: Floats = chance * (CHANCE_SHARE + (1.0 - CHANCE_SHARE) * wish)
    return result


def _mean(merit: Floats, weight: Floats) -> Floats:
    """Weighted mean of satisfaction; 1 where nothing is wished."""
    return np.where(weight > 0, merit / np.where(weight > 0, weight, 1.0), 1.0)


def best_first(
    terms: list[Term], frame: Frame, rows: NDArray[np.intp], scores: Floats, top: int | None, seed: int
) -> NDArray[np.intp]:
    """Indices into `rows` of the `top` best in order; ties by best case, then by the seeded hash of the id."""
    wanted = len(rows) if top is None else min(top, len(rows))
    if wanted == 0:
        return np.zeros(0, dtype=np.intp)
    bar = np.partition(scores, len(scores) - wanted)[len(scores) - wanted] - 10.0**-TIE_DIGITS
    candidates = np.flatnonzero(scores >= bar)
    chosen = rows[candidates]
    best = np.round(scores_of(terms, chosen, "for"), TIE_DIGITS)
    keys = (frame.tie_breaks(chosen, seed), -best, -np.round(scores[candidates], TIE_DIGITS))
    return candidates[np.lexsort(keys)][:wanted]


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
