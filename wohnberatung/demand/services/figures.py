"""Who seeks at present, in rounded counts, beside what an organisation has, and what would help one of its offers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _
from flask_babel import ngettext
from numpy.typing import NDArray
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.grading import Grade
from matching.offer_against_requests import OfferAgainstRequests, judge_offer
from matching.outlook import count_musts, graded_musts
from matching.request_index import RequestIndex
from matching.requests import Request
from matching.whatif.adaptation_advice import adaptation_advice
from wohnberatung.accounts.services.organisations import load_organisation
from wohnberatung.advice.services.parameters import funding_programs
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.bridge.needs import RENT_BANDS, neighbourhoods_wanted, rent_band
from wohnberatung.bridge.questionnaires import neighbourhood_name, neighbourhood_of
from wohnberatung.bridge.summary import profile_words
from wohnberatung.bridge.wording import money
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.lifecycle import own_offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services.open_requests import open_requests

STEP = 5


def rounded(count: int) -> int:
    """To the nearest 5; two people and nobody look the same."""
    return STEP * ((count + STEP // 2) // STEP)


def households(count: int) -> str:
    """A count in words, rounded."""
    near = rounded(count)
    return _("etwa %(count)s Haushalte", count=near) if near else _("kaum ein Haushalt")


def people(count: int) -> str:
    """A count in words, rounded."""
    near = rounded(count)
    return _("etwa %(count)s Menschen", count=near) if near else _("einzelne Menschen")


Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class DemandFigures:
    """Some offers as a frame, and all requests as an index; `requests` in the order of the index."""

    frame: Frame
    index: RequestIndex
    requests: tuple[Request, ...]

    def judged(self, offer_id: str) -> OfferAgainstRequests:
        """One offer against all requests."""
        return judge_offer(self.index, self.frame, self.frame.position[offer_id])


def market_of(offer_ids: Sequence[str]) -> DemandFigures:
    """For offers in any state; at least one."""
    found = open_requests()
    return DemandFigures(frame_of_offers(offer_ids), found.index, found.each)


def possible(judged: OfferAgainstRequests) -> Mask:
    """Shape (requests,): nothing is missed and nothing would have to be built; questions may be open."""
    result: Mask = np.zeros(len(judged.index), dtype=bool)
    listed = judged.positions
    result[listed[count_musts(judged.musts, listed, Grade.ADAPTABLE) == 0]] = True
    return result


def unknown_musts(judged: OfferAgainstRequests) -> dict[str, Mask]:
    """By fact key, shape (requests,): a must of the request cannot be judged, as the fact is not known."""
    found: dict[str, Mask] = {}
    for term in judged.musts:
        states = graded_musts(term, Grade.UNKNOWN)
        if term.side == "seeker" and states.any():
            mask = np.take(states, term.codes)
            key = term.criterion.key
            found[key] = found[key] | mask if key in found else mask
    return found


MOST_ANSWERS = 3


@dataclass(frozen=True)
class Works:
    """One measure: what it costs, who may pay, how many more households it would serve (in words, rounded)."""

    label: str
    cost: tuple[int, int]
    funding: tuple[str, ...]
    serves: str


@dataclass(frozen=True)
class Advised:
    """`now`: for whom the offer comes into question already, in words; `findable`: what a few answers would change,
    empty where nothing; `answers` their labels; `works` the most useful first."""

    now: str
    findable: str
    answers: tuple[str, ...]
    works: tuple[Works, ...]


def advice_for(offer_id: str, actor: Actor) -> Advised:
    """For whoever may change the offer; NotFound for all others. Nothing of it tells who seeks."""
    offer = own_offer(offer_id, actor)
    market = market_of([offer.id])
    judged = market.judged(offer.id)
    certain, keys, more = _answers(possible(judged), unknown_musts(judged))
    return Advised(
        now=people(certain),
        findable=_findable(len(keys), more),
        answers=tuple(_(HOMES.criterion(key).label) for key in keys),
        works=tuple(_works(market, offer.id)),
    )


def _answers(may: Mask, unknown: dict[str, Mask]) -> tuple[int, list[str], int]:
    """How many requests are certain now; up to three facts, and how many more they would make certain.

    Taken greedily: each time the fact after which the fewest open questions remain, counted over requests.
    """
    open_questions = np.sum(list(unknown.values()), axis=0) if unknown else np.zeros(len(may), dtype=int)
    certain = int((may & (open_questions == 0)).sum())
    chosen: list[str] = []
    left = open_questions.astype(float)
    while len(chosen) < MOST_ANSWERS and len(chosen) < len(unknown):
        rest = [key for key in unknown if key not in chosen]
        weights = np.where(may & (left > 0), 1.0 / np.maximum(left, 1), 0.0)
        best = max(rest, key=lambda key: float(weights[unknown[key]].sum()))
        chosen.append(best)
        left = left - unknown[best]
    more = int((may & (open_questions > 0) & (left == 0)).sum())
    return (certain, chosen, more) if more else (certain, [], 0)


def _findable(answers: int, more: int) -> str:
    if not answers or not rounded(more):
        return ""
    return ngettext(
        "Eine Antwort würde dieses Angebot für %(people)s mehr auffindbar machen.",
        "%(num)s Antworten würden dieses Angebot für %(people)s mehr auffindbar machen.",
        answers,
        people=people(more),
    )


def _works(market: DemandFigures, offer_id: str) -> list[Works]:
    found = [each for each in adaptation_advice([offer_id], market.frame, market.index) if each.newly_fits]
    names = {program.key: program.name for program in funding_programs({key for each in found for key in each.funding})}
    return [
        Works(
            label=_(each.label),
            cost=each.cost_eur,
            funding=tuple(names[key] for key in each.funding if key in names),
            serves=people(each.newly_fits),
        )
        for each in found
    ]


OPEN = (OfferStatus.DRAFT, OfferStatus.REVIEW, OfferStatus.PUBLISHED, OfferStatus.RESERVED)


@dataclass(frozen=True)
class DemandLine:
    """How many households seek, and for how many of them one of the homes comes into question; both rounded."""

    label: str
    seeking: int
    fitting: int


@dataclass(frozen=True)
class Demand:
    """`homes` is how many offers of the organisation are open; all counts of households are rounded to 5."""

    organisation: str
    homes: int
    total: DemandLine
    profiles: tuple[DemandLine, ...]
    neighbourhoods: tuple[DemandLine, ...]
    rents: tuple[DemandLine, ...]


def demand_for(organisation_id: str, actor: Actor) -> Demand:
    """For members and the office; NotFound for all others."""
    organisation = load_organisation(organisation_id, actor)
    ids = list(
        db.session.scalars(select(Offer.id).where(Offer.organisation_id == organisation_id, Offer.status.in_(OPEN)))
    )
    market = market_of(ids)
    fits = _fits(market, ids)
    codes = _neighbourhoods_of(organisation_id)
    wanted = [set(neighbourhoods_wanted(each)) for each in market.requests]
    bands = [rent_band(each) for each in market.requests]
    return Demand(
        organisation=organisation.name,
        homes=len(ids),
        total=_line("", np.ones(len(fits), dtype=bool), fits),
        profiles=_profile_lines(market, fits),
        neighbourhoods=tuple(
            _line(neighbourhood_name(code), _mask(code in each for each in wanted), fits) for code in codes
        ),
        rents=tuple(_line(label, _mask(each == key for each in bands), fits) for key, label in _bands()),
    )


def _bands() -> list[tuple[int, str]]:
    named = [(band, _("bis %(rent)s", rent=money(band))) for band in RENT_BANDS]
    return [*named, (-1, _("mehr oder ohne Grenze"))]


def _fits(market: DemandFigures, ids: Iterable[str]) -> Mask:
    """Shape (requests,): at least one of the offers comes into question as it is."""
    result: Mask = np.zeros(len(market.requests), dtype=bool)
    for offer_id in ids:
        result |= possible(market.judged(offer_id))
    return result


def _profile_lines(market: DemandFigures, fits: Mask) -> tuple[DemandLine, ...]:
    counted = Counter(key for each in market.requests for key in each.profiles)
    lines = (
        _line(profile_words([key])[0], _mask(key in each.profiles for each in market.requests), fits)
        for key, _count in counted.most_common()
    )
    return tuple(line for line in lines if line.seeking)


def _neighbourhoods_of(organisation_id: str) -> list[str]:
    """Where the organisation has homes, as codes."""
    own = (Dwelling.organisation_id == organisation_id) & Dwelling.merged_into_id.is_(None)
    rows = db.session.scalars(select(Dwelling).where(own))
    codes = {neighbourhood_of({fact.key: getattr(row, fact.key) for fact in row.own_facts()}) for row in rows}
    return sorted(code for code in codes if code)


def _mask(answers: Iterable[bool]) -> Mask:
    return np.fromiter(answers, dtype=bool)


def _line(label: str, who: Mask, fits: Mask) -> DemandLine:
    return DemandLine(label, rounded(int(who.sum())), rounded(int((who & fits).sum())))
