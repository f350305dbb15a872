"""Who comes, for whoever invites and for the office: names, numbers, what people need, and what looks like spam."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import NotFound
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.events.models import EventDate, EventRegistration, PublicEvent, RegistrationState
from wohnberatung.events.services.dates import load_event_date
from wohnberatung.events.services.my_registration import (
    OpenedRegistration,
    cancel_registration,
    opened_registration,
)
from wohnberatung.events.services.registering import take_seat
from wohnberatung.events.services.telling import News, tell_registered
from wohnberatung.events.steps import CANCEL, REGISTRATION_STEPS, RELEASE
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import drop_waiting, release_waiting

R = RegistrationState
# In the order of the list.
LISTED = (R.TAKEN, R.WAITING, R.UNCONFIRMED)


@dataclass(frozen=True)
class GuestList:
    """Who comes to one date. `held` are what looks like spam, for the office alone."""

    event: PublicEvent
    date: EventDate
    guests: Sequence[OpenedRegistration]
    held: Sequence[OpenedRegistration]

    def people(self, state: str) -> int:
        return sum(each.registration.people for each in self.guests if each.registration.state == state)


def guest_list(event_id: str, date_id: str, actor: Actor) -> GuestList:
    """Those with a seat first, then the waiting list in its order, then who has not confirmed. Raises NotFound for
    strangers."""
    event, date = load_event_date(event_id, date_id, actor)
    mine = EventRegistration.date_id == date.id
    order = (EventRegistration.waits_since, EventRegistration.created_at, EventRegistration.id)
    rows = [
        opened_registration(row) for row in db.session.scalars(select(EventRegistration).where(mine).order_by(*order))
    ]
    listed = [each for state in LISTED for each in rows if each.registration.state == state]
    held = [each for each in rows if each.registration.state == R.HELD and actor.is_staff]
    return GuestList(event, date, listed, held)


def people_by_date(event: PublicEvent) -> dict[str, dict[str, int]]:
    """Date id → people by state, of all its dates."""
    counted = select(EventRegistration.date_id, EventRegistration.state, func.sum(EventRegistration.people))
    query = counted.join(EventRegistration.date).where(EventDate.event_id == event.id)
    found: dict[str, dict[str, int]] = {}
    for date_id, state, people in db.session.execute(
        query.group_by(EventRegistration.date_id, EventRegistration.state)
    ):
        found.setdefault(date_id, {})[state] = people
    return found


def move_registration(
    event_id: str, date_id: str, registration_id: str, key: str, actor: Actor
) -> Step[EventRegistration]:
    """Cancel it for somebody who called, or let it in that is no spam. Raises NotFound for strangers and unknown steps,
    Conflict where it does not lead on."""
    _event, date = load_event_date(event_id, date_id, actor)
    row = db.session.get(EventRegistration, registration_id)
    if row is None or row.date_id != date.id or (row.state == R.HELD and not actor.is_staff):
        raise NotFound(_("Diese Anmeldung gibt es nicht (mehr)."))
    step, party = REGISTRATION_STEPS[key], party_of(actor, Party.PROVIDER)
    if REGISTRATION_STEPS.is_done(row, key, party):
        return step
    if key == RELEASE:
        _let_in(row)
        return step
    if row.state == R.HELD:
        drop_waiting(row.person_key)
    was_expected = row.state in (R.TAKEN, R.WAITING)
    cancel_registration(row, key, party)
    if key == CANCEL and was_expected:
        tell_registered(row, News.CANCELLED)
    return step


def held_registrations(actor: Actor) -> list[EventRegistration]:
    """What looks like spam, the longest waiting first. Forbidden for everybody but the office."""
    only_office(actor)
    held = select(EventRegistration).join(EventRegistration.date).where(EventRegistration.state == R.HELD)
    return list(db.session.scalars(held.order_by(EventRegistration.created_at, EventRegistration.id)))


def _let_in(row: EventRegistration) -> None:
    """As if it had come in by itself: by mail it waits for the click, by telephone it has its seat."""
    row.held_for = None
    if not row.plain_content.get("email"):
        take_seat(row, RELEASE, Party.OFFICE)
        return
    REGISTRATION_STEPS.take(row, RELEASE, by=Party.OFFICE, target=R.UNCONFIRMED)
    db.session.flush()
    release_waiting(row.person_key)
