"""Booking, moving, cancelling. Each takes or gives back the quarters of an hour it needs, all or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from wohnberatung.appointments.models import Appointment, AppointmentState, TakenQuarter
from wohnberatung.appointments.openings import WAYS, Span, span_of
from wohnberatung.appointments.steps import APPOINTMENT_STEPS, CANCEL, RELEASE
from wohnberatung.cases.models import Case
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.constraints import constraint_name
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import free_receipt_number, hash_token, new_id, new_token
from wohnberatung.core.manifests import erased
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import destroy, new_person_key

# Whoever comes second gets it from the database: the key of the table of taken quarters.
ALREADY_TAKEN = "pk_taken_quarters"
# What may stand in the sealed content of an appointment.
PARTS = ("name", "phone", "email", "address", "concern", "support", "joining", "note")


class Taken(DomainError):
    """Somebody was faster: the time is not free any more. Said at the field `wall` of a form."""

    def __init__(self, way: str, message: str = "") -> None:
        said = message or _("Dieser Termin ist leider gerade vergeben worden. Bitte wählen Sie einen anderen.")
        super().__init__(said, "wall")
        self.way = way


@dataclass(frozen=True)
class Booked:
    """A stored appointment and the secret of its link."""

    appointment: Appointment
    token: str


def book(
    way: str,
    starts_at: datetime,
    user_ids: Iterable[str],
    content: Mapping[str, str],
    *,
    consent: tuple[str, str] | None = None,
    language: str = "de",
    held_for: HoldReason | None = None,
    booked_by: str | None = None,
    case: Case | None = None,
) -> Booked:
    """Store it with the first of these advisors who is still free; Taken where none is.

    What looks like spam is `held_for` a person and takes no time from anybody.
    """
    span, token = span_of(WAYS[way], starts_at), new_token()
    row = Appointment(
        id=new_id(), receipt_number=free_receipt_number(Appointment.receipt_number, "TE"), way=way, language=language
    )
    row.person_key, row.case = (case.person_key, case) if case else (new_person_key(), None)
    row.booked_by, row.held_for = booked_by, held_for
    row.state = AppointmentState.HELD if held_for else AppointmentState.BOOKED
    row.token_hash = hash_token(token)
    row.consent_version, row.consent_text = consent or (None, None)
    _place(row, span)
    row.plain_content = {**_parts(content), "token": token}
    for user_id in user_ids:
        if _take(row, user_id, span):
            return Booked(row, token)
    raise Taken(way)


def move(row: Appointment, starts_at: datetime, user_ids: Iterable[str]) -> Appointment:
    """To another time, with the same advisor if they are free then. Its reminder is sent anew.

    Raises DomainError where it is cancelled or over, Taken where none of them is free; then it stays where it was.
    """
    if row.state != AppointmentState.BOOKED:
        raise DomainError(_("Dieser Termin lässt sich nicht mehr verschieben."))
    span = span_of(WAYS[row.way], starts_at)
    # Refused, it stays where it was.
    with db.session.begin_nested():
        give_back(row)
        for user_id in sorted(user_ids, key=lambda each: each != row.user_id):
            if _take(row, user_id, span):
                row.reminded_at = None
                _place(row, span)
                return row
        raise Taken(row.way)


def cancel(row: Appointment, by: Party) -> None:
    """Its time is free for others at once. Raises as `StepTable.check` does."""
    APPOINTMENT_STEPS.take(row, CANCEL, by=by)
    give_back(row)
    db.session.flush()


def release(row: Appointment) -> None:
    """A held booking is no spam: it gets its time if that is still free, else Taken. Raises as a step does."""
    with db.session.begin_nested():
        APPOINTMENT_STEPS.take(row, RELEASE, by=Party.OFFICE)
        row.held_for = None
        if not _take(row, row.user_id, span_of(WAYS[row.way], row.starts_at)):
            message = _("Diese Zeit ist inzwischen vergeben. Bitte vereinbaren Sie mit der Person eine andere.")
            raise Taken(row.way, message)


def content_of(row: Appointment) -> dict[str, str]:
    """The opened texts by part, without the secret of the link."""
    return {name: text for name, text in row.plain_content.items() if name in PARTS}


def token_of(row: Appointment) -> str:
    """The secret of its link, for mails about it."""
    return row.plain_content["token"]


def change_content(row: Appointment, changed: Mapping[str, str]) -> None:
    """Replace some of the parts; an empty one goes."""
    row.plain_content = {**_parts({**content_of(row), **changed}), "token": token_of(row)}
    db.session.flush()


def attach(row: Appointment, case: Case) -> None:
    """It belongs to the case from now on: sealed with the key of the case, kept and erased with it.

    Raises DomainError where it belongs to a case already.
    """
    if row.case_id is not None:
        raise DomainError(_("Dieser Termin gehört schon zu einem Fall."))
    content, own_key = row.plain_content, row.person_key
    row.case, row.person_key = case, case.person_key
    row.plain_content = content
    db.session.flush()
    destroy(own_key)
    db.session.flush()


def erase(row: Appointment) -> None:
    """Delete it and destroy its own key; its time is free for others. Raises DomainError under a legal hold."""
    if row.legal_hold:
        raise DomainError(_("Dieser Termin darf nicht gelöscht werden: Für ihn gilt eine Löschsperre."))
    give_back(row)
    erased(row.id)
    if row.case_id is None:
        destroy(row.person_key)
    db.session.flush()
    db.session.execute(delete(Appointment).where(Appointment.id == row.id))
    db.session.expunge(row)


def give_back(row: Appointment) -> None:
    """The quarters it had taken."""
    db.session.execute(delete(TakenQuarter).where(TakenQuarter.appointment_id == row.id))


def _take(row: Appointment, user_id: str, span: Span) -> bool:
    """Whether the advisor had all of it free; then it is theirs. The key of the table decides, not a look before."""
    row.user_id = user_id
    quarters = [{"user_id": user_id, "quarter": number, "appointment_id": row.id} for number in span.quarters]
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
            if row.state == AppointmentState.BOOKED:
                db.session.execute(insert(TakenQuarter), quarters)
    except IntegrityError as error:
        if constraint_name(error) != ALREADY_TAKEN:
            raise
        return False
    return True


def _place(row: Appointment, span: Span) -> None:
    row.starts_at, row.ends_at = span.starts_at, span.ends_at
    row.busy_from, row.busy_until = span.busy_from, span.busy_until


def _parts(content: Mapping[str, str]) -> dict[str, Any]:
    return {name: content[name].strip() for name in PARTS if content.get(name, "").strip()}
