"""Providers of a joint case: the office proposes them, the person consents to each, and takes it back at once."""

from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.cooperation.consent import TEXT_VERSION, consent_text
from wohnberatung.cooperation.kinds import ServiceKind, service_label
from wohnberatung.cooperation.models import (
    JointCase,
    JointConsent,
    JointPartner,
    JointState,
    JointTask,
    PartnerState,
)
from wohnberatung.cooperation.services.joint import (
    check_may_be_known,
    fall_apart,
    joint_cases_of,
    load_joint,
    tell_partner,
)
from wohnberatung.cooperation.services.offered import public_services
from wohnberatung.cooperation.steps import AGREE, ASK_AGAIN, PARTNER_STEPS, WITHDRAW
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import current_language, language_of
from wohnberatung.core.steps import Party, Step
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.contacts import send_mail
from wohnberatung.seekers.services.requests import load_request_by_token


def partners_to_choose() -> list[tuple[str, str]]:
    """(id of a service, words): those of entries that an organisation keeps, as somebody must be able to read it."""
    rows = (row for row in public_services() if row.entry.organisation_id)
    return sorted(((row.id, f"{service_label(row.kind)}: {row.entry.name}") for row in rows), key=lambda each: each[1])


def ask_partner(joint_id: str, service_id: str, need: str, *, with_contact: bool, actor: Actor) -> JointPartner:
    """Ask the person whether this provider may know. What was asked before without a consent that holds is asked anew.

    DomainError at `service_id` for one that is not to be chosen or has its consent, at `need` where nothing is said.
    The person gets a mail or a letter. Forbidden outside the office.
    """
    only_office(actor)
    joint = load_joint(joint_id, actor)
    check_may_be_known(joint.request)
    if joint.state == JointState.CLOSED:
        raise DomainError(_("Der gemeinsame Fall ist geschlossen. Beginnen Sie einen neuen."), "service_id")
    service = next((row for row in public_services() if row.id == service_id and row.entry.organisation_id), None)
    if service is None:
        raise DomainError(_("Bitte wählen Sie einen Dienst, der seinen Eintrag selbst pflegt."), "service_id")
    if not need.strip():
        raise DomainError(_("Bitte schreiben Sie, was der Dienst erfährt."), "need")
    check_length(need, NOTE, "need")
    partner = _partner_for(joint, service.entry, service.kind)
    partner.kind, partner.with_contact, partner.plain_need = service.kind, with_contact, need.strip()
    db.session.flush()
    db.session.expire(joint, ["partners"])
    send_mail(joint.request, "joint_asked", receipt_number=joint.request.receipt_number)
    return partner


def partners_of(request: HousingRequest) -> list[JointPartner]:
    """Whom its person was asked about and how that stands, in cases that are not closed."""
    open_ones = (joint for joint in joint_cases_of(request) if joint.state != JointState.CLOSED)
    return [partner for joint in open_ones for partner in joint.partners]


def my_partner(token: str, partner_id: str) -> JointPartner:
    """For the holder of the secret link; NotFound for any other."""
    request = load_request_by_token(token)
    partner = next((each for each in partners_of(request) if each.id == partner_id), None)
    if partner is None:
        raise NotFound(_("Diese Frage gibt es nicht mehr."))
    return partner


def decide_mine(token: str, partner_id: str, key: str, version: int | None) -> Step[JointPartner]:
    """Consent, decline or take it back; the same step twice is one. Conflict where what is asked has changed."""
    partner = my_partner(token, partner_id)
    language = current_language().code
    return _move(partner, key, Party.SEEKER, language=language, version=version, actor=None)


