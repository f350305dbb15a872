"""Appointments as calendar files (RFC 5545). They travel to telephones and other people's servers, so they say when
and under which number, never with whom and why."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event
from sqlalchemy import select

from wohnberatung.accounts.models import User
from wohnberatung.appointments.models import Appointment, AppointmentState, CalendarFeed
from wohnberatung.appointments.openings import WAYS
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import Forbidden, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.settings import public_link, setting
from wohnberatung.extensions import db

BACK = timedelta(days=30)


def as_calendar(rows: Iterable[Appointment], link_of: Mapping[str, str] | None = None) -> bytes:
    """A calendar with an event for each. Times are in UTC, which every program shows in its own zone, right on the
    days the clocks change too. `link_of`: secret of the page of an appointment, for the person whose it is."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wohnberatung//Termine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in rows:
        calendar.add_component(_event(row, (link_of or {}).get(row.id)))
    return bytes(calendar.to_ical())


def _event(row: Appointment, token: str | None) -> Event:
    event = Event()
    event.add("uid", f"{row.id}@wohnberatung")
    event.add("sequence", row.version)
    event.add("dtstamp", row.updated_at)
    event.add("last-modified", row.updated_at)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    cancelled = row.state == AppointmentState.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if token:
        title = _("Termin bei der Wohnberatung (%(number)s)", number=row.receipt_number)
        event.add("url", public_link("appointments.show_my_appointment", token=token))
        if row.way == "office" and setting("OFFICE_ADDRESS"):
            event.add("location", setting("OFFICE_ADDRESS"))
    else:
        title = _("%(number)s: %(way)s", number=row.receipt_number, way=str(WAYS[row.way].short))
        event.add("url", public_link("appointments.show_appointment", appointment_id=row.id))
    # Common calendar programs show the title and pass over the status.
    event.add("summary", _("Abgesagt: %(what)s", what=title) if cancelled else title)
    return event


def calendar_of(token: str) -> bytes:
    """An advisor's appointments from a month ago on, for whoever has the secret address; NotFound for others."""
    feed = db.session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == hash_token(token)))
    user = db.session.get(User, feed.user_id) if feed else None
    if user is None or user.disabled_at is not None:
        raise NotFound(_("Diesen Kalender gibt es nicht (mehr)."))
    query = select(Appointment).where(
        Appointment.user_id == user.id,
        Appointment.starts_at > clock.now() - BACK,
        Appointment.state != AppointmentState.HELD,
    )
    return as_calendar(db.session.scalars(query.order_by(Appointment.starts_at)))


def has_feed(actor: Actor) -> bool:
    return actor.user_id is not None and db.session.get(CalendarFeed, actor.user_id) is not None


def open_feed(actor: Actor) -> str:
    """A new secret for one's own calendar, shown once; an older one ends at once.

    Raises Forbidden for whoever does not work for the office, and for its commands.
    """
    only_office(actor)
    if actor.user_id is None:
        raise Forbidden(_("Einen Kalender haben nur Beraterinnen und Berater."))
    token = new_token()
    db.session.merge(CalendarFeed(user_id=actor.user_id, token_hash=hash_token(token)))
    db.session.flush()
    return token


def close_feed(actor: Actor) -> None:
    """The address leads nowhere any more."""
    feed = db.session.get(CalendarFeed, actor.user_id) if actor.user_id else None
    if feed is not None:
        db.session.delete(feed)
        db.session.flush()
