"""Dates of public events as calendars, feeds and mails tell of them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import clock
from wohnberatung.core.place_news import DATES_KEPT, NewsItem, news_page
from wohnberatung.events.models import EventDate, EventState, PublicEvent
from wohnberatung.extensions import db


def dates_of(code: str | None) -> list[NewsItem]:
    """Those of this neighbourhood, or of the whole city; called-off ones too, and for a while those that are over. The
    next first. Dates of projects are told by the projects."""
    query = select(EventDate).join(EventDate.event).options(contains_eager(EventDate.event))
    shown = (PublicEvent.state == EventState.PUBLISHED) & (EventDate.ends_at > clock.now() - DATES_KEPT)
    if code is not None:
        shown &= PublicEvent.place == code
    return [item_of(row) for row in db.session.scalars(query.where(shown).order_by(EventDate.starts_at, EventDate.id))]


def item_of(row: EventDate) -> NewsItem:
    """It changes with the date, and with what is said of its event."""
    event, place = row.event, place_of(row.event.place)
    return NewsItem(
        id=row.id,
        title=event.title,
        page=news_page("events.show_event", event_id=event.id),
        changed_at=max(row.updated_at, event.updated_at),
        text=event.text,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        where=", ".join(filter(None, (event.address, place.name if place else ""))),
        called_off=row.is_off,
        changes=row.version + event.version - 2,
        revision=f"{row.starts_at:%Y%m%dT%H%MZ}{'-off' if row.is_off else ''}",
    )
