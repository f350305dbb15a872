"""Events as calendar files (RFC 5545): one event with all its dates, everything that takes place, one registration."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Component, Event

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.place_news import NewsItem
from wohnberatung.events.models import EventRegistration
from wohnberatung.events.services.events import shown_event
from wohnberatung.events.services.news import dates_of, item_of
from wohnberatung.projects.services.meetings import common_calendar

REFRESH = timedelta(hours=6)


def event_calendar(event_id: str, actor: Actor, host: str) -> bytes:
    """All dates of one event; raises NotFound where there is none for this person."""
    event = shown_event(event_id, actor)
    return _file(event.title, [_component(item_of(each), host) for each in event.dates])


def calendar_of_all(host: str) -> bytes:
    """All public events, called-off dates too, and the dates of projects."""
    of_projects = Calendar.from_ical(common_calendar(host)).walk("VEVENT")
    return _file(_("Veranstaltungen"), [*(_component(each, host) for each in dates_of(None)), *of_projects])


def registration_calendar(row: EventRegistration, host: str) -> bytes:
    """The date somebody registered for, with the same id as in the others, so that it is there once."""
    return _file(row.date.event.title, [_component(item_of(row.date), host)])


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


def _component(item: NewsItem, host: str) -> Event:
    """The id stays the same for good; `sequence` grows with every change, and `dtstamp` tells when that was."""
    component = Event()
    component.add("uid", f"{item.id}@{host}")
    component.add("dtstamp", item.changed_at)
    component.add("last-modified", item.changed_at)
    component.add("sequence", item.changes)
    for name, moment in (("dtstart", item.starts_at), ("dtend", item.ends_at)):
        if moment is not None:
            component.add(name, clock.to_berlin(moment))
    # Common calendar programs show the title and pass over the status.
    component.add("summary", _("Abgesagt: %(what)s", what=item.title) if item.called_off else item.title)
    component.add("status", "CANCELLED" if item.called_off else "CONFIRMED")
    component.add("url", item.page)
    for name, text in (("location", item.where), ("description", item.text)):
        if text:
            component.add(name, text)
    return component
