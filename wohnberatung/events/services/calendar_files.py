"""Events as calendar files (RFC 5545): one event with all its dates, everything that takes place, one registration."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Component, Event
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.settings import public_link
from wohnberatung.events.models import EventDate, EventRegistration, EventState, PublicEvent
from wohnberatung.events.services.events import shown_event
from wohnberatung.extensions import db
from wohnberatung.projects.services.meetings import common_calendar

# Calendars hear for so long of dates that are over.
KEPT = timedelta(days=30)
REFRESH = timedelta(hours=6)


def event_calendar(event_id: str, actor: Actor, host: str) -> bytes:
    """All dates of one event; raises NotFound where there is none for this person."""
    event = shown_event(event_id, actor)
    return _file(event.title, [_component(each, host) for each in event.dates])


def calendar_of_all(host: str) -> bytes:
    """All public events, called-off dates too, and the dates of projects."""
    query = select(EventDate).join(EventDate.event).options(joinedload(EventDate.event))
    shown = (PublicEvent.state == EventState.PUBLISHED) & (EventDate.ends_at > clock.now() - KEPT)
    rows = db.session.scalars(query.where(shown).order_by(EventDate.starts_at, EventDate.id))
    of_projects = Calendar.from_ical(common_calendar(host)).walk("VEVENT")
    return _file(_("Veranstaltungen"), [*(_component(each, host) for each in rows), *of_projects])


def registration_calendar(row: EventRegistration, host: str) -> bytes:
    """The date somebody registered for, with the same id as in the others, so that it is there once."""
    return _file(row.date.event.title, [_component(row.date, host)])


def _file(name: str, events: Iterable[Component]) -> bytes:
    """The same dates give the same bytes, so that a browser can tell whether anything has changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wohnberatung//Veranstaltungen//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=date(clock.today().year - 1, 1, 1))
    return bytes(calendar.to_ical())


def _component(row: EventDate, host: str) -> Event:
    """The id stays the same for good; `sequence` grows with every change of the date or of what it is, and `dtstamp`
    tells when that was."""
    component, event = Event(), row.event
    changed_at = max(row.updated_at, event.updated_at)
    component.add("uid", f"{row.id}@{host}")
    component.add("dtstamp", changed_at)
    component.add("last-modified", changed_at)
    component.add("sequence", row.version + event.version - 2)
    component.add("dtstart", clock.to_berlin(row.starts_at))
    component.add("dtend", clock.to_berlin(row.ends_at))
    # Common calendar programs show the title and pass over the status.
    component.add("summary", _("Abgesagt: %(what)s", what=event.title) if row.is_off else event.title)
    component.add("status", "CANCELLED" if row.is_off else "CONFIRMED")
    component.add("url", public_link("events.show_event", event_id=event.id))
    place = place_of(event.place)
    where = ", ".join(filter(None, (event.address, place.name if place else "")))
    for name, text in (("location", where), ("description", event.text)):
        if text:
            component.add(name, text)
    return component
