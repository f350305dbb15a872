"""What works would bring: for an owner, every adaptation of an offer and how many seekers it would newly serve.

A measure serves a request newly where at least one must is adaptable by it and no must of either side is missed
or needs other works: after the works the offer fits, or is left to be clarified. Where the owner has refused
conversions nothing is adaptable, and there is no advice to give.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.dictionary_encoding import AGREED
from matching.explanation import AdaptationAdvice, advice_of
from matching.frame import Frame
from matching.grading import Grade, adaptation_for
from matching.kinds import Adaptation
from matching.language import GERMAN, Language, mark
from matching.offer_against_requests import OfferAgainstRequests, judge_offer
from matching.outlook import count_musts, graded_musts, musts_alone
from matching.request_index import RequestIndex
from matching.requests import Request
from matching.requirement_terms import Term, terms_of
from matching.text_similarity import TextIndex


@dataclass(frozen=True)
class Advice:
    """One measure at one offer: the criteria it would meet, cost range in euro of all its pieces, who must consent,
    programmes that may pay, and how many open requests the offer would newly fit."""

    offer: str
    measure: str
    label: str
    keys: tuple[str, ...]
    cost_eur: tuple[int, int]
    consent: str
    funding: tuple[str, ...]
    newly_fits: int
    sentence: str


def adaptation_advice(
    offers: Sequence[str],
    frame: Frame,
    index: RequestIndex,
    language: Language = GERMAN,
    texts: TextIndex | None = None,
) -> tuple[Advice, ...]:
    """Every measure that at least one open request would need, per offer the most useful first; KeyError for an offer
    that there is not."""
    texts = texts or TextIndex(frame.texts)
    found: list[Advice] = []
    for offer in offers:
        advice = _advice(offer, judge_offer(index, frame, frame.position[offer]), language, texts)
        found += sorted(advice, key=lambda item: -item.newly_fits)
    return tuple(found)


def _advice(offer: str, against: OfferAgainstRequests, language: Language, texts: TextIndex) -> list[Advice]:
    works: dict[str, list[tuple[Adaptation, Term]]] = {}
    short = count_musts(against.musts, len(against.index), Grade.MISSED, Grade.ADAPTABLE)
    for term in against.musts:
        adaptation = adaptation_for(term.criterion, float(term.levels.basis[0])) if term.side == "seeker" else None
        if adaptation is not None and np.take(graded_musts(term, Grade.ADAPTABLE), term.codes).any():
            works.setdefault(adaptation.measure, []).append((adaptation, term))
    return [_measure(offer, against, parts, short, language, texts) for parts in works.values()]


def _measure(
    offer: str,
    against: OfferAgainstRequests,
    parts: list[tuple[Adaptation, Term]],
    short: NDArray[np.uint16],
    language: Language,
    texts: TextIndex,
) -> Advice:
    adapted = count_musts([term for _, term in parts], len(against.index), Grade.ADAPTABLE)
    positions = np.flatnonzero((adapted > 0) & (adapted == short))
    if against.compares_texts:
        positions = positions[count_musts(against.compared(positions, texts), positions, Grade.MISSED) == 0]
    agreed = any(int(term.levels.consent[0]) == AGREED for _, term in parts)
    keys = list(dict.fromkeys(term.criterion.key for _, term in parts))
    works = advice_of(parts[0][0], agreed, keys)
    return Advice(
        offer=offer,
        measure=works.measure,
        label=works.label,
        keys=works.keys,
        cost_eur=works.cost_eur,
        consent=works.consent,
        funding=works.funding,
        newly_fits=len(positions),
        sentence=_sentence(works, len(positions), language),
    )


def _sentence(advice: AdaptationAdvice, count: int, language: Language) -> str:
    works, cost = language.say(advice.label), language.cost_range(*advice.cost_eur)
    return language.say(BRINGS, works=works, cost=cost, count=language.number(count))


def works_that_alone_help(request: Request, frame: Frame, texts: TextIndex | None = None) -> dict[str, int]:
    """For one seeker, by measure how many offers would newly serve them after this measure and no other works."""
    terms, size = terms_of(musts_alone(request), frame, texts), len(frame)
    short = count_musts(terms, size, Grade.MISSED, Grade.ADAPTABLE)
    adapted: dict[str, NDArray[np.uint16]] = {}
    for term in terms:
        states = graded_musts(term, Grade.ADAPTABLE)
        if term.side != "seeker" or not states.any():
            continue
        measures = [adaptation_for(term.criterion, float(basis)) for basis in term.levels.basis]
        for measure in {works.measure for works in measures if works is not None}:
            by_it = states & np.array([works is not None and works.measure == measure for works in measures])
            counted = adapted.setdefault(measure, np.zeros(size, dtype=np.uint16))
            counted += np.take(by_it, term.codes)
    helped = {measure: int(np.count_nonzero((count > 0) & (count == short))) for measure, count in adapted.items()}
    return {measure: offers for measure, offers in helped.items() if offers}


BRINGS = mark("%(works)s, %(cost)s: Danach kommen so viele Gesuche neu infrage: %(count)s.")
