"""Introductions: asked for by a side or brought forward by the office, with reasons; lists and the sheet of one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import MESSAGE, NOTE, check_length
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.messages.services.contact_data import tells_contact
from wohnberatung.network.models.introductions import (
    ACQUAINTED,
    Introduction,
    IntroductionEvent,
    IntroductionKind,
    IntroductionSide,
    IntroductionState,
    Side,
    SideAnswer,
    SideLearned,
)
from wohnberatung.network.models.sites import Site, SiteStatus
from wohnberatung.network.services.history import disclose, take, tell
from wohnberatung.network.services.outcomes import next_follow_up
from wohnberatung.network.services.sides import gone, load_introduction, subject_of, visible_introductions
from wohnberatung.network.steps import ASK_AGAIN, ASK_SIDES, DECLINE, FOLLOW_UP, INTRODUCTION_STEPS, UNDO
from wohnberatung.privacy import audit
from wohnberatung.privacy.encryption import new_person_key
from wohnberatung.projects.models import Project
from wohnberatung.seekers.models import HousingRequest

MOST_FOUNDERS = 8
AUDITED = {DECLINE: "introduction_declined"}


@dataclass(frozen=True)
class Asked:
    """Who asks for an introduction, and what goes along: a `message` to the office, or, from the office itself,
    `reasons` that all sides read."""

    actor: Actor
    message: str = ""
    reasons: str = ""


def ask_introduction(site_id: str, project_id: str, message: str, actor: Actor, reasons: str = "") -> Introduction:
    """An owner and an initiative; asked twice is asked once. What the office brings forward asks both sides at once.

    NotFound unless the person belongs to one side and the other is to be seen, DomainError at `reasons`.
    """
    site, project = pair(site_id, project_id, actor)
    sides = [_side(Side.OWNER, site=site), _side(Side.INITIATIVE, project=project)]
    return _begin(IntroductionKind.SITE, sides, Asked(actor, message, reasons), _side_of(site, project, actor))


def introduce_initiatives(
    project_id: str, other_id: str, message: str, actor: Actor, reasons: str = ""
) -> Introduction:
    """Two initiatives. Raises as `ask_introduction` does."""
    own, other = two_initiatives(project_id, other_id, actor)
    sides = [_side(Side.INITIATIVE, project=each) for each in (own, other)]
    asked_by = Side.INITIATIVE if actor.belongs_to(own.organisation_id) else Side.OFFICE
    return _begin(IntroductionKind.INITIATIVES, sides, Asked(actor, message, reasons), asked_by)


def introduce_founders(requests: Sequence[HousingRequest], reasons: str, actor: Actor) -> Introduction:
    """People who seek and want to found a group together: each is asked for themselves, and none of them hears who the
    others are before all agreed. Raises DomainError at `who` for too few or too many, at `reasons`."""
    only_office(actor)
    if not 2 <= len(requests) <= MOST_FOUNDERS:
        raise DomainError(_("Bitte wählen Sie zwei bis %(most)s Menschen.", most=MOST_FOUNDERS), "who")
    sides = [_side(Side.SEEKER, request=request) for request in requests]
    return _begin(IntroductionKind.FOUNDING, sides, Asked(actor, "", reasons), Side.OFFICE)


def pair(site_id: str, project_id: str, actor: Actor) -> tuple[Site, Project]:
    """Both sides, where this person belongs to one of them or to the office and both are to be seen; else NotFound."""
    site, project = db.session.get(Site, site_id), db.session.get(Project, project_id)
    if site is None or project is None or site.status != SiteStatus.PUBLISHED or not project.published:
        raise gone()
    _side_of(site, project, actor)
    return site, project


def two_initiatives(project_id: str, other_id: str, actor: Actor) -> tuple[Project, Project]:
    """Both public, the first one's own or the person of the office; else NotFound."""
    own, other = db.session.get(Project, project_id), db.session.get(Project, other_id)
    if own is None or other is None or own is other or not (own.published and other.published):
        raise gone()
    if not (actor.is_staff or actor.belongs_to(own.organisation_id)):
        raise gone()
    return own, other


def decide(
    introduction_id: str, key: str, *, note: str, version: int | None, actor: Actor, reasons: str | None = None
) -> Introduction:
    """A step of the office: ask all sides, decline, ask again, note that it has asked how it goes, close, undo.

    Raises as `StepTable.check` does, DomainError at `reasons` or `note`, Conflict where somebody was faster.
    """
    only_office(actor)
    row = load_introduction(introduction_id, actor, locked=True)
    check_version(row, version)
    check_length(note, NOTE, "note")
    if reasons is not None and key in (ASK_SIDES, ASK_AGAIN):
        _give_reasons(row, reasons)
    if key == UNDO:
        _undo(row, actor)
        return row
    step = take(row, key, by=Party.OFFICE, actor=actor, note=note)
    row.decided_at, row.decided_by = clock.now(), actor.user_id
    if key in AUDITED:
        audit.record(AUDITED[key], f"introductions|{row.id}", actor)
    if key in (ASK_SIDES, ASK_AGAIN):
        _ask_sides(row)
    elif key == FOLLOW_UP:
        row.follow_up_on = next_follow_up(row)
    if note.strip():
        row.plain_note = note.strip()
    if step.told:
        asking = [side for side in row.sides if side.role == row.asked_by]
        # Who never asked learns of no refusal.
        tell(row, asking if key == DECLINE else row.sides)
    db.session.flush()
    return row


