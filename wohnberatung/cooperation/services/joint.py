"""Joint cases: prepared by an advisor, opened once two providers may know, closed; who may see which.

A provider sees a joint case only while it is open, its person's consent for this provider holds, and the request is
neither held nor blocked. That is asked of the database each time, so that nothing has to be told that it has ended.
"""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from wohnberatung.cooperation.models import JointCase, JointPartner, JointState, PartnerState
from wohnberatung.cooperation.steps import CLOSE, FALL_APART, FEWEST, JOINT_STEPS, OPEN
from wohnberatung.core.actors import VISITOR, Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.dwellings.services.provider_desk import tell_organisation
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import load_request, shown_to, visible_requests

OPEN_OR_PREPARED = (JointState.PREPARED, JointState.OPEN)


def prepare_joint(request_id: str, actor: Actor) -> JointCase:
    """Begin one; the one that is prepared or open already is taken up. NotFound for requests not to be known of,
    DomainError where nobody outside the office may know of the person."""
    request = load_request(request_id, actor)
    check_may_be_known(request)
    known = joint_case_at(request)
    if known is not None:
        return known
    joint = JointCase(id=new_id(), request=request, prepared_by=actor.user_id, state=JointState.PREPARED)
    db.session.add(joint)
    db.session.flush()
    return joint


def check_may_be_known(request: HousingRequest) -> None:
    """DomainError for a person whose case is blocked, or whose request is held or over: never, whoever agreed."""
    known = db.session.scalar(visible_requests(VISITOR).where(HousingRequest.id == request.id))
    if known is None or request.held_for:
        raise DomainError(
            _(
                "Von dieser Person darf niemand außerhalb der Wohnberatung wissen. "
                "Ein gemeinsamer Fall ist nicht möglich."
            )
        )


def load_joint(joint_id: str, actor: Actor) -> JointCase:
    """For the office, and for partners as long as they may see it; NotFound for all others."""
    seen = _loaded().where(JointCase.id == joint_id, shown_to(actor))
    joint = db.session.scalar(seen if actor.is_staff else seen.where(*_seen_by(actor)))
    if joint is None:
        raise NotFound(_("Diesen gemeinsamen Fall gibt es nicht, oder Sie dürfen ihn nicht mehr sehen."))
    return joint


def own_partner(joint: JointCase, actor: Actor) -> JointPartner | None:
    """As which partner this person sees it; None for the office."""
    if actor.is_staff:
        return None
    return next((each for each in joint.agreed if actor.belongs_to(each.entry.organisation_id)), None)


def joint_cases_for(actor: Actor, number: int = 1) -> Page[JointCase]:
    """For the office all, those not closed first; for partners those they may see."""
    closed = JointCase.state == JointState.CLOSED
    query = _loaded().where(shown_to(actor)).order_by(closed, JointCase.updated_at.desc(), JointCase.id)
    return paginate(db.session, query if actor.is_staff else query.where(*_seen_by(actor)), number)


def joint_cases_of(request: HousingRequest) -> list[JointCase]:
    """All of one request, the newest first: for its person, and for the office once it may open the request."""
    query = _loaded().where(JointCase.request_id == request.id).order_by(JointCase.created_at.desc(), JointCase.id)
    return list(db.session.scalars(query))


def joint_case_at(request: HousingRequest) -> JointCase | None:
    """The one that is prepared or open, for the page of the request."""
    return next((joint for joint in joint_cases_of(request) if joint.state in OPEN_OR_PREPARED), None)


def move_joint(joint_id: str, key: str, version: int | None, actor: Actor) -> Step[JointCase]:
    """Open or close it; the same step twice is one. DomainError for what is missing, Conflict where somebody was
    faster, Forbidden outside the office."""
    only_office(actor)
    joint = load_joint(joint_id, actor)
    if JOINT_STEPS.is_done(joint, key, Party.OFFICE):
        return JOINT_STEPS[key]
    check_version(joint, version)
    if key == OPEN:
        check_may_be_known(joint.request)
    was_open = joint.state == JointState.OPEN
    step = JOINT_STEPS.take(joint, key, by=Party.OFFICE)
    db.session.flush()
    if key == OPEN or was_open:
        tell_partners(joint, step.also_told)
    return step


def close_unasked(joint: JointCase) -> None:
    """With the request it was for."""
    if joint.state not in OPEN_OR_PREPARED:
        return
    was_open = joint.state == JointState.OPEN
    step = JOINT_STEPS.take(joint, CLOSE, by=Party.SYSTEM)
    db.session.flush()
    if was_open:
        tell_partners(joint, step.also_told)


def fall_apart(joint: JointCase) -> None:
    """Once a partner has left an open one: with fewer than two, nobody sees it any more, and who is left is told."""
    if joint.state == JointState.OPEN and len(joint.agreed) < FEWEST:
        step = JOINT_STEPS.take(joint, FALL_APART, by=Party.SYSTEM)
        db.session.flush()
        for partner in joint.agreed:
            tell_partner(partner, step.also_told)


def tell_partners(joint: JointCase, template: str) -> None:
    """A mail to all that may know of it; it names its number and nobody."""
    for partner in joint.agreed:
        tell_partner(partner, template)


def tell_partner(partner: JointPartner, template: str) -> bool:
    """False where nobody there reads mails."""
    organisation_id, joint = partner.entry.organisation_id, partner.joint
    return organisation_id is not None and tell_organisation(
        organisation_id, template, joint_id=joint.id, number=joint.request.receipt_number
    )


def steps_of(joint: JointCase) -> tuple[Step[JointCase], ...]:
    """The office's buttons."""
    return JOINT_STEPS.offered(joint, Party.OFFICE)


def _seen_by(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    theirs = (
        select(JointPartner.joint_id)
        .join(JointPartner.entry)
        .where(JointPartner.state == PartnerState.AGREED, DirectoryEntry.organisation_id.in_(actor.organisation_ids))
    )
    return JointCase.state == JointState.OPEN, HousingRequest.held_for.is_(None), JointCase.id.in_(theirs)


def _loaded() -> Select[JointCase]:
    """With all that a page of it shows."""
    partners = selectinload(JointCase.partners)
    return (
        select(JointCase)
        .join(JointCase.request)
        .options(
            joinedload(JointCase.request).selectinload(HousingRequest.consents),
            partners.joinedload(JointPartner.entry),
            partners.selectinload(JointPartner.consents),
            selectinload(JointCase.tasks),
        )
    )
