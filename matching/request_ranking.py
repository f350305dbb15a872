"""The other direction: the requests that suit one offer best, with the scores and reasons of a ranking.

The score of a pair is the same from both sides. The order is by what suits, never by who people are.
"""

from dataclasses import dataclass

from matching.frame import Frame
from matching.language import GERMAN, Language
from matching.offer_against_requests import judge_offer
from matching.ranking import Match, matches_of
from matching.request_index import RequestIndex
from matching.scoring import scores_of
from matching.text_similarity import TextIndex
from matching.tie_breaking import best_first


@dataclass(frozen=True)
class RequestRanking:
    """`considered` requests were looked at; `matches` are the best of those that miss nothing."""

    offer: str
    considered: int
    matches: tuple[Match, ...]


def rank_requests(
    offer: str,
    frame: Frame,
    index: RequestIndex,
    top: int | None = 20,
    seed: int = 0,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> RequestRanking:
    """The best `top` requests (all for None) for the offer of that id; KeyError where there is no such offer."""
    terms, positions, scores = judge_offer(index, frame, frame.position[offer]).scored(texts)
    order = best_first(
        scores,
        top,
        best_cases=lambda some: scores_of(terms, positions[some], "for"),
        ties=lambda some: index.tie_breaks(positions[some], seed),
    )
    listed = positions[order]
    pairs = [(index.ids[position], offer) for position in listed.tolist()]
    return RequestRanking(offer, len(index), matches_of(terms, pairs, listed, language))
