"""Dates of an event: one or a series, moved, called off. Who is registered hears of it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.events.kinds import MOST_DATES, Rhythm
from wohnberatung.events.models import DateState, EventDate, PublicEvent
from wohnberatung.events.services.events import own_event, reread
from wohnberatung.events.services.seats import fill, locked_date
from wohnberatung.events.services.telling import News, tell_expected
from wohnberatung.events.steps import CALL_OFF, DATE_STEPS
from wohnberatung.extensions import db
from wohnberatung.projects.services.meetings import moments

WEEK = timedelta(weeks=1)


def days_of_series(first: date, rhythm: str, times: int) -> Iterator[date]:
    """So many days from the first on. Each month it is the same weekday of the month ("the second Tuesday"); where a
    month has no fifth one, its last."""
    day = first
    for number in range(times):
        yield day
        if rhythm == Rhythm.MONTHLY:
            day = _month_later(first, number + 1)
        else:
            day += WEEK if rhythm == Rhythm.WEEKLY else 2 * WEEK


def add_dates(
    event_id: str, *, day: date, begins: time, ends: time, rhythm: str = Rhythm.ONCE, times: int = 1, actor: Actor
) -> list[EventDate]:
    """Store a date, or a series of them, in Berlin's time. Raises NotFound for strangers, DomainError at `day` for the
    past and at `times` for too many."""
    event = own_event(event_id, actor)
    times = 1 if rhythm == Rhythm.ONCE else times
    if not 1 <= times <= MOST_DATES:
        raise DomainError(_("Bitte eine Zahl von 1 bis %(most)s.", most=MOST_DATES), "times")
    if moments(day, begins, ends)[0] <= clock.now():
        raise DomainError(_("Bitte geben Sie einen Tag an, der noch kommt."), "day")
    dates = []
    for each in days_of_series(day, rhythm, times):
        starts_at, ends_at = moments(each, begins, ends)
        row = EventDate(id=new_id(), event=event, state=DateState.PLANNED, starts_at=starts_at, ends_at=ends_at)
        dates.append(row)
    db.session.add_all(dates)
    reread(event, actor)
    db.session.expire(event, ["dates"])
    return dates


def change_date(
    event_id: str, date_id: str, *, starts_at: datetime, ends_at: datetime, version: int | None, actor: Actor
) -> EventDate:
    """Move it to another time; who is registered is told. Raises NotFound for strangers, DomainError at `day` for the
    past, Conflict where somebody else was faster."""
    event, row = load_event_date(event_id, date_id, actor)
    check_version(row, version)
    if starts_at <= clock.now():
        raise DomainError(_("Bitte geben Sie einen Tag an, der noch kommt."), "day")
    if (row.starts_at, row.ends_at) != (starts_at, ends_at):
        row.starts_at, row.ends_at = starts_at, ends_at
        db.session.flush()
        tell_expected(row, News.NEW_TIME)
        reread(event, actor)
    return row


def move_date(event_id: str, date_id: str, key: str, actor: Actor) -> Step[EventDate]:
    """Call it off, or let it take place after all; everybody who is registered is told. The same step twice is one.
    Raises NotFound for strangers and unknown steps, DomainError where it is over."""
    _event, row = load_event_date(event_id, date_id, actor)
    step, party = DATE_STEPS[key], party_of(actor, Party.PROVIDER)
    locked_date(row.id)
    if not DATE_STEPS.is_done(row, key, party):
        DATE_STEPS.take(row, key, by=party)
        db.session.flush()
        tell_expected(row, News.CALLED_OFF if key == CALL_OFF else News.TAKES_PLACE)
        fill(row)
    return step


def steps_of_date(row: EventDate, actor: Actor) -> dict[str, Step[EventDate]]:
    """What this person may do with it now, by key: its buttons."""
    if row.ends_at <= clock.now():
        return {}
    return {step.key: step for step in DATE_STEPS.offered(row, party_of(actor, Party.PROVIDER))}


def load_event_date(event_id: str, date_id: str, actor: Actor) -> tuple[PublicEvent, EventDate]:
    """For those who may change it; NotFound for all others."""
    event = own_event(event_id, actor)
    row = db.session.get(EventDate, date_id)
    if row is None or row.event_id != event.id:
        raise NotFound(_("Diesen Termin gibt es nicht."))
    return event, row


def _month_later(first: date, months: int) -> date:
    """The same weekday of the month, so many months after the first."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    start = date(year, month + 1, 1)
    day = start + timedelta(days=(first.weekday() - start.weekday()) % 7) + WEEK * ((first.day - 1) // 7)
    return day if day.month == start.month else day - WEEK