def introductions_for_list(actor: Actor, number: int = 1) -> Page[Introduction]:
    """For the office all, for others those of their own sites and projects; what waits for the office first."""
    query = visible_introductions(actor)
    if not actor.is_staff:
        own = actor.organisation_ids
        mine = (
            select(IntroductionSide.introduction_id)
            .outerjoin(IntroductionSide.site)
            .outerjoin(IntroductionSide.project)
            .where(Site.organisation_id.in_(own) | Project.organisation_id.in_(own))
        )
        query = query.where(Introduction.id.in_(mine))
    waits = Introduction.state != IntroductionState.ASKED
    query = query.order_by(waits, Introduction.created_at.desc(), Introduction.id)
    return paginate(db.session, query, number)


def _begin(kind: IntroductionKind, sides: list[IntroductionSide], asked: Asked, asked_by: Side) -> Introduction:
    check_length(asked.message, NOTE, "message")
    same = hashlib.sha256(",".join(sorted(map(subject_of, sides))).encode()).hexdigest()
    known = db.session.scalar(visible_introductions(asked.actor).where(Introduction.pair == same))
    if known is not None:
        return known
    row = Introduction(id=new_id(), kind=kind, pair=same, asked_by=asked_by, asked_by_user=asked.actor.user_id)
    row.plain_message = asked.message.strip()
    if kind is IntroductionKind.FOUNDING:
        row.person_key = new_person_key()
    for position, side in enumerate(sides):
        side.position, side.introduction = position, row
    db.session.add(row)
    db.session.flush()
    if asked.reasons:
        _give_reasons(row, asked.reasons)
    if asked_by is Side.OFFICE:
        take(row, ASK_SIDES, by=Party.OFFICE, actor=asked.actor)
        _ask_sides(row)
        tell(row, row.sides)
    return row


def _give_reasons(row: Introduction, reasons: str) -> None:
    """All sides read them before they know each other, so they must tell of nobody."""
    check_length(reasons, MESSAGE, "reasons")
    if tells_contact(reasons):
        raise DomainError(
            _("Bitte ohne Telefonnummer, Adresse und Namen: Das lesen alle, bevor sie zugestimmt haben."), "reasons"
        )
    row.plain_reasons = reasons.strip()


def _ask_sides(row: Introduction) -> None:
    """Whoever was asked before is asked anew: what somebody agreed to is over with what it was about."""
    for side in row.sides:
        side.answer = SideAnswer.WAITING
        side.consent_version = side.consent_text = side.language = side.answered_through = None
        side.answered_at = side.answered_by = None
    row.reminded_at = row.released_at = row.outcome = row.outcome_reason = row.follow_up_on = None
    db.session.flush()
    disclose(row, SideLearned.REASONS)


def _undo(row: Introduction, actor: Actor) -> None:
    """Where it was before it came here. A side that had said no is asked once more; without everybody's yes nothing
    leads back to where they know each other."""
    came = next((each for each in reversed(row.events) if _led_here(each, row)), None)
    if came is None or (came.state_before in ACQUAINTED and not row.all_agreed):
        raise INTRODUCTION_STEPS.refused(row)
    for side in row.sides:
        if side.answer == SideAnswer.REFUSED:
            side.answer = SideAnswer.WAITING
    row.outcome = row.outcome_reason = row.follow_up_on = None
    take(row, UNDO, by=Party.OFFICE, actor=actor, target=IntroductionState(came.state_before))


def _led_here(event: IntroductionEvent, row: Introduction) -> bool:
    return event.step != UNDO and event.state_after == row.state and event.state_before != row.state


def _side(role: Side, **subject: object) -> IntroductionSide:
    side = IntroductionSide(id=new_id(), role=role, answer=SideAnswer.WAITING, **subject)
    for name in ("site", "project", "request"):
        thing = getattr(side, name)
        setattr(side, f"{name}_id", thing.id if thing is not None else None)
    return side


def _side_of(site: Site, project: Project, actor: Actor) -> Side:
    if actor.belongs_to(site.organisation_id):
        return Side.OWNER
    if actor.belongs_to(project.organisation_id):
        return Side.INITIATIVE
    if actor.is_staff:
        return Side.OFFICE
    raise gone()
