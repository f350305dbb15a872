"""One's own appointment by its secret link: what it is, moving, cancelling it, and the mails that bring the link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import User
from wohnberatung.appointments.models import Appointment, AppointmentState
from wohnberatung.appointments.openings import WAYS, Way
from wohnberatung.appointments.services import booking
from wohnberatung.appointments.services.booking import content_of, token_of
from wohnberatung.appointments.services.calendar_files import as_calendar
from wohnberatung.appointments.services.slots import public_slot
from wohnberatung.core import clock
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.settings import setting
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail

REMINDED_BEFORE = timedelta(hours=26)


def tell(row: Appointment, template: str) -> bool:
    """Queue one of `appointment_booked`, `_moved`, `_cancelled`, `_reminder`; False where there is no address or the
    booking waits for a person's judgement."""
    address = content_of(row).get("email")
    if not address or row.state == AppointmentState.HELD:
        return False
    queue_mail(
        template,
        to=address,
        language=row.language,
        person_key=row.person_key,
        # Strangers can book with anybody's address; what the office books, somebody has asked for.
        in_dialogue=template != "appointment_booked" or row.booked_by is not None,
        receipt_number=row.receipt_number,
        starts_at=row.starts_at,
        token=token_of(row),
    )
    return True


def remind() -> int:
    """Remind of everything within the next day, once; returns how many got a mail. Run again, it does nothing twice.

    Raises LeftUndone for those where it failed.
    """
    now = clock.now()
    soon = (Appointment.starts_at > now) & (Appointment.starts_at <= now + REMINDED_BEFORE)
    due = soon & (Appointment.state == AppointmentState.BOOKED) & Appointment.reminded_at.is_(None)

    def remind_of(appointment_id: str) -> int:
        query = select(Appointment).where(due, Appointment.id == appointment_id)
        row = db.session.scalar(query.with_for_update(of=Appointment, skip_locked=True))
        if row is None:
            return 0
        # Whoever booked within the day has just read the confirmation.
        recent = row.created_at > row.starts_at - REMINDED_BEFORE
        row.reminded_at = now
        return int(not recent and tell(row, "appointment_reminder"))

    return sum(each_in_its_own_transaction(db.session.scalars(select(Appointment.id).where(due)), remind_of))


@dataclass(frozen=True)
class MyAppointment:
    """What its holder sees. `joining` is what the advisor wrote about how to come in: a link, a door, a name."""

    appointment: Appointment
    advisor: str
    joining: str
    place: str
    gets_mails: bool

    @property
    def way(self) -> Way:
        return WAYS[self.appointment.way]

    @property
    def may_change(self) -> bool:
        """Until it begins."""
        return self.appointment.state == AppointmentState.BOOKED and self.appointment.starts_at > clock.now()

    @property
    def may_cancel(self) -> bool:
        return self.may_change or self.appointment.state == AppointmentState.HELD


def my_appointment(token: str) -> MyAppointment:
    """NotFound where the link leads nowhere (any more)."""
    row = _load(token)
    content = booking.content_of(row)
    return MyAppointment(row, advisor_of(row), content.get("joining", ""), place_of(row), "email" in content)


def advisor_of(row: Appointment) -> str:
    """The name of the one it is with."""
    return db.session.scalar(select(User.name).where(User.id == row.user_id)) or ""


def place_of(row: Appointment) -> str:
    """Where one meets: the address of a home visit, else that of the office; empty on the telephone and in a video."""
    office: str = setting("OFFICE_ADDRESS") if row.way == "office" else ""
    return booking.content_of(row).get("address") or office


def move_my_appointment(token: str, starts_at: datetime, *, version: int | None) -> Appointment:
    """To another free time; Taken where it is gone. A mail confirms it.

    Raises DomainError where it cannot be moved any more, Conflict where it was changed meanwhile, NotFound for any
    other secret.
    """
    mine = my_appointment(token)
    check_version(mine.appointment, version)
    if not mine.may_change:
        raise DomainError(_("Dieser Termin lässt sich nicht mehr verschieben."))
    slot = public_slot(mine.way, starts_at)
    if slot is None:
        raise booking.Taken(mine.way.key)
    booking.move(mine.appointment, starts_at, slot.user_ids)
    tell(mine.appointment, "appointment_moved")
    return mine.appointment


def cancel_my_appointment(token: str, *, version: int | None) -> None:
    """A mail confirms it, so that nobody waits who did not cancel.

    Raises DomainError where it is cancelled or over, Conflict where it was changed meanwhile, NotFound for any other
    secret.
    """
    mine = my_appointment(token)
    check_version(mine.appointment, version)
    if not mine.may_cancel:
        raise DomainError(_("Dieser Termin ist schon abgesagt oder vorbei."))
    tells = mine.appointment.state == AppointmentState.BOOKED
    booking.cancel(mine.appointment, Party.SEEKER)
    if tells:
        tell(mine.appointment, "appointment_cancelled")


def my_calendar(token: str) -> bytes:
    """The appointment as a file for one's calendar (RFC 5545)."""
    return as_calendar([_load(token)], link_of={_load(token).id: token})


def _load(token: str) -> Appointment:
    row = db.session.scalars(select(Appointment).where(Appointment.token_hash == hash_token(token))).one_or_none()
    if row is None:
        raise NotFound(_("Diesen Termin gibt es nicht (mehr)."))
    return row
