"""One's own appointment by its secret link: what it is, moving it, cancelling it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import User
from wohnberatung.appointments.models import Appointment, AppointmentState
from wohnberatung.appointments.services import booking
from wohnberatung.appointments.services.calendars import as_calendar
from wohnberatung.appointments.services.mails import tell
from wohnberatung.appointments.services.slots import public_slot
from wohnberatung.appointments.ways import WAYS, Way
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.steps import Party
from wohnberatung.core.versions import check_version
from wohnberatung.extensions import db


@dataclass(frozen=True)
class MyAppointment:
    """What its holder sees. `joining` is what the advisor wrote about how to come in: a link, a door, a name."""

    appointment: Appointment
    advisor: str
    joining: str
    address: str
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
    advisor = db.session.scalar(select(User.name).where(User.id == row.user_id)) or ""
    joining, address = content.get("joining", ""), content.get("address", "")
    return MyAppointment(row, advisor, joining, address, "email" in content)


def move_mine(token: str, starts_at: datetime, *, version: int | None) -> Appointment:
    """To another free time; Taken where it is gone. A mail confirms it."""
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


def cancel_mine(token: str, *, version: int | None) -> None:
    """A mail confirms it, so that nobody waits who did not cancel."""
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
