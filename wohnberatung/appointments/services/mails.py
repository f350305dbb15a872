"""Mails about appointments: when, under which number, and the link. Never why, where or with whom."""

from datetime import timedelta

from sqlalchemy import select

from wohnberatung.appointments.models import Appointment, AppointmentState
from wohnberatung.appointments.services.booking import content_of, token_of
from wohnberatung.core import clock
from wohnberatung.core.one_by_one import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.mail.services import queue_mail

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
        in_dialogue=template != "appointment_booked",
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
