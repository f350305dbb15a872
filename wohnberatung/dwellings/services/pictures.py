"""Whose pictures are whose: those of a dwelling outlast its offers, a place in a project has its own."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core.actors import Actor, may_edit
from wohnberatung.core.errors import NotFound
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.listings import get_dwelling, get_offer
from wohnberatung.extensions import db
from wohnberatung.pictures.models import PictureSubject
from wohnberatung.pictures.services import ShownPicture, first_pictures, shown_pictures


def _dwelling_title(dwelling_id: str, actor: Actor) -> str:
    return get_dwelling(dwelling_id, actor).display_title


def _offer_title(offer_id: str, actor: Actor) -> str:
    offer = get_offer(offer_id, actor)
    if not may_edit(actor, offer.organisation_id):
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return offer.display_title


def _dwelling_is_public(dwelling_id: str) -> bool:
    published = (Offer.dwelling_id == dwelling_id) & (Offer.status == OfferStatus.PUBLISHED)
    return db.session.scalar(select(Offer.id).where(published).limit(1)) is not None


def _offer_is_public(offer_id: str) -> bool:
    offer = db.session.get(Offer, offer_id)
    return offer is not None and offer.status == OfferStatus.PUBLISHED


OF_DWELLING = PictureSubject(
    kind="dwelling",
    title_for_editing=_dwelling_title,
    is_public=_dwelling_is_public,
    page="dwellings.show_dwelling_offer",
    argument="dwelling_id",
)
OF_OFFER = PictureSubject(
    kind="offer",
    title_for_editing=_offer_title,
    is_public=_offer_is_public,
    page="dwellings.show_own_offer",
    argument="offer_id",
)


def pictures_of_offer(offer: Offer) -> tuple[ShownPicture, ...]:
    """What anybody may see: of the offer itself, then of its dwelling."""
    return tuple(picture for subject in _subjects(offer) for picture in shown_pictures(*subject))


def covers_of(offers: Collection[Offer]) -> dict[str, ShownPicture]:
    """The first picture of each offer that has any, by the offer's id, in one query for all."""
    found = first_pictures({subject for offer in offers for subject in _subjects(offer)})
    covers = {offer.id: [found[subject] for subject in _subjects(offer) if subject in found] for offer in offers}
    return {offer_id: pictures[0] for offer_id, pictures in covers.items() if pictures}


def _subjects(offer: Offer) -> list[tuple[str, str]]:
    """Its own pictures come before those of its dwelling."""
    of_dwelling = [(OF_DWELLING.kind, offer.dwelling_id)] if offer.dwelling_id else []
    return [(OF_OFFER.kind, offer.id), *of_dwelling]


def picture_subject(offer: Offer) -> tuple[str, str]:
    """Kind and id that new pictures of this offer belong to."""
    if offer.dwelling_id:
        return OF_DWELLING.kind, offer.dwelling_id
    return OF_OFFER.kind, offer.id
