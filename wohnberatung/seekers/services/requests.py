"""Requests are sent, read, changed, withdrawn; which of them somebody of the office may know of."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import selectinload

from matching.requests import Request
from wohnberatung.bridge.needs import Needs, engine_request, read_needs
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import free_receipt_number, hash_token, new_id, new_token
from wohnberatung.core.manifests import areas
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import new_person_key
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.models import HousingRequest, RequestDraft, RequestState, RequestVersion
from wohnberatung.seekers.services.consents import (
    GivenConsent,
    consents_from,
    matching_ended,
    refuse_health_without_consent,
)
from wohnberatung.seekers.services.drafts import discard_draft
from wohnberatung.seekers.steps import REQUEST_STEPS

RequestCondition = Callable[[Actor], ColumnElement[bool]]


def visible_requests(actor: Actor) -> Select[HousingRequest]:
    """Requests this person may know of: where every list of requests for people begins. Raises as `shown_to` does."""
    return select(HousingRequest).where(shown_to(actor))


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """The condition, for queries that join requests: a blocked one is for nobody but its person.

    Raises RuntimeError where no area has declared a condition: then those who know of cases are missing, and what
    they hide would be shown.
    """
    conditions = [condition for area in areas() for condition in area.request_visibility]
    if not conditions:
        raise RuntimeError("No area declares request_visibility: requests of blocked cases would be shown.")
    return and_(HousingRequest.blocked_at.is_(None), *(condition(actor) for condition in conditions))


@dataclass(frozen=True)
class Submitted:
    """A stored request and the secret of its link, which is shown once and kept nowhere."""

    request: HousingRequest
    token: str


def submit_request(
    *,
    contact: StoredContact,
    needs: Mapping[str, object],
    consents: Iterable[GivenConsent],
    language: str = "de",
    through: str = "web_form",
    draft: RequestDraft | None = None,
    held_for: HoldReason | None = None,
    actor: Actor | None = None,
) -> Submitted:
    """Store a request sealed; a draft it grew from is discarded in the same transaction. One that looks like spam
    is `held_for` a person to look at, never lost.

    `needs` is `{"requirements", "household", "text", "profiles"}` in the terms of the catalogue. Raises DomainError
    naming the key of the first value that cannot be, or `consent_health` where needs tell about health without the
    consent to that.
    """
    checked, consents = read_needs(needs), tuple(consents)
    refuse_health_without_consent(checked, consents)
    token, person_key = new_token(), new_person_key()
    request = HousingRequest(
        id=new_id(),
        receipt_number=free_receipt_number(HousingRequest.receipt_number),
        token_hash=hash_token(token),
        person_key=person_key,
        state=RequestState.NEW,
        language=language,
        held_for=held_for,
    )
    request.plain_contact, request.plain_needs = contact, checked
    request.consents = consents_from(consents, through, actor)
    db.session.add(request)
    db.session.flush()
    _keep_version(request, actor)
    if draft is not None:
        discard_draft(draft)
    db.session.flush()
    return Submitted(request, token)


def change_request(
    request: HousingRequest,
    *,
    version: int,
    contact: StoredContact | None = None,
    needs: Mapping[str, object] | None = None,
    actor: Actor | None = None,
) -> HousingRequest:
    """A new version; None leaves a part as it is. Conflict where `version` is not the stored one."""
    check_version(request, version)
    request.plain_contact = contact_of(request) if contact is None else contact
    request.plain_needs = needs_of(request) if needs is None else read_needs(needs)
    db.session.flush()
    _keep_version(request, actor)
    db.session.flush()
    return request


def move_request(
    request: HousingRequest, key: str, *, by: Party, target: RequestState | None = None, version: int | None = None
) -> HousingRequest:
    """Go a step of steps.py. Raises as `StepTable.check` does, Conflict where `version` is not the stored one."""
    step = REQUEST_STEPS.check(request, key, by=by)
    if version is not None:
        check_version(request, version)
    REQUEST_STEPS.enter(request, step, target)
    db.session.flush()
    if request.state in (RequestState.WITHDRAWN, RequestState.CLOSED):
        matching_ended(request, "request_ended")
    return request


def load_request(request_id: str, actor: Actor) -> HousingRequest:
    """For the office; NotFound where there is none."""
    only_office(actor)
    request = db.session.scalars(worked_on(actor).where(HousingRequest.id == request_id)).one_or_none()
    if request is None:
        raise NotFound(_("Dieses Gesuch gibt es nicht."))
    return request


def load_requests(request_ids: Collection[str], actor: Actor) -> list[HousingRequest]:
    """Those of these that this person may know of, for the office; as many queries for many as for one."""
    only_office(actor)
    return list(db.session.scalars(worked_on(actor).where(HousingRequest.id.in_(request_ids))))


def load_request_by_token(token: str) -> HousingRequest:
    """For the holder of the secret link; NotFound for any other."""
    mine = HousingRequest.token_hash == hash_token(token)
    request = db.session.scalars(_with_consents(select(HousingRequest)).where(mine)).one_or_none()
    if request is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return request


def list_requests(
    actor: Actor,
    states: Collection[str] = (),
    receipt_number: str = "",
    number: int = 1,
    size: int = PAGE_SIZE,
) -> Page[HousingRequest]:
    """Newest first, for the office; keys and consents come along, so that a page costs the same queries."""
    only_office(actor)
    query = worked_on(actor).order_by(HousingRequest.created_at.desc(), HousingRequest.id)
    if states:
        query = query.where(HousingRequest.state.in_(states))
    if receipt_number.strip():
        sought = receipt_number.strip().upper()
        query = query.where(HousingRequest.receipt_number.contains(sought, autoescape=True))
    return paginate(db.session, query, number, size)


def contact_of(request: HousingRequest) -> StoredContact:
    """The opened contact, as the form stored it."""
    return request.plain_contact


def needs_of(request: HousingRequest) -> Needs:
    """The opened needs."""
    return request.plain_needs


def matching_request(request: HousingRequest) -> Request:
    """The request as the engine takes it: no name, no contact, no diagnosis."""
    return engine_request(request.id, needs_of(request))


def worked_on(actor: Actor) -> Select[HousingRequest]:
    """What this person may know of, see `visibility`."""
    return _with_consents(visible_requests(actor))


def _with_consents(query: Select[HousingRequest]) -> Select[HousingRequest]:
    return query.options(selectinload(HousingRequest.consents))


def _keep_version(request: HousingRequest, actor: Actor | None) -> None:
    version = RequestVersion(id=new_id(), request=request, number=request.version)
    version.plain_payload = {"contact": contact_of(request), "needs": needs_of(request)}
    version.changed_by = actor.user_id if actor else None
    db.session.add(version)
