"""Dates of public events as calendars, feeds and mails tell of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import clock
from wohnberatung.core.languages import current_language
from wohnberatung.core.settings import in_language, public_link
from wohnberatung.events.models import EventDate, EventState, PublicEvent
from wohnberatung.extensions import db

# Calendars hear for so long of dates that are over.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class DateItem:
    """One date. `id` stays the same for good, `page` is the whole address of its event, times are in UTC; `changes`
    counts what has changed of it, for calendars. Who was told is told again where `revision` is another."""

    id: str
    title: str
    page: str
    changed_at: datetime
    text: str
    starts_at: datetime
    ends_at: datetime
    where: str
    called_off: bool
    changes: int
    revision: str


def dates_of(code: str | None) -> list[DateItem]:
    """Those of this neighbourhood, or of the whole city; called-off ones too, and for a while those that are over. The
    next first. Dates of projects are told by the projects."""
    query = select(EventDate).join(EventDate.event).options(contains_eager(EventDate.event))
    shown = (PublicEvent.state == EventState.PUBLISHED) & (EventDate.ends_at > clock.now() - KEPT)
    if code is not None:
        shown &= PublicEvent.place == code
    return [item_of(row) for row in db.session.scalars(query.where(shown).order_by(EventDate.starts_at, EventDate.id))]


def item_of(row: EventDate) -> DateItem:
    """It changes with the date, and with what is said of its event."""
    event, place = row.event, place_of(row.event.place)
    return DateItem(
        id=row.id,
        title=event.title,
        page=public_link("events.show_event", event_id=event.id, **in_language(current_language())),
        changed_at=max(row.updated_at, event.updated_at),
        text=event.text,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        where=", ".join(filter(None, (event.address, place.name if place else ""))),
        called_off=row.is_off,
        changes=row.version + event.version - 2,
        revision=f"{row.starts_at:%Y%m%dT%H%MZ}{'-off' if row.is_off else ''}",
    )
