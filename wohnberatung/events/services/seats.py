"""Seats of a date and its waiting list. Whoever gives or takes one holds the lock of the date's row, so that of twenty
who ask for the last one exactly one gets it."""

from sqlalchemy import func, select

from wohnberatung.core import clock
from wohnberatung.core.steps import Party
from wohnberatung.events.models import DateState, EventDate, EventRegistration, PublicEvent, RegistrationState
from wohnberatung.events.services.telling import News, tell_registered
from wohnberatung.events.steps import MOVE_UP, REGISTRATION_STEPS
from wohnberatung.extensions import db


def locked_date(date_id: str) -> EventDate | None:
    """The date as it is now; nobody else gives or takes its seats until this transaction ends. None where there is no
    such date."""
    query = select(EventDate).where(EventDate.id == date_id).with_for_update(of=EventDate)
    return db.session.scalar(query.execution_options(populate_existing=True))


def free_seats(date: EventDate) -> int | None:
    """None without a limit."""
    capacity = date.event.capacity
    return None if capacity is None else max(capacity - people_in(date, RegistrationState.TAKEN), 0)


def people_in(date: EventDate, state: RegistrationState) -> int:
    """How many people all registrations in this state bring."""
    mine = (EventRegistration.date_id == date.id) & (EventRegistration.state == state)
    return db.session.scalar(select(func.coalesce(func.sum(EventRegistration.people), 0)).where(mine)) or 0


def place_for(date: EventDate, people: int) -> RegistrationState:
    """Where somebody who brings so many people gets to now. Call it under the lock of the date."""
    free = free_seats(date)
    return RegistrationState.TAKEN if free is None or people <= free else RegistrationState.WAITING


def fill(date: EventDate) -> int:
    """Free seats go to those who wait, in their order: to the first that they are enough for, so that no seat stays
    empty because somebody comes with five. Each is told. Returns how many registrations moved up; nobody does where the
    date is off or has begun. Call it under the lock of the date."""
    if date.state == DateState.CALLED_OFF or date.starts_at <= clock.now():
        return 0
    mine = (EventRegistration.date_id == date.id) & (EventRegistration.state == RegistrationState.WAITING)
    query = select(EventRegistration).where(mine)
    moved = 0
    for row in db.session.scalars(query.order_by(EventRegistration.waits_since, EventRegistration.id)).all():
        if place_for(date, row.people) is RegistrationState.TAKEN:
            REGISTRATION_STEPS.take(row, MOVE_UP, by=Party.SYSTEM)
            db.session.flush()
            tell_registered(row, News.MOVED_UP)
            moved += 1
    return moved


def fill_all(event: PublicEvent) -> int:
    """The same for all its coming dates, after the number of seats has changed."""
    dates = [locked_date(each.id) for each in event.coming()]
    return sum(fill(date) for date in dates if date is not None)
