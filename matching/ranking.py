"""Ranked matches of one request: score, interval, outlook and reasons, in a reproducible order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Positions
from matching.explanation import AdaptationAdvice, Reason, adaptations_of, reasons_of
from matching.frame import Frame
from matching.grading import Grade
from matching.language import GERMAN, Language
from matching.outlook import Outlook, count_musts, outlooks_of, with_outlook
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.scoring import intervals_of, passing_rows, scores_of
from matching.text_similarity import TextIndex
from matching.tie_breaking import best_first
from matching.top_k_search import TopKSearch


@dataclass(frozen=True)
class Match:
    """One request and one offer, judged. `rank` counts from 1 on the list that it comes from, of offers for the request
    or of requests for the offer. `worst` and `best` are the score with every unknown settled against and for; `reasons`
    and `adaptations` come from the very grades that made the score."""

    request: str
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
        rows, _ = best_rows(terms, frame, rows, top, seed)
    else:
        search = TopKSearch(request, frame, texts)
        rows, _ = search.best(top, seed)
        terms = search.terms(rows)
    return _ranking(request, terms, frame, rows, language)


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
        missed = count_musts(terms, rows, Grade.MISSED)
        rows = rows[np.lexsort((frame.tie_breaks(rows, seed), missed))[:top]]
    else:
        rows, _ = best_rows(terms, frame, with_outlook(terms, passing, outlook), top, seed)
    return _ranking(request, terms, frame, rows, language)


def match_of(
    request: Request, frame: Frame, offer: str, language: Language = GERMAN, texts: TextIndex | None = None
) -> Match:
    """One pair alone, judged as in a ranking, as rank 1; KeyError where there is no such offer."""
    row = np.array([frame.position[offer]])
    terms = terms_of(request, frame, texts, compared=row)
    return matches_of(terms, [(request.id, offer)], row, language)[0]


def best_rows(
    terms: Sequence[Term], frame: Frame, rows: Positions, top: int | None, seed: int
) -> tuple[Positions, Floats]:
    """The `top` best of the rows (all for None) in order, with their scores."""
    scores = scores_of(terms, rows)
    order = best_first(
        scores,
        top,
        best_cases=lambda some: scores_of(terms, rows[some], "for"),
        ties=lambda some: frame.tie_breaks(rows[some], seed),
    )
    return rows[order], scores[order]


def matches_of(
    terms: list[Term], pairs: Sequence[tuple[str, str]], rows: Positions, language: Language
) -> tuple[Match, ...]:
    """The rows, in their order, as matches of rank 1, 2, …; `pairs` names the request and the offer of each."""
    worst, scores, best = intervals_of(terms, rows).tolist()
    outlooks = outlooks_of(terms, rows)
    return tuple(
        Match(
            request=request,
            offer=offer,
            rank=number + 1,
            outlook=outlooks[number],
            score=scores[number],
            worst=worst[number],
            best=best[number],
            reasons=reasons_of(terms, row, language),
            adaptations=adaptations_of(terms, row),
        )
        for number, ((request, offer), row) in enumerate(zip(pairs, rows.tolist(), strict=True))
    )


def _ranking(request: Request, terms: list[Term], frame: Frame, rows: Positions, language: Language) -> Ranking:
    pairs = [(request.id, frame.ids[row]) for row in rows.tolist()]
    return Ranking(request.id, len(frame), matches_of(terms, pairs, rows, language))
