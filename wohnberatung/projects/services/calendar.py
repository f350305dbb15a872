"""Dates as a calendar that programs subscribe to (RFC 5545)."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask_babel import gettext as _
from icalendar import Calendar, Event

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.links import public_link
from wohnberatung.projects.models import ProjectDate
from wohnberatung.projects.services.dates import dates_for_calendar
from wohnberatung.projects.services.projects import get_project

REFRESH = timedelta(hours=6)


def project_calendar(project_id: str, actor: Actor, host: str) -> bytes:
    """The feed of one project; NotFound where there is none for this person."""
    project = get_project(project_id, actor)
    return _feed(_("Termine: %(name)s", name=project.name), dates_for_calendar(project), host)


def common_calendar(host: str) -> bytes:
    """The feed of all published projects."""
    return _feed(_("Termine der Wohnprojekte"), dates_for_calendar(), host)


def _feed(name: str, dates: Iterable[ProjectDate], host: str) -> bytes:
    """The same dates give the same bytes, so that a browser can tell whether anything has changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wohnberatung//Termine der Wohnprojekte//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for meeting in dates:
        calendar.add_component(_event(meeting, host))
    # The rules of the clock from before the first date that is kept, not since 1970.
    calendar.add_missing_timezones(first_date=date(clock.today().year - 1, 1, 1))
    return bytes(calendar.to_ical())


def _event(meeting: ProjectDate, host: str) -> Event:
    """The id stays the same for good; `sequence` grows with every change, and `dtstamp` tells when that was."""
    event = Event()
    event.add("uid", f"{meeting.id}@{host}")
    event.add("dtstamp", meeting.updated_at)
    event.add("last-modified", meeting.updated_at)
    event.add("sequence", meeting.version - 1)
    event.add("dtstart", clock.to_berlin(meeting.starts_at))
    event.add("dtend", clock.to_berlin(meeting.ends_at))
    event.add("summary", _("%(what)s (%(project)s)", what=meeting.title, project=meeting.project.name))
    event.add("status", "CANCELLED" if meeting.called_off else "CONFIRMED")
    event.add("url", public_link("projects.show_project", project_id=meeting.project_id))
    for name, text in (("location", meeting.place), ("description", meeting.note)):
        if text:
            event.add(name, text)
    return event
