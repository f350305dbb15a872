"""Who seeks at present, as the published figures of the month tell it, beside what an organisation has.

Everything here is read from the protected cubes of planning: what a provider changes about an offer chooses another
published figure, and counts nobody anew. So changing an offer again and again tells nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.accounts.services.organisations import load_organisation
from wohnberatung.bridge.questionnaires import neighbourhood_of
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.planning.services import published
from wohnberatung.planning.services.published import Sought


def households(count: int) -> str:
    """A published count in words."""
    return _("etwa %(count)s Haushalte", count=count) if count else _("weniger als 10 Haushalte")


def people(count: int) -> str:
    """A published count in words, of those who seek."""
    return _("etwa %(count)s Menschen", count=count) if count else _("weniger als 10 Menschen")


OPEN = (OfferStatus.DRAFT, OfferStatus.REVIEW, OfferStatus.PUBLISHED, OfferStatus.RESERVED)


@dataclass(frozen=True)
class Demand:
    """`homes` is how many offers of the organisation are open; all counts of households are published ones."""

    organisation: str
    homes: int
    total: Sought
    profiles: tuple[Sought, ...]
    neighbourhoods: tuple[Sought, ...]
    rents: tuple[Sought, ...]


def demand_for(organisation_id: str, actor: Actor) -> Demand:
    """For members and the office; NotFound for all others."""
    organisation = load_organisation(organisation_id, actor)
    open_ones = (Offer.organisation_id == organisation_id) & Offer.status.in_(OPEN)
    codes = set(_neighbourhoods_of(organisation_id))
    return Demand(
        organisation=organisation.name,
        homes=db.session.scalar(select(func.count(Offer.id)).where(open_ones)) or 0,
        total=published.everybody(),
        profiles=_told(published.by_profile()),
        neighbourhoods=tuple(line for line in published.by_neighbourhood() if line.key in codes),
        rents=_told(published.by_rent()),
    )


def _told(lines: Iterable[Sought]) -> tuple[Sought, ...]:
    return tuple(line for line in lines if line.seeking)


def _neighbourhoods_of(organisation_id: str) -> list[str]:
    """Where the organisation has homes, as codes."""
    own = (Dwelling.organisation_id == organisation_id) & Dwelling.merged_into_id.is_(None)
    rows = db.session.scalars(select(Dwelling).where(own))
    codes = {neighbourhood_of({fact.key: getattr(row, fact.key) for fact in row.own_facts()}) for row in rows}
    return sorted(code for code in codes if code)
