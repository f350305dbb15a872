"""Which open requests a new or changed offer enters, without ranking the rest of the supply.

A request's list is known by its bar: score, best case and tie-break of the last offer on it. An offer enters
where it comes before the bar, and every list that is not full. Bars are made once and kept; a list from which
an offer was taken away needs a new bar, a list that an offer entered may keep the old one until it is shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.frame import Frame
from matching.kinds import Floats
from matching.language import GERMAN, Language, mark
from matching.mirror import Facing, Places, face
from matching.ranking import TIE_DIGITS, Outlook, passing_rows, scores_of
from matching.requests import Request
from matching.stack import RequestStack
from matching.terms import Term, terms_of
from matching.text import TextIndex
from matching.whatif.outlooks import outlooks_of

NO_BAR = -1.0
ROUNDING = 10.0**-TIE_DIGITS


@dataclass(frozen=True)
class Bars:
    """The last place of every request's list of `top`, arrays of shape (requests,); score −1 where it is not full."""

    top: int
    seed: int
    score: Floats
    best: Floats
    tie: NDArray[np.uint64]


@dataclass(frozen=True)
class Newcomer:
    """An offer that belongs on the list of a request; `bar` is the score it came before, None on a free place."""

    offer: str
    request: str
    outlook: Outlook
    score: float
    bar: float | None
    sentence: str


def bars_of(
    stack: RequestStack,
    frame: Frame,
    top: int = 20,
    seed: int = 0,
    leave_out: Collection[str] = (),
    texts: TextIndex | None = None,
) -> Bars:
    """The bars of all requests, offers of the ids in `leave_out` counted as not there."""
    texts = texts or TextIndex(frame.texts)
    absent = np.array([frame.position[offer] for offer in leave_out if offer in frame.position], dtype=np.intp)
    bars = [_bar(request, frame, top, seed, absent, texts) for request in stack.requests]
    score, best, tie = zip(*bars, strict=True) if bars else ((), (), ())
    return Bars(top, seed, np.array(score), np.array(best), np.array(tie, dtype=np.uint64))


def _bar(
    request: Request, frame: Frame, top: int, seed: int, absent: Places, texts: TextIndex
) -> tuple[float, float, int]:
    terms = terms_of(request, frame, texts)
    rows = passing_rows(terms, len(frame))
    rows = rows[~np.isin(rows, absent)] if len(absent) else rows
    if len(rows) < top:
        return NO_BAR, NO_BAR, 0
    scores = scores_of(terms, rows)
    near = rows[scores >= np.partition(scores, len(scores) - top)[len(scores) - top] - ROUNDING]
    score, best = (np.round(scores_of(terms, near, settled), TIE_DIGITS) for settled in ("expected", "for"))
    tie = frame.tie_breaks(near, seed)
    last = np.lexsort((tie, -best, -score))[top - 1]
    return float(score[last]), float(best[last]), int(tie[last])


def newcomers(
    offers: Sequence[str],
    frame: Frame,
    stack: RequestStack,
    bars: Bars,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> tuple[Newcomer, ...]:
    """The requests that each of the offers enters, best first; the frame holds the offers already."""
    texts = texts or TextIndex(frame.texts)
    found: list[Newcomer] = []
    for offer in offers:
        found += _entered(face(stack, frame, frame.position[offer]), bars, language, texts)
    return tuple(found)


def _entered(facing: Facing, bars: Bars, language: Language, texts: TextIndex) -> list[Newcomer]:
    places, chance = _within_reach(facing, bars)
    compared = facing.compared(places, texts)
    terms = facing.terms + compared
    score = np.round(facing.scores(places, chance, compared), TIE_DIGITS)
    enters = np.flatnonzero(
        (score > 0) & ((score > bars.score[places]) | _wins_tie(facing, terms, places, score, bars))
    )
    enters = enters[np.lexsort((facing.stack.tie_breaks(places[enters], bars.seed), -score[enters]))]
    outlooks = outlooks_of([*facing.musts, *terms[len(facing.terms) :]], places[enters])
    return [
        _newcomer(facing, place, float(score[index]), outlook, bars, language)
        for index, place, outlook in zip(enters.tolist(), places[enters].tolist(), outlooks, strict=True)
    ]


def _wins_tie(facing: Facing, terms: list[Term], places: Places, score: Floats, bars: Bars) -> NDArray[np.bool_]:
    """Where the score stands at the bar, the best case decides, then the run's tie-break."""
    wins = np.zeros(len(places), dtype=bool)
    tied = np.flatnonzero(score == bars.score[places])
    if len(tied):
        at = places[tied]
        best = np.round(scores_of(terms, at, "for"), TIE_DIGITS)
        tie = facing.frame.tie_breaks(np.array([facing.row]), bars.seed)[0]
        wins[tied] = (best > bars.best[at]) | ((best == bars.best[at]) & (tie < bars.tie[at]))
    return wins


def _within_reach(facing: Facing, bars: Bars) -> tuple[Places, Floats]:
    """Requests whose bar the offer could pass, by its chance, then with every text taken as the same; and their
    chances."""
    least = bars.score - ROUNDING
    near = np.flatnonzero(facing.chance >= least[facing.places])
    places, chance = facing.places[near], facing.chance[near]
    if facing.compares_texts:
        near = np.flatnonzero(facing.scores(places, chance, facing.hopeful_texts()) >= least[places])
        places, chance = places[near], chance[near]
    return places, chance


def _newcomer(facing: Facing, place: int, score: float, outlook: Outlook, bars: Bars, language: Language) -> Newcomer:
    offer, request = facing.frame.ids[facing.row], facing.stack.ids[place]
    bar = None if bars.score[place] == NO_BAR else float(bars.score[place])
    sentence = language.say(ENTERS, offer=offer, request=request, top=language.number(bars.top))
    return Newcomer(offer, request, outlook, score, bar, sentence)


ENTERS = mark("Das Angebot %(offer)s gehört zu den %(top)s besten Angeboten für das Gesuch %(request)s.")
