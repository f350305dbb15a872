"""Newly published offers, as feeds and mails tell of them."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.core import clock
from wohnberatung.core.place_news import MOST_TOLD, NEW_FOR, NewsItem, news_page
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.dwellings.services.showcase import ShownOffer, shown_offer
from wohnberatung.extensions import db

MOST_FIGURES = 4
# More than are told: where a home lies may be no more than a guess, and then it counts for no neighbourhood.
MOST_READ = 3 * MOST_TOLD


def new_offers(code: str | None) -> Iterator[NewsItem]:
    """Those that anybody may see now, known to lie in this neighbourhood, or all; the newest first."""
    published = func.coalesce(Offer.published_at, Offer.created_at)
    public = (Offer.status == OfferStatus.PUBLISHED) & (published > clock.now() - NEW_FOR)
    query = select(Offer).options(joinedload(Offer.dwelling), joinedload(Offer.project)).where(public)
    if code is not None:
        query = query.join(Offer.dwelling).where(getattr(Dwelling, NEIGHBOURHOOD.key) == code)
    for offer in db.session.scalars(query.order_by(published.desc(), Offer.id).limit(MOST_READ)):
        shown = shown_offer(offer)
        if code is None or shown.place_code == code:
            yield _item(shown)


def _item(shown: ShownOffer) -> NewsItem:
    offer = shown.offer
    known = [row.words for row in (*shown.figures, *shown.abilities) if row.known][:MOST_FIGURES]
    place = [shown.neighbourhood] if shown.place_code else []
    return NewsItem(
        id=offer.id,
        title=shown.title,
        page=news_page("dwellings.show_offer", offer_id=offer.id),
        changed_at=offer.published_at or offer.created_at,
        text=". ".join([*place, *known]) + "." if place or known else "",
    )
