"""A date as a calendar file (RFC 5545). It travels to telephones and other people's servers, so it says when, where and
under which number, never with whom and why."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from icalendar import Calendar, Event

from wohnberatung.core.settings import public_link
from wohnberatung.viewings.models import ViewingState
from wohnberatung.viewings.services.sides import Standing, viewing_of

OFF = (ViewingState.CALLED_OFF, ViewingState.MISSED)


@dataclass(frozen=True, kw_only=True)
class DateEntry:
    """One date. `uid` stays the same for good and `sequence` grows, so that a date that moved or is `off` is known
    again; moments are aware."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    off: bool
    title: str
    place: str
    url: str


def viewing_calendar(standing: Standing) -> bytes | None:
    """None where there is no date."""
    viewing = viewing_of(standing.match)
    if viewing is None or viewing.starts_at is None or viewing.ends_at is None:
        return None
    if standing.token:
        url = public_link("viewings.show_viewing_by_link", token=standing.token, match_id=viewing.match_id)
    else:
        url = public_link("viewings.show_viewing", match_id=viewing.match_id)
    return calendar_of(
        DateEntry(
            uid=f"{viewing.id}@wohnberatung",
            sequence=viewing.version,
            changed_at=viewing.updated_at,
            starts_at=viewing.starts_at,
            ends_at=viewing.ends_at,
            off=viewing.state in OFF,
            title=_("Besichtigung (%(number)s)", number=standing.number),
            place=standing.address,
            url=url,
        )
    )


def calendar_of(entry: DateEntry) -> bytes:
    """The date in UTC, which every program shows in its own zone, right on the days the clocks change too."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wohnberatung//Besichtigungen//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: DateEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("location", entry.place)
    event.add("url", entry.url)
    # Common calendar programs show the title and pass over the status.
    event.add("summary", _("Abgesagt: %(what)s", what=entry.title) if entry.off else entry.title)
    return event
