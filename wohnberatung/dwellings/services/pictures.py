"""Whose pictures are whose: those of a dwelling outlast its offers, a place in a project has its own."""

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core.actors import Actor, may_edit
from wohnberatung.core.errors import NotFound
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.listings import get_dwelling, get_offer
from wohnberatung.extensions import db
from wohnberatung.pictures.models import PictureSubject
from wohnberatung.pictures.services import ShownPicture, shown_pictures


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
    own = shown_pictures(OF_OFFER.kind, offer.id)
    return own + (shown_pictures(OF_DWELLING.kind, offer.dwelling_id) if offer.dwelling_id else ())


def picture_subject(offer: Offer) -> tuple[str, str]:
    """Kind and id that new pictures of this offer belong to."""
    if offer.dwelling_id:
        return OF_DWELLING.kind, offer.dwelling_id
    return OF_OFFER.kind, offer.id
