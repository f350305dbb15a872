"""Who belongs to a case besides its person: helpers, legal guardians, services, contacts."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import Organisation
from wohnberatung.cases.models import Case, CasePerson, ConsentState, PersonRole
from wohnberatung.cases.services.cases import note_lookups
from wohnberatung.cases.services.content import person_content, record_event, seal_person
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db


def people_of(case: Case) -> list[tuple[CasePerson, dict[str, str]]]:
    """Everybody with their opened content, in the order they came."""
    query = select(CasePerson).where(CasePerson.case_id == case.id).order_by(CasePerson.created_at, CasePerson.id)
    return [(person, person_content(person)) for person in db.session.scalars(query)]


def load_person(case: Case, person_id: str) -> CasePerson:
    """NotFound where the case has nobody of this id."""
    person = db.session.get(CasePerson, person_id)
    if person is None or person.case_id != case.id:
        raise NotFound(_("Diese Person gehört nicht zum Fall."))
    return person


def save_person(
    case: Case,
    content: Mapping[str, str | None],
    *,
    role: str,
    consent: str,
    actor: Actor,
    person: CasePerson | None = None,
    version: int | None = None,
) -> CasePerson:
    """Add somebody, or change who is there. DomainError on `name` where nobody is named."""
    if not (content.get("name") or "").strip():
        raise DomainError(_("Bitte geben Sie einen Namen an."), "name")
    if person is None:
        person = CasePerson(id=new_id(), case=case)
        record_event(case, f"person_{role}", actor)
    else:
        check_version(person, version)
    if consent != person.consent:
        person.consent = ConsentState(consent)
        person.consent_on = None if consent == ConsentState.UNASKED else clock.today()
    person.role = PersonRole(role)
    seal_person(person, content)
    db.session.add(person)
    db.session.flush()
    note_lookups(case)
    return person


def remove_person(case: Case, person: CasePerson, actor: Actor) -> None:
    """Nothing of them stays but that somebody was removed."""
    db.session.delete(person)
    record_event(case, "person_removed", actor)
    db.session.flush()
    note_lookups(case)


def organisation_choices() -> list[tuple[str, str]]:
    """(id, name) of all organisations, by name: a case may be about one of them."""
    rows = db.session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.name))
    return [(id_, name) for id_, name in rows]
