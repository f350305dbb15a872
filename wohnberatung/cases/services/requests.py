"""Requests for homes that belong to a case."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import Case, CaseEvent, CaseKind, CaseRequest, ConsentState, FollowUp, Origin
from wohnberatung.cases.services.cases import open_case
from wohnberatung.cases.services.content import content_of, nameless, record_event
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import GERMAN, ReadLanguage, language_of
from wohnberatung.core.transactions import changed_rows
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.requests import contact_of, load_request, visible_requests


def link_request(case: Case, receipt_number: str, actor: Actor) -> HousingRequest:
    """Put a request into the case. DomainError on `receipt_number` where there is none, or none to know of."""
    number = receipt_number.strip().upper()
    found = db.session.scalar(visible_requests(actor).where(HousingRequest.receipt_number == number))
    if found is None:
        raise DomainError(_("Zu dieser Eingangsnummer gibt es kein Gesuch."), "receipt_number")
    _link(case, found, actor)
    write_in_noted_language(case, actor)
    return found


def unlink_request(case: Case, request_id: str, actor: Actor) -> None:
    """The request stays; it belongs to the case no longer."""
    linked = CaseRequest.case_id == case.id, CaseRequest.request_id == request_id
    if changed_rows(delete(CaseRequest).where(*linked)):
        record_event(case, "request_unlinked", actor)
    db.session.flush()


def requests_of(case: Case, actor: Actor) -> list[HousingRequest]:
    """Its requests that this person may know of, the newest first."""
    query = visible_requests(actor).join(CaseRequest).where(CaseRequest.case_id == case.id)
    return list(db.session.scalars(query.order_by(HousingRequest.created_at.desc())))


def language_read(case: Case, actor: Actor) -> ReadLanguage:
    """The language the person of the case reads: as an advisor has noted it, else that of their newest request."""
    noted = content_of(case)["language"]
    newest = (request.language for request in requests_of(case, actor))
    return language_of(noted or next(newest, GERMAN.code))


def write_in_noted_language(case: Case, actor: Actor) -> None:
    """What is sent about its requests is written in the language that an advisor has noted."""
    if noted := content_of(case)["language"]:
        for request in requests_of(case, actor):
            request.language = noted
        db.session.flush()


def case_of_request(request_id: str) -> Case | None:
    """The case a request belongs to, whoever may know of it: ask `may_know` before showing it."""
    query = select(Case).join(CaseRequest).where(CaseRequest.request_id == request_id).order_by(CaseRequest.linked_at)
    return db.session.scalar(query.limit(1))


def open_case_from_request(request_id: str, actor: Actor) -> Case:
    """A case for the person who sent a request from the web; the one it has already, if this person may know of it."""
    request = load_request(request_id, actor)
    known = case_of_request(request.id)
    if known is not None:
        return known
    contact, agreed_on = contact_of(request), _agreed_on(request)
    opened = open_case(
        content={
            "name": contact.get("name") or nameless(request.receipt_number),
            "phone": contact.get("phone"),
            "email": contact.get("email"),
            "address": contact.get("address"),
        },
        actor=actor,
        origin=Origin.WEB_REQUEST,
        kind=CaseKind.PERSON,
        consent=ConsentState.WRITTEN if agreed_on else ConsentState.UNASKED,
        consent_on=agreed_on,
    )
    _link(opened, request, actor)
    return opened


def _agreed_on(request: HousingRequest) -> date | None:
    """When its person agreed to advice in the form, which is in writing; None where they did not, or no longer do."""
    given = (each for each in request.consents if each.purpose == Purpose.ADVICE and each.withdrawn_at is None)
    return next((consent.given_at.date() for consent in given), None)


def tell_of_withdrawal(request: HousingRequest, purpose: str) -> None:
    """What a case keeps stands on its own consent, so a person looks through it: it lies before them today."""
    if purpose != Purpose.HEALTH:
        return
    belongs = select(Case).join(CaseRequest).where(CaseRequest.request_id == request.id)
    for case in db.session.scalars(belongs.options(joinedload(Case.person_key))):
        record_event(case, "health_withdrawn", None)
        row = FollowUp(id=new_id(), case=case, due_on=clock.today())
        row.plain_text = _("Einwilligung zu Angaben über die Gesundheit ist zurückgenommen: Notizen durchsehen")
        db.session.add(row)
    db.session.flush()


def forget_named(row_id: str) -> None:
    """The histories of other cases tell nothing of a request or a case that is being erased, whether it still belongs
    to them or did once."""
    db.session.execute(delete(CaseEvent).where(CaseEvent.other_id == row_id))


def _link(case: Case, request: HousingRequest, actor: Actor) -> None:
    if db.session.get(CaseRequest, (case.id, request.id)) is None:
        db.session.add(CaseRequest(case_id=case.id, request_id=request.id))
        record_event(case, "request_linked", actor, other_id=request.id)
    db.session.flush()
