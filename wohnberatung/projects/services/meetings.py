"""Dates to which guests may come, also as a calendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from icalendar import Calendar, Event
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import public_link
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project, ProjectDate
from wohnberatung.projects.services.projects import get_project, own_project
from wohnberatung.projects.services.publishing import KEPT, reread_after


def moments(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """Begin and end in UTC of what is said in Berlin's time; an end before the begin is after midnight."""
    start = datetime.combine(day, begins, tzinfo=clock.BERLIN)
    last_day = day + timedelta(days=1) if ends <= begins else day
    return start.astimezone(UTC), datetime.combine(last_day, ends, tzinfo=clock.BERLIN).astimezone(UTC)


def save_date(
    project_id: str,
    date_id: str | None = None,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    note: str = "",
    version: int | None = None,
    actor: Actor,
) -> ProjectDate:
    """A new date, or a changed one; Conflict where somebody else was faster.

    Raises DomainError at `day` for a new one in the past, NotFound for strangers.
    """
    project = own_project(project_id, actor)
    with reread_after(project, actor):
        meeting = _date_to_change(project, date_id, starts_at, version, actor)
        meeting.title, meeting.place, meeting.note = title.strip(), place.strip(), note.strip()
        meeting.starts_at, meeting.ends_at = starts_at, ends_at
        db.session.add(meeting)
    return meeting


def _date_to_change(
    project: Project, date_id: str | None, starts_at: datetime, version: int | None, actor: Actor
) -> ProjectDate:
    if date_id is None:
        if starts_at < clock.now():
            raise DomainError(_("Bitte geben Sie einen Tag an, der noch kommt."), "day")
        return ProjectDate(id=new_id(), project_id=project.id)
    meeting = load_date(project.id, date_id, actor)
    check_version(meeting, version)
    return meeting


def call_off(project_id: str, date_id: str, *, called_off: bool, actor: Actor) -> ProjectDate:
    """Call it off or let it take place after all; it stays, so that calendars learn of it."""
    meeting = load_date(project_id, date_id, actor)
    meeting.called_off = called_off
    db.session.flush()
    return meeting


def load_date(project_id: str, date_id: str, actor: Actor) -> ProjectDate:
    """For those who may change it; NotFound for all others."""
    own_project(project_id, actor)
    meeting = db.session.get(ProjectDate, date_id)
    if meeting is None or meeting.project_id != project_id:
        raise NotFound(_("Diesen Termin gibt es nicht."))
    return meeting


def coming_dates(project: Project) -> list[ProjectDate]:
    """What is not over yet, the next first."""
    return list(db.session.scalars(_dates().where(_of(project), ProjectDate.ends_at > clock.now())))


def dates_for_everybody() -> list[ProjectDate]:
    """The coming dates of all published projects that take place, the next first."""
    coming = ProjectDate.ends_at > clock.now()
    shown = _dates().where(Project.published.is_(True), coming, ProjectDate.called_off.is_(False))
    return list(db.session.scalars(shown))


def dates_for_calendar(project: Project | None = None) -> list[ProjectDate]:
    """What a calendar is told: called-off dates too, and for a while those that are over."""
    condition: Any = _of(project) if project else Project.published.is_(True)
    return list(db.session.scalars(_dates().where(condition, ProjectDate.ends_at > clock.now() - KEPT)))


def _of(project: Project) -> Any:
    return ProjectDate.project_id == project.id


def _dates() -> Select[Any]:
    query = select(ProjectDate).join(ProjectDate.project).options(joinedload(ProjectDate.project))
    return query.order_by(ProjectDate.starts_at, ProjectDate.id)


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
    title = _("%(what)s (%(project)s)", what=meeting.title, project=meeting.project.name)
    # Common calendar programs show the title and pass over the status.
    event.add("summary", _("Abgesagt: %(what)s", what=title) if meeting.called_off else title)
    event.add("status", "CANCELLED" if meeting.called_off else "CONFIRMED")
    event.add("url", public_link("projects.show_project", project_id=meeting.project_id))
    for name, text in (("location", meeting.place), ("description", meeting.note)):
        if text:
            event.add(name, text)
    return event
