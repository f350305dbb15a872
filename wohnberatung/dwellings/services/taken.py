"""Links outlive what they lead to: a home that cannot be had any more, said so, with others like it.

Nothing of the offer is told but its number, its neighbourhood, and that somebody else has it.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from matching.criteria.location import DISTRICT
from matching.criteria.size import ROOMS
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.url_search import Params
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offer, shown_offers
from wohnberatung.dwellings.services.wording import objections_to
from wohnberatung.extensions import db

MOST_ALIKE = 3


@dataclass(frozen=True)
class TakenOffer:
    """`words` say what became of it, `hint` what that means; `comes_back`: it may yet be free again. `params` is the
    search for others in the same neighbourhood, empty where that is unknown."""

    number: str
    words: str
    hint: str
    comes_back: bool
    neighbourhood: str
    params: Params
    alike: list[ShownOffer]


def taken_offer(offer_id: str, actor: Actor) -> TakenOffer | None:
    """What to tell whoever follows a link to an offer that was public; None for those who may see the offer itself, for
    one that can be had, and for one that was never public or that the office took away."""
    offer = db.session.get(Offer, offer_id)
    if offer is None or not _was_shown(offer) or actor.is_staff or actor.belongs_to(offer.organisation_id):
        return None
    words, hint = _in_words(offer.status)
    code = offer.dwelling.known_facts().get(DISTRICT.key) if offer.dwelling else None
    return TakenOffer(
        number=offer.number,
        words=words,
        hint=hint,
        comes_back=offer.status == OfferStatus.RESERVED,
        neighbourhood=shown_offer(offer).neighbourhood,
        params={NEIGHBOURHOOD.key: [str(code)]} if code else {},
        alike=shown_offers(_alike(offer)),
    )


def _was_shown(offer: Offer) -> bool:
    """A text that was objected to may be why it ended: of that nothing is shown."""
    if offer.status not in (OfferStatus.RESERVED, OfferStatus.LET, OfferStatus.WITHDRAWN):
        return False
    return offer.published_at is not None and not offer.review_note and not objections_to(offer)


def _in_words(status: OfferStatus) -> tuple[str, str]:
    if status == OfferStatus.RESERVED:
        return (
            _("Diese Wohnung ist reserviert"),
            _("Jemand ist mit dem Anbieter im Gespräch. Vielleicht wird sie wieder frei. Dann steht sie wieder hier."),
        )
    if status == OfferStatus.LET:
        return _("Diese Wohnung ist vermietet"), _("Das Angebot ist beendet.")
    return _("Diese Wohnung wird nicht mehr angeboten"), _("Das Angebot ist beendet.")


def _alike(offer: Offer) -> list[Offer]:
    """What can be had: in the same neighbourhood first, then with about as many rooms, then the newest."""
    known = offer.dwelling.known_facts() if offer.dwelling else {}
    place, rooms = getattr(Dwelling, DISTRICT.key), getattr(Dwelling, ROOMS.key)
    query = select(Offer).outerjoin(Dwelling).where(Offer.status == OfferStatus.PUBLISHED)
    query = query.options(joinedload(Offer.dwelling), joinedload(Offer.project))
    elsewhere = case((place == known.get(DISTRICT.key), 0), else_=1)
    other_size = func.coalesce(func.abs(rooms - known.get(ROOMS.key, 0)), 100)
    newest = Offer.published_at.desc()
    return list(db.session.scalars(query.order_by(elsewhere, other_size, newest, Offer.id).limit(MOST_ALIKE)))
