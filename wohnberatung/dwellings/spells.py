"""How an offer stood is kept whenever it changes, by the flush that stores the change: nothing that somebody saw can be
missing from the history, however short it was."""

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from wohnberatung.dwellings.changes import mark_offers
from wohnberatung.dwellings.models import Offer, OfferSpell, OfferStatus

# What makes another spell; all else of an offer are facts, or words that nobody is ranked by.
TOLD = ("status", "demands", "dwelling", "dwelling_id", "project_id")


def keep_track(session: Session, context: object, instances: object) -> None:
    """Before each flush: changed offers lose their number, and begin another spell where they stand otherwise."""
    mark_offers(session, context, instances)
    changed = [row for row in session.dirty if isinstance(row, Offer) and _stands_otherwise(row)]
    for offer in [*(row for row in session.new if isinstance(row, Offer)), *changed]:
        session.add(_spell(offer))


def _stands_otherwise(offer: Offer) -> bool:
    attributes: Any = inspect(offer).attrs
    return any(attributes[name].history.has_changes() for name in TOLD)


def _spell(offer: Offer) -> OfferSpell:
    # A dwelling that was assigned as a row has not reached the column yet.
    attributes: Any = inspect(offer).attrs
    assigned = attributes.dwelling.history.added
    return OfferSpell(
        offer=offer,
        status=offer.status or OfferStatus.DRAFT,
        dwelling_id=assigned[0].id if assigned and assigned[0] is not None else offer.dwelling_id,
        project_id=offer.project_id,
        demands=list(offer.demands or ()),
    )
