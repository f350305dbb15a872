"""What somebody who registered sees and does by their secret link."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.manifests import ExportedRecord, erased
from wohnberatung.core.steps import Party, Step
from wohnberatung.events.models import EventRegistration, RegistrationState
from wohnberatung.events.services.registering import CONTACT, NEEDS, check_people, take_seat
from wohnberatung.events.services.seats import fill, free_seats, locked_date
from wohnberatung.events.steps import CONFIRM, REGISTRATION_STEPS
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import mails_about
from wohnberatung.privacy.encryption import destroy


@dataclass(frozen=True)
class OpenedRegistration:
    """A registration as whoever made it and whoever invites read it."""

    registration: EventRegistration
    contact: dict[str, str]
    needs: dict[str, str]


def my_registration(token: str) -> OpenedRegistration:
    """NotFound for a secret that opens nothing (any more)."""
    return opened_registration(_of(token))


def opened_registration(row: EventRegistration) -> OpenedRegistration:
    """Without the secret of its link."""
    content = row.plain_content
    return OpenedRegistration(
        row, {name: content[name] for name in CONTACT if content.get(name)}, dict(row.plain_needs or {})
    )


def my_registration_steps(row: EventRegistration) -> dict[str, Step[EventRegistration]]:
    """What its maker may do now, by key."""
    return {step.key: step for step in REGISTRATION_STEPS.offered(row, Party.SEEKER)}


def move_my_registration(token: str, key: str) -> Step[EventRegistration]:
    """Confirm it or cancel it; the same step twice is one. Raises NotFound for unknown links and steps, Conflict where
    it does not lead on."""
    row = _of(token)
    if REGISTRATION_STEPS.is_done(row, key, Party.SEEKER):
        return REGISTRATION_STEPS[key]
    if key == CONFIRM:
        take_seat(row, key, Party.SEEKER)
        return REGISTRATION_STEPS[key]
    return cancel_registration(row, key, Party.SEEKER)


def cancel_registration(row: EventRegistration, key: str, by: Party) -> Step[EventRegistration]:
    """Its seat goes to whoever waits, its needs to nobody. Raises as `StepTable.take` does."""
    date = locked_date(row.date_id)
    step = REGISTRATION_STEPS.take(row, key, by=by)
    row.plain_needs = None
    db.session.flush()
    if date is not None:
        fill(date)
    return step


def change_my_registration(token: str, *, people: int, needs: Mapping[str, str], version: int | None) -> None:
    """Come with more or fewer people, or need something else. Raises NotFound for an unknown link, Conflict where it
    was changed meanwhile or is cancelled, DomainError at `people` for more than there is room for."""
    row = _of(token)
    check_version(row, version)
    date = locked_date(row.date_id)
    if row.state == RegistrationState.CANCELLED or date is None:
        raise REGISTRATION_STEPS.refused(row)
    check_people(date, people)
    free = free_seats(date)
    if row.state == RegistrationState.TAKEN and free is not None and people - row.people > free:
        raise DomainError(_("So viele Plätze sind nicht mehr frei. Frei sind noch %(free)s.", free=free), "people")
    row.people = people
    row.plain_needs = {name: needs[name] for name in NEEDS if needs.get(name)} or None
    db.session.flush()
    fill(date)


def stored_about_guest(token: str) -> ExportedRecord:
    """Everything that is stored about whoever registered."""
    mine = my_registration(token)
    row = mine.registration
    return {
        "receipt_number": row.receipt_number,
        "event": row.date.event.title,
        "starts_at": row.date.starts_at.isoformat(),
        "state": row.state,
        "registered_at": row.created_at.isoformat(),
        "people": row.people,
        "contact": mine.contact,
        "needs": mine.needs,
        "consent": {"version": row.consent_version, "text": row.consent_text},
        "mails": mails_about(row.person_key),
    }


def erase_registration(row: EventRegistration) -> None:
    """The row and its mails; the key is destroyed, so that no copy can be read any more."""
    erased(row.id)
    destroy(row.person_key)
    db.session.flush()
    db.session.execute(delete(EventRegistration).where(EventRegistration.id == row.id))
    db.session.expunge(row)


def _of(token: str) -> EventRegistration:
    row = db.session.scalar(select(EventRegistration).where(EventRegistration.token_hash == hash_token(token)))
    if row is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return row
