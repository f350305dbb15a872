"""Cases are opened, found, changed, closed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import Case, CaseKind, CaseState, ConsentState, Origin
from wohnberatung.cases.services.content import content_of, record_event, seal_content
from wohnberatung.cases.services.lookups import note_lookups
from wohnberatung.cases.services.rights import NotYours, known_to, may_know, may_open, openable, own
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import free_receipt_number, new_id
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.core.versions import check_version
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import new_person_key


def open_case(
    *,
    content: Mapping[str, Any],
    actor: Actor,
    kind: str = CaseKind.PERSON,
    origin: str = Origin.PHONE,
    consent: str = ConsentState.UNASKED,
    consent_on: date | None = None,
    organisation_id: str | None = None,
) -> Case:
    """A new case, for which the acting person is responsible. DomainError on `name` where nobody is named."""
    only_office(actor)
    if not str(content.get("name") or "").strip():
        raise DomainError(_("Bitte geben Sie einen Namen an. Ein Vorname oder „Frau aus Pieschen“ genügt."), "name")
    opened = Case(
        id=new_id(),
        number=free_receipt_number(Case.number, "FA"),
        kind=CaseKind(kind),
        origin=Origin(origin),
        state=CaseState.OPEN,
        consent=ConsentState(consent),
        consent_on=consent_on or (clock.today() if consent != ConsentState.UNASKED else None),
        organisation_id=organisation_id,
        responsible_id=actor.user_id,
        person_key=new_person_key(),
    )
    seal_content(opened, content)
    db.session.add(opened)
    db.session.flush()
    note_lookups(opened)
    record_event(opened, "opened", actor)
    db.session.flush()
    return opened


def load_case(case_id: str, actor: Actor) -> Case:
    """A case to read and work on. NotFound where this person may not know of it, NotYours without a reason."""
    found = load_known(case_id, actor)
    if not may_open(found, actor):
        raise NotYours(found.id)
    return found


def load_cases(case_ids: Collection[str], actor: Actor) -> list[Case]:
    """Those of these that this person may open; as many queries for many as for one."""
    only_office(actor)
    found = db.session.scalars(cases_with_people().where(Case.id.in_(case_ids))).all()
    opened = openable(found, actor)
    return [case for case in found if case.id in opened]


def load_known(case_id: str, actor: Actor) -> Case:
    """A case this person may know of, though perhaps not read: its number and who is responsible."""
    only_office(actor)
    found = db.session.scalar(cases_with_people().where(Case.id == case_id))
    if found is None or not may_know(found, actor):
        raise NotFound(_("Diesen Fall gibt es nicht."))
    return found


def list_cases(
    actor: Actor, *, only_own: bool = True, state: str = CaseState.OPEN, number: int = 1, size: int = PAGE_SIZE
) -> Page[Case]:
    """Own cases first, then by what was changed last."""
    only_office(actor)
    query = cases_with_people().where(known_to(actor), Case.state == state)
    if only_own:
        query = query.where(own(actor))
    first = case((own(actor), 0), else_=1)
    return paginate(db.session, query.order_by(first, Case.updated_at.desc(), Case.id), number, size)


def change_case(
    changed: Case,
    content: Mapping[str, Any],
    *,
    version: int | None,
    kind: str,
    consent: str,
    actor: Actor,
    organisation_id: str | None = None,
) -> None:
    """A new version of who this is. Conflict with both texts where somebody was faster."""
    check_version(changed, version, current=words_of(content_of(changed)), submitted=words_of(content))
    if not str(content.get("name") or "").strip():
        raise DomainError(_("Bitte geben Sie einen Namen an."), "name")
    if consent != changed.consent:
        changed.consent, changed.consent_on = ConsentState(consent), clock.today()
        record_event(changed, f"consent_{consent}", actor)
    changed.kind, changed.organisation_id = CaseKind(kind), organisation_id
    seal_content(changed, content)
    note_lookups(changed)
    db.session.flush()


def set_case_state(changed: Case, state: str, *, version: int | None, actor: Actor, note: str = "") -> None:
    """Close it, or open it again."""
    check_version(changed, version)
    if changed.state == state:
        return
    changed.state = CaseState(state)
    changed.closed_at = clock.now() if state == CaseState.CLOSED else None
    record_event(changed, "closed" if state == CaseState.CLOSED else "reopened", actor, note=note)
    db.session.flush()


def words_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The content by the labels people read, for comparing two versions."""
    labels = {
        "name": _("Name"),
        "phone": _("Telefon"),
        "email": _("E-Mail"),
        "address": _("Adresse"),
        "notes": _("Notizen"),
    }
    return {label: str(content.get(name) or "") for name, label in labels.items()}


def cases_with_people() -> Select[Any]:
    """What opening a case needs comes along, so that a page of cases costs the same queries."""
    people = joinedload(Case.responsible), joinedload(Case.stand_in), joinedload(Case.organisation)
    return select(Case).options(*people)
