"""An enquiry becomes a case: who asked, what was asked, and the consent that was given with it."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from wohnberatung.advice.models import CaseEnquiry, Enquiry
from wohnberatung.advice.services.enquiries import content_of
from wohnberatung.cases.models import Case, ConsentState, Origin
from wohnberatung.cases.services.cases import open_case
from wohnberatung.cases.services.content import nameless
from wohnberatung.cases.services.rights import may_know
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.extensions import db


def open_case_from_enquiry(enquiry: Enquiry, actor: Actor) -> Case:
    """A case for whoever asked; the one the enquiry belongs to already, if there is one."""
    known = case_of_enquiry(enquiry.id)
    if known is not None:
        return known
    content = content_of(enquiry)
    asked = "\n".join(content[key] for key in ("question", "concern", "support", "times") if content.get(key))
    given: dict[str, Any] = {}
    if enquiry.consent_version:
        given = {"consent": ConsentState.WRITTEN, "consent_on": to_berlin(enquiry.created_at).date()}
    name = content.get("name") or nameless(enquiry.receipt_number)
    case = open_case(content=content | {"name": name, "notes": asked}, actor=actor, origin=Origin.ENQUIRY, **given)
    db.session.add(CaseEnquiry(case_id=case.id, enquiry_id=enquiry.id))
    db.session.flush()
    return case


def case_of_enquiry(enquiry_id: str) -> Case | None:
    """The case it belongs to, whoever may know of it: ask `may_know` before showing it."""
    query = select(Case).join(CaseEnquiry, CaseEnquiry.case_id == Case.id).where(CaseEnquiry.enquiry_id == enquiry_id)
    return db.session.scalar(query.limit(1))


def known_case_of(enquiry: Enquiry, actor: Actor) -> Case | None:
    """The same for the acting person; None where they may not know of it."""
    case = case_of_enquiry(enquiry.id)
    return case if case is not None and may_know(case, actor) else None


def enquiries_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    for enquiry in _enquiries_of(case):
        title = _("Anfrage %(number)s ist eingegangen", number=enquiry.receipt_number)
        yield TimelineEntry(enquiry.created_at, title, "", "", "advice.show_enquiry", {"enquiry_id": enquiry.id})


def enquiries_told(case: Case) -> list[dict[str, Any]]:
    return [
        {"receipt_number": row.receipt_number, "created_at": row.created_at.isoformat(), "content": content_of(row)}
        for row in _enquiries_of(case)
    ]


def _enquiries_of(case: Case) -> list[Enquiry]:
    belongs: ColumnElement[bool] = CaseEnquiry.case_id == case.id
    query = select(Enquiry).join(CaseEnquiry, CaseEnquiry.enquiry_id == Enquiry.id).where(belongs)
    return list(db.session.scalars(query.order_by(Enquiry.created_at)))
