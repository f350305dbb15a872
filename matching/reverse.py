"""The other direction: the requests that suit one offer best, with the scores and reasons of a ranking.

The score of a pair is the same from both sides. The order is by what suits, never by who people are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.explanation import AdaptationAdvice, Reason, adaptations_of, reasons_of
from matching.frame import Frame
from matching.kinds import Floats
from matching.language import GERMAN, Language
from matching.mirror import Facing, face
from matching.ranking import TIE_DIGITS, Outlook, outlook_of, scores_of
from matching.stack import RequestStack
from matching.terms import Term
from matching.text import TextIndex


@dataclass(frozen=True)
class Candidate:
    """One request for an offer; the fields are those of a `Match`."""

    request: str
    rank: int
    outlook: Outlook
    score: float
    worst: float
    best: float
    reasons: tuple[Reason, ...]
    adaptations: tuple[AdaptationAdvice, ...]


@dataclass(frozen=True)
class RequestRanking:
    """`considered` requests were looked at; `candidates` are the best of those that miss nothing."""

    offer: str
    considered: int
    candidates: tuple[Candidate, ...]


def rank_requests(
    offer: str,
    frame: Frame,
    stack: RequestStack,
    top: int | None = 20,
    seed: int = 0,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> RequestRanking:
    """The best `top` requests (all for None) for the offer of that id; KeyError where there is no such offer."""
    facing = face(stack, frame, frame.position[offer])
    terms, places, scores = scored(facing, texts)
    order = _best_first(terms, stack, places, scores, seed)[:top]
    worst, best = (scores_of(terms, places[order], settled) for settled in ("against", "for"))
    candidates = tuple(
        Candidate(
            request=stack.ids[place],
            rank=number + 1,
            outlook=outlook_of(terms, place),
            score=float(scores[index]),
            worst=float(worst[number]),
            best=float(best[number]),
            reasons=reasons_of(terms, place, language),
            adaptations=adaptations_of(terms, place),
        )
        for number, (index, place) in enumerate(zip(order.tolist(), places[order].tolist(), strict=True))
    )
    return RequestRanking(offer, len(stack), candidates)


def scored(facing: Facing, texts: TextIndex | None = None) -> tuple[list[Term], NDArray[np.intp], Floats]:
    """All terms with texts compared, the requests that miss nothing and their scores."""
    compared = facing.compared(facing.places, texts)
    scores = facing.scores(facing.places, facing.chance, compared)
    listed = np.flatnonzero(scores > 0)  # a text may be a must, too
    return facing.terms + compared, facing.places[listed], scores[listed]


def _best_first(
    terms: list[Term], stack: RequestStack, places: NDArray[np.intp], scores: Floats, seed: int
) -> NDArray[np.intp]:
    """Indices into `places` in order of score, best case and the run's tie-break."""
    best = np.round(scores_of(terms, places, "for"), TIE_DIGITS)
    return np.lexsort((stack.tie_breaks(places, seed), -best, -np.round(scores, TIE_DIGITS)))