def record_decision(joint_id: str, partner_id: str, key: str, version: int | None, actor: Actor) -> Step[JointPartner]:
    """What the person said on the telephone or face to face, in the language in which we write to them. NotFound for a
    provider that is not of this case, Conflict where somebody was faster, Forbidden outside the office."""
    only_office(actor)
    joint = load_joint(joint_id, actor)
    partner = next((each for each in joint.partners if each.id == partner_id), None)
    if partner is None:
        raise NotFound(_("Diesen Dienst gibt es in dem gemeinsamen Fall nicht."))
    language = language_of(joint.request.language).code
    return _move(partner, key, Party.OFFICE, language=language, version=version, actor=actor)


def withdraw_all(request: HousingRequest) -> None:
    """What the consents stand on is gone: nobody of the partners may know any more."""
    for joint in joint_cases_of(request):
        for partner in joint.agreed:
            _end(partner, Party.SYSTEM)


def wording(partner: JointPartner, language: str) -> str:
    """The consent as it is asked for, in the language of this code."""
    with force_locale(language_of(language).locale):
        return consent_text(partner)


def consent_that_holds(partner: JointPartner) -> JointConsent | None:
    return next((each for each in partner.consents if each.withdrawn_at is None), None)


def _move(
    partner: JointPartner, key: str, by: Party, *, language: str, version: int | None, actor: Actor | None
) -> Step[JointPartner]:
    if PARTNER_STEPS.is_done(partner, key, by):
        return PARTNER_STEPS[key]
    check_version(partner, version)
    if key == AGREE:
        return _agree(partner, by, language, actor)
    return _end(partner, by) if key == WITHDRAW else _decline(partner, key, by)


def _agree(partner: JointPartner, by: Party, language: str, actor: Actor | None) -> Step[JointPartner]:
    check_may_be_known(partner.joint.request)
    step = PARTNER_STEPS.take(partner, AGREE, by=by)
    consent = JointConsent(id=new_id(), partner=partner, text_version=TEXT_VERSION, language=language)
    consent.plain_text, consent.given_at = wording(partner, language), clock.now()
    consent.recorded_by = actor.user_id if actor else None
    db.session.add(consent)
    db.session.flush()
    if partner.joint.state == JointState.OPEN:
        tell_partner(partner, "joint_opened")
    return step


def _decline(partner: JointPartner, key: str, by: Party) -> Step[JointPartner]:
    step = PARTNER_STEPS.take(partner, key, by=by)
    db.session.flush()
    return step


def _end(partner: JointPartner, by: Party) -> Step[JointPartner]:
    """What they had to do is the office's, who sees to it that somebody does it."""
    was_open = partner.joint.state == JointState.OPEN
    step = PARTNER_STEPS.take(partner, WITHDRAW, by=by)
    for consent in _that_hold(partner.consents):
        consent.withdrawn_at = clock.now()
    for task in db.session.scalars(select(JointTask).where(JointTask.partner_id == partner.id)):
        task.partner = None
    db.session.flush()
    if was_open:
        tell_partner(partner, step.also_told)
    fall_apart(partner.joint)
    return step


def _that_hold(consents: Iterable[JointConsent]) -> list[JointConsent]:
    return [consent for consent in consents if consent.withdrawn_at is None]


def _partner_for(joint: JointCase, entry: DirectoryEntry, kind: ServiceKind) -> JointPartner:
    """The row of this provider, to be asked; DomainError where a consent holds, which says what was agreed to."""
    query = select(JointPartner).options(joinedload(JointPartner.entry))
    known = db.session.scalar(query.where(JointPartner.joint_id == joint.id, JointPartner.entry_id == entry.id))
    if known is None:
        partner = JointPartner(id=new_id(), joint=joint, entry=entry, kind=kind, state=PartnerState.ASKED)
        db.session.add(partner)
        return partner
    if known.state == PartnerState.AGREED:
        message = _("Für %(name)s gibt es schon eine Einwilligung. Sie gilt für das, was darin steht.", name=entry.name)
        raise DomainError(message, "service_id")
    PARTNER_STEPS.take(known, ASK_AGAIN, by=Party.OFFICE)
    return known
