"""Which open requests a new or changed offer enters, without ranking the rest of the supply.

A request's list is known by its bar: score, best case and tie-break of the last offer on it. An offer enters
where it comes before the bar, and every list that is not full. Bars are made once and kept; a list from which
an offer was taken away needs a new bar, a list that an offer entered may keep the old one until it is shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Mask, Positions
from matching.frame import Frame
from matching.language import GERMAN, Language, mark
from matching.offer_against_requests import OfferAgainstRequests, judge_offer
from matching.outlook import Outlook, outlooks_of
from matching.request_index import RequestIndex
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.scoring import passing_rows, scores_of
from matching.text_similarity import TextIndex
from matching.tie_breaking import ROUNDING, Hashes, bar_of, rounded

NO_BAR = -1.0


@dataclass(frozen=True)
class Bars:
    """The last of every request's list of `top`, arrays of shape (requests,); score −1 where it is not full."""

    top: int
    seed: int
    score: Floats
    best: Floats
    tie: Hashes


@dataclass(frozen=True)
class Newcomer:
    """An offer that belongs on the list of a request; `bar` is the score it came before, None where the list is
    not full."""

    offer: str
    request: str
    outlook: Outlook
    score: float
    bar: float | None
    sentence: str


def bars_of(
    index: RequestIndex,
    frame: Frame,
    top: int = 20,
    seed: int = 0,
    leave_out: Collection[str] = (),
    texts: TextIndex | None = None,
) -> Bars:
    """The bars of all requests, offers of the ids in `leave_out` counted as not there."""
    texts = texts or TextIndex(frame.texts)
    absent = np.array([frame.position[offer] for offer in leave_out if offer in frame.position], dtype=np.intp)
    bars = [_bar(request, frame, top, seed, absent, texts) for request in index.requests]
    score, best, tie = zip(*bars, strict=True) if bars else ((), (), ())
    return Bars(top, seed, np.array(score), np.array(best), np.array(tie, dtype=np.uint64))


def _bar(
    request: Request, frame: Frame, top: int, seed: int, absent: Positions, texts: TextIndex
) -> tuple[float, float, int]:
    terms = terms_of(request, frame, texts)
    rows = passing_rows(terms, len(frame))
    rows = rows[~np.isin(rows, absent)] if len(absent) else rows
    if len(rows) < top:
        return NO_BAR, NO_BAR, 0
    scores = scores_of(terms, rows)
    near = rows[scores >= bar_of(scores, top)]
    score, best = (rounded(scores_of(terms, near, settled)) for settled in ("expected", "for"))
    tie = frame.tie_breaks(near, seed)
    last = np.lexsort((tie, -best, -score))[top - 1]
    return float(score[last]), float(best[last]), int(tie[last])


def newcomers(
    offers: Sequence[str],
    frame: Frame,
    index: RequestIndex,
    bars: Bars,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> tuple[Newcomer, ...]:
    """The requests that each of the offers enters, best first; KeyError for an offer that the frame does
    not hold already."""
    texts = texts or TextIndex(frame.texts)
    found: list[Newcomer] = []
    for offer in offers:
        found += _entered(judge_offer(index, frame, frame.position[offer]), bars, language, texts)
    return tuple(found)


def _entered(against: OfferAgainstRequests, bars: Bars, language: Language, texts: TextIndex) -> list[Newcomer]:
    positions, chance = _within_reach(against, bars)
    compared = against.compared(positions, texts)
    terms = against.terms + compared
    score = rounded(against.scores(positions, chance, compared))
    enters = np.flatnonzero(
        (score > 0) & ((score > bars.score[positions]) | _wins_tie(against, terms, positions, score, bars))
    )
    enters = enters[np.lexsort((against.index.tie_breaks(positions[enters], bars.seed), -score[enters]))]
    outlooks = outlooks_of([*against.musts, *terms[len(against.terms) :]], positions[enters])
    return [
        _newcomer(against, position, float(score[number]), outlook, bars, language)
        for number, position, outlook in zip(enters.tolist(), positions[enters].tolist(), outlooks, strict=True)
    ]


def _wins_tie(
    against: OfferAgainstRequests, terms: list[Term], positions: Positions, score: Floats, bars: Bars
) -> Mask:
    """Where the score stands at the bar, the best case decides, then the run's tie-break."""
    wins = np.zeros(len(positions), dtype=bool)
    tied = np.flatnonzero(score == bars.score[positions])
    if len(tied):
        at = positions[tied]
        best = rounded(scores_of(terms, at, "for"))
        tie = against.frame.tie_breaks(np.array([against.row]), bars.seed)[0]
        wins[tied] = (best > bars.best[at]) | ((best == bars.best[at]) & (tie < bars.tie[at]))
    return wins


def _within_reach(against: OfferAgainstRequests, bars: Bars) -> tuple[Positions, Floats]:
    """Requests whose bar the offer could pass, by its chance, then with every text taken as the same; and their
    chances."""
    least = bars.score - ROUNDING
    near = np.flatnonzero(against.chance >= least[against.positions])
    positions, chance = against.positions[near], against.chance[near]
    if against.compares_texts:
        near = np.flatnonzero(against.scores(positions, chance, against.hopeful_texts()) >= least[positions])
        positions, chance = positions[near], chance[near]
    return positions, chance


def _newcomer(
    against: OfferAgainstRequests, position: int, score: float, outlook: Outlook, bars: Bars, language: Language
) -> Newcomer:
    offer, request = against.frame.ids[against.row], against.index.ids[position]
    bar = None if bars.score[position] == NO_BAR else float(bars.score[position])
    sentence = language.say(ENTERS, offer=offer, request=request, top=language.number(bars.top))
    return Newcomer(offer, request, outlook, score, bar, sentence)


ENTERS = mark("Das Angebot %(offer)s gehört zu den besten für das Gesuch %(request)s, auf den Plätzen 1 bis %(top)s.")
