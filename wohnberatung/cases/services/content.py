"""Opening and sealing what a case says about people."""

from collections.abc import Mapping

from wohnberatung.cases.models import Case, CaseEvent, CasePerson
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db

FIELDS = ("name", "phone", "email", "no_email", "address", "language", "notes")
PERSON_FIELDS = ("name", "phone", "email", "no_email", "note")


def content_of(case: Case) -> dict[str, str]:
    """Name, phone, email (or `no_email`), address, the code of the language that is read, notes; what nobody entered
    is empty."""
    stored = case.plain_content
    return {name: stored.get(name, "") for name in FIELDS}


NAMELESS = "Ohne Namen"


def nameless(receipt_number: str) -> str:
    """What a case is called whose person has said no name."""
    return f"{NAMELESS}, {receipt_number}"


def spoken_name(content: Mapping[str, str]) -> str:
    """How the person is addressed; empty where they have said no name."""
    return "" if content["name"].startswith(NAMELESS) else content["name"]


def seal_content(case: Case, content: Mapping[str, str | None]) -> None:
    case.plain_content = {name: (content.get(name) or "").strip() for name in FIELDS}


def person_content(person: CasePerson) -> dict[str, str]:
    """Name, phone, email, note of somebody who belongs to the case."""
    stored = person.plain_content
    return {name: stored.get(name, "") for name in PERSON_FIELDS}


def seal_person(person: CasePerson, content: Mapping[str, str | None]) -> None:
    person.plain_content = {name: (content.get(name) or "").strip() for name in PERSON_FIELDS}


def record_event(case: Case, action: str, actor: Actor | None, *, note: str = "", other_id: str | None = None) -> None:
    """Add a line to what was done with the case."""
    event = CaseEvent(case=case, action=action, actor_id=actor.user_id if actor else None, other_id=other_id)
    event.plain_note = note or None
    db.session.add(event)
