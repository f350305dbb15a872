"""What is stored about the people of a case, told in full or erased for good (GDPR Articles 15, 17 and 20).

Areas that hang tables on a case declare what they tell as `told_of_case`; their rows go with the case.
"""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.cases.models import Case, CaseAccess, CaseEvent, CaseRequest
from wohnberatung.cases.services.code_tables import labels
from wohnberatung.cases.services.content import content_of, record_event
from wohnberatung.cases.services.people import people_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden
from wohnberatung.core.manifests import ExportedRecord, areas, erased
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import destroy
from wohnberatung.seekers.models import HousingRequest

ToldOfCase = Callable[[Case], Sequence[ExportedRecord]]
# The rows that hang on a case go by their foreign keys, behind the back of the session.
UNSYNCHRONISED = {"synchronize_session": False}


def stored_about_case(case: Case, actor: Actor) -> ExportedRecord:
    """Everything, as JSON values; times are ISO 8601 in UTC. That somebody asked for it is recorded."""
    record_event(case, "exported", actor)
    db.session.flush()
    return {
        "exported_at": clock.now().isoformat(),
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "outcome": labels()["result"].get(case.outcome or "", ""),
        "origin": case.origin,
        "created_at": case.created_at.isoformat(),
        "consent": {"state": case.consent, "on": case.consent_on.isoformat() if case.consent_on else None},
        "content": content_of(case),
        "people": [{"role": person.role, "consent": person.consent, **content} for person, content in people_of(case)],
        "requests": _receipt_numbers(case),
        "history": [_event(event) for event in _events(case)],
        "opened_by_others": [_access(access) for access in _accesses(case)],
        **{name: told(case) for area in areas() for name, told in area.told_of_case.items()},
    }


def erase_case(case: Case) -> None:
    """Delete it with everything that hangs on it and destroy its key. Forbidden under a legal hold.

    Its requests stay: they belong to their person, who erases them by the secret link.
    """
    if case.legal_hold:
        raise Forbidden(_("Dieser Fall darf nicht gelöscht werden: Für ihn gilt eine Löschsperre."))
    erased(case.id)
    destroy(case.person_key)
    db.session.flush()
    db.session.execute(delete(Case).where(Case.id == case.id), execution_options=UNSYNCHRONISED)
    db.session.expunge(case)


def _receipt_numbers(case: Case) -> list[str]:
    """Of all its requests, blocked or not: their person is told in full."""
    numbers = select(HousingRequest.receipt_number).join(CaseRequest).where(CaseRequest.case_id == case.id)
    return list(db.session.scalars(numbers.order_by(HousingRequest.created_at.desc())))


def _events(case: Case) -> list[CaseEvent]:
    return list(db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)))


def _event(event: CaseEvent) -> ExportedRecord:
    return {"happened_at": event.happened_at.isoformat(), "action": event.action, "note": event.plain_note or ""}


def _accesses(case: Case) -> list[CaseAccess]:
    return list(db.session.scalars(select(CaseAccess).where(CaseAccess.case_id == case.id)))


def _access(access: CaseAccess) -> ExportedRecord:
    return {"granted_at": access.granted_at.isoformat(), "reason": access.plain_reason}
