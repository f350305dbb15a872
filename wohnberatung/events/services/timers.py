"""What time does to registrations: the day before, everybody who has a seat is reminded."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, select

from wohnberatung.core import clock
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.events.models import (
    DateState,
    EventDate,
    EventRegistration,
    EventState,
    PublicEvent,
    RegistrationState,
)
from wohnberatung.events.services.telling import News, tell_registered
from wohnberatung.extensions import db

DAY = timedelta(days=1)


def remind_of_tomorrow() -> int:
    """One mail to each who has a seat tomorrow; who registered today knows. Returns how many were told; raises
    LeftUndone for those where it failed."""
    due = [row.id for row in db.session.scalars(_due().order_by(EventRegistration.id))]
    return sum(each_in_its_own_transaction(due, _remind))


def _remind(registration_id: str) -> int:
    own = EventRegistration.id == registration_id
    row = db.session.scalar(_due().where(own).with_for_update(of=EventRegistration))
    if row is None:
        return 0
    row.reminded_at = clock.now()
    db.session.flush()
    return int(tell_registered(row, News.REMINDER))


def _due() -> Select[EventRegistration]:
    """Tomorrow in Berlin, and not taken down after a report; of those who have not been reminded and did not register
    only just now."""
    today = clock.today()
    tomorrow: ColumnElement[bool] = EventDate.starts_at >= clock.start_of_day(today + DAY)
    before = EventDate.starts_at < clock.start_of_day(today + 2 * DAY)
    seated = (EventRegistration.state == RegistrationState.TAKEN) & EventRegistration.reminded_at.is_(None)
    earlier = EventRegistration.created_at < clock.start_of_day(today)
    query = select(EventRegistration).join(EventRegistration.date).join(EventDate.event)
    stands = (EventDate.state == DateState.PLANNED) & (PublicEvent.state != EventState.REMOVED)
    return query.where(seated, earlier, tomorrow, before, stands)
