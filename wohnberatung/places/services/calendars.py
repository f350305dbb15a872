"""The dates of a neighbourhood as a calendar (RFC 5545, RFC 7986) that programs fetch again and again."""

from datetime import timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from wohnberatung.bridge.neighbourhood_places import CityPlace
from wohnberatung.core.languages import current_language
from wohnberatung.core.place_news import ToldNews, dates_in
from wohnberatung.places.services.feeds import address_of, host

REFRESH, REFRESH_WRITTEN = timedelta(hours=6), "PT6H"


def calendar_of(place: CityPlace | None) -> bytes:
    """All dates of this neighbourhood, or of the whole city, in the language that is spoken. Times are in UTC, which
    every program shows in its own zone, right on the days the clocks change too."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Wohnberatung//Termine//{current_language().code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = _("Termine in %(place)s", place=place.name) if place else _("Termine in der ganzen Stadt")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("source", address_of("places.show_dates", place), parameters={"value": "URI"})
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    # What Outlook reads instead; a name of nobody's standard is text to the library.
    calendar.add("x-published-ttl", REFRESH_WRITTEN)
    for told in dates_in(place.code if place else None):
        calendar.add_component(_event(told))
    return bytes(calendar.to_ical())


def _event(told: ToldNews) -> Event:
    """The id stays the same for good; `sequence` grows with every change."""
    item, event = told.item, Event()
    event.add("uid", f"{told.kind.key}-{item.id}@{host()}")
    event.add("sequence", item.changes)
    event.add("dtstamp", item.changed_at)
    event.add("last-modified", item.changed_at)
    event.add("dtstart", item.starts_at)
    event.add("dtend", item.ends_at)
    event.add("summary", told.title)
    event.add("status", "CANCELLED" if item.called_off else "CONFIRMED")
    event.add("url", item.page)
    event.add("categories", [str(told.kind.title)])
    for name, text in (("location", item.where), ("description", item.text)):
        if text:
            event.add(name, text)
    return event
