"""Who seeks at present, beside what an organisation has: counts by need, place and rent, all rounded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.services import load_organisation
from wohnberatung.bridge.demand import RENT_BANDS, place_label, places_wanted, rent_band
from wohnberatung.bridge.entering import place_of
from wohnberatung.bridge.summary import profile_words
from wohnberatung.core.actors import Actor
from wohnberatung.demand.rounding import rounded
from wohnberatung.demand.services.facing import Market, Mask, market_of, possible
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db

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
    places: tuple[DemandLine, ...]
    rents: tuple[DemandLine, ...]


def demand_for(organisation_id: str, actor: Actor) -> Demand:
    """For members and the office; NotFound for all others."""
    organisation = load_organisation(organisation_id, actor)
    ids = list(
        db.session.scalars(select(Offer.id).where(Offer.organisation_id == organisation_id, Offer.status.in_(OPEN)))
    )
    market = market_of(ids)
    fits = _fits(market, ids)
    codes = _places_of(organisation_id)
    wanted = [set(places_wanted(each.request)) for each in market.sought]
    bands = [rent_band(each.request) for each in market.sought]
    return Demand(
        organisation=organisation.name,
        homes=len(ids),
        total=_line("", np.ones(len(fits), dtype=bool), fits),
        profiles=_profile_lines(market, fits),
        places=tuple(_line(place_label(code), _mask(code in each for each in wanted), fits) for code in codes),
        rents=tuple(_line(label, _mask(each == key for each in bands), fits) for key, label in _bands()),
    )


def _bands() -> list[tuple[int, str]]:
    named = [(band, _("bis %(rent)s €", rent=band)) for band in RENT_BANDS]
    return [*named, (-1, _("mehr oder ohne Grenze"))]


def _fits(market: Market, ids: Iterable[str]) -> Mask:
    """Shape (requests,): at least one of the offers comes into question as it is."""
    result: Mask = np.zeros(len(market.sought), dtype=bool)
    for offer_id in ids:
        result |= possible(market.facing(offer_id))
    return result


def _profile_lines(market: Market, fits: Mask) -> tuple[DemandLine, ...]:
    counted = Counter(key for each in market.sought for key in each.profiles)
    lines = (
        _line(profile_words([key])[0], _mask(key in each.profiles for each in market.sought), fits)
        for key, _count in counted.most_common()
    )
    return tuple(line for line in lines if line.seeking)


def _places_of(organisation_id: str) -> list[str]:
    """Where the organisation has homes, as codes."""
    own = (Dwelling.organisation_id == organisation_id) & Dwelling.merged_into_id.is_(None)
    rows = db.session.scalars(select(Dwelling).where(own))
    codes = {place_of({fact.key: getattr(row, fact.key) for fact in row.own_facts()}) for row in rows}
    return sorted(code for code in codes if code)


def _mask(answers: Iterable[bool]) -> Mask:
    return np.fromiter(answers, dtype=bool)


def _line(label: str, who: Mask, fits: Mask) -> DemandLine:
    return DemandLine(label, rounded(int(who.sum())), rounded(int((who & fits).sum())))
