"""Opening and sealing what a case says about people."""

from collections.abc import Mapping
from typing import Any

from wohnberatung.cases.models import Case, CaseEvent, CasePerson
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import open_sealed, seal

FIELDS = ("name", "phone", "email", "address", "notes")
PERSON_FIELDS = ("name", "phone", "email", "note")


def content_of(case: Case) -> dict[str, str]:
    """Name, phone, email, address, notes; what nobody entered is empty."""
    stored = open_sealed(case.person_key, case.content, f"cases|content|{case.id}")
    return {name: stored.get(name, "") for name in FIELDS}


def seal_content(case: Case, content: Mapping[str, Any]) -> None:
    kept = {name: str(content.get(name) or "").strip() for name in FIELDS}
    case.content = seal(case.person_key, kept, f"cases|content|{case.id}")


def person_content(case: Case, person: CasePerson) -> dict[str, str]:
    """Name, phone, email, note of somebody who belongs to the case."""
    stored = open_sealed(case.person_key, person.content, f"case_people|content|{person.id}")
    return {name: stored.get(name, "") for name in PERSON_FIELDS}


def seal_person(case: Case, person: CasePerson, content: Mapping[str, Any]) -> None:
    kept = {name: str(content.get(name) or "").strip() for name in PERSON_FIELDS}
    person.content = seal(case.person_key, kept, f"case_people|content|{person.id}")


def seal_text(case: Case, text: str, place: str) -> bytes:
    """One text of a row that hangs on the case; `place` is ``table|column|row id``."""
    return seal(case.person_key, text, place)


def open_text(case: Case, sealed: bytes | None, place: str) -> str:
    """The text back; empty where there is none."""
    return str(open_sealed(case.person_key, sealed, place)) if sealed else ""


def record_event(case: Case, deed: str, actor: Actor | None, *, note: str = "", other_id: str | None = None) -> None:
    """Add a line to what was done with the case."""
    event = CaseEvent(case_id=case.id, deed=deed, actor_id=actor.user_id if actor else None, other_id=other_id)
    # The place is bound to the case: the row's own number is not known before it is stored, and rows never change.
    event.note = seal_text(case, note, f"case_events|note|{case.id}") if note else None
    db.session.add(event)


def event_note(case: Case, event: CaseEvent) -> str:
    return open_text(case, event.note, f"case_events|note|{case.id}")
