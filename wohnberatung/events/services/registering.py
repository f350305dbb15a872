"""To register for a date: without an account, by mail address or telephone number. Who leaves a mail address confirms
it by a click; only then there is a seat, so that nobody fills a room in other people's names."""

from collections.abc import Mapping

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.ids import free_receipt_number, hash_token, new_id, new_token
from wohnberatung.core.steps import Party
from wohnberatung.events.kinds import MOST_PEOPLE
from wohnberatung.events.models import EventDate, EventRegistration, RegistrationState
from wohnberatung.events.services.events import shown_event
from wohnberatung.events.services.seats import locked_date, place_for
from wohnberatung.events.services.telling import News, ask_to_confirm_registration, tell_registered
from wohnberatung.events.steps import REGISTRATION_STEPS
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import new_person_key

CONTACT = ("name", "phone", "email")
NEEDS = ("wheelchairs", "interpreter", "other")


def register(
    event_id: str,
    date_id: str,
    *,
    people: int,
    contact: Mapping[str, str],
    needs: Mapping[str, str],
    consent: tuple[str, str],
    language: str = "de",
    held_for: HoldReason | None = None,
) -> tuple[EventRegistration, str]:
    """Store it sealed; returns it with the secret of its link. `consent` is (version, text) of what was agreed to.

    Raises NotFound where nobody can register, Conflict where the date is off or has begun, DomainError at `people` for
    more than there can be, at `email` where nobody could be reached.
    """
    locked_date(date_id)
    date = open_date(event_id, date_id)
    check_people(date, people)
    if not (contact.get("email") or contact.get("phone")):
        raise DomainError(_("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."), "email")
    token = new_token()
    row = EventRegistration(
        id=new_id(),
        date=date,
        receipt_number=free_receipt_number(EventRegistration.receipt_number, "VA"),
        token_hash=hash_token(token),
        person_key=new_person_key(),
        held_for=held_for,
        language=language,
        people=people,
    )
    row.consent_version, row.consent_text = consent
    row.plain_content = {name: contact[name] for name in CONTACT if contact.get(name)} | {"token": token}
    row.plain_needs = {name: needs[name] for name in NEEDS if needs.get(name)} or None
    REGISTRATION_STEPS.put(row, _first_state(row, contact))
    db.session.add(row)
    db.session.flush()
    if contact.get("email"):
        ask_to_confirm_registration(row)
    return row, token


def open_date(event_id: str, date_id: str) -> EventDate:
    """A date one can register for. Raises NotFound where nobody can, Conflict where it is off or has begun."""
    event, date = shown_event(event_id, VISITOR), db.session.get(EventDate, date_id)
    if date is None or date.event_id != event.id or not event.registers:
        raise NotFound(_("Zu diesem Termin kann man sich nicht anmelden."))
    if date.is_off or date.starts_at <= clock.now():
        raise Conflict(_("Dieser Termin ist abgesagt oder hat schon begonnen. Bitte wählen Sie einen anderen."))
    return date


def check_people(date: EventDate, people: int) -> None:
    """DomainError at `people` for more than one registration may bring, or than there is room for at all."""
    most = min(MOST_PEOPLE, date.event.capacity or MOST_PEOPLE)
    if not 1 <= people <= most:
        raise DomainError(_("Bitte eine Zahl von 1 bis %(most)s.", most=most), "people")


def take_seat(row: EventRegistration, key: str, by: Party) -> None:
    """Go a step that gives a seat, or a place on the waiting list where there is none; the person is told. Locks the
    date. Raises as `StepTable.take` does, NotFound where the date is gone."""
    date = locked_date(row.date_id)
    if date is None:
        raise NotFound(_("Diesen Termin gibt es nicht."))
    REGISTRATION_STEPS.take(row, key, by=by, target=place_for(date, row.people))
    db.session.flush()
    tell_registered(row, News.TAKEN if row.state == RegistrationState.TAKEN else News.WAITING)


def _first_state(row: EventRegistration, contact: Mapping[str, str]) -> RegistrationState:
    if row.held_for:
        return RegistrationState.HELD
    return RegistrationState.UNCONFIRMED if contact.get("email") else place_for(row.date, row.people)
