"""A viewing as a calendar file (RFC 5545). It travels to telephones and other people's servers, so it says when, where
and under which number, never with whom and why."""

from flask_babel import gettext as _
from icalendar import Calendar, Event

from wohnberatung.core.settings import public_link
from wohnberatung.viewings.models import Viewing, ViewingState
from wohnberatung.viewings.services.sides import Standing, viewing_of

OFF = (ViewingState.CALLED_OFF, ViewingState.MISSED)


def viewing_calendar(standing: Standing) -> bytes | None:
    """The date in UTC, which every program shows in its own zone, right on the days the clocks change too. The id stays
    the same for good and `sequence` grows, so that a date that moved or is off is known again. None where there is no
    date.
    """
    viewing = viewing_of(standing.match)
    if viewing is None or viewing.starts_at is None or viewing.ends_at is None:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Wohnberatung//Besichtigungen//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(viewing, standing))
    return bytes(calendar.to_ical())


def _event(viewing: Viewing, standing: Standing) -> Event:
    event, off = Event(), viewing.state in OFF
    event.add("uid", f"{viewing.id}@wohnberatung")
    event.add("sequence", viewing.version)
    event.add("dtstamp", viewing.updated_at)
    event.add("last-modified", viewing.updated_at)
    event.add("dtstart", viewing.starts_at)
    event.add("dtend", viewing.ends_at)
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("location", standing.address)
    if standing.token:
        event.add("url", public_link("viewings.show_viewing_by_link", token=standing.token, match_id=viewing.match_id))
    else:
        event.add("url", public_link("viewings.show_viewing", match_id=viewing.match_id))
    title = _("Besichtigung (%(number)s)", number=standing.number)
    # Common calendar programs show the title and pass over the status.
    event.add("summary", _("Abgesagt: %(what)s", what=title) if off else title)
    return event
