"""Requests for discretion as the office keeps them: written down, asked, decided, shown to others without names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.directory.services.finding import city_offices
from wohnberatung.discretion.models import DECIDED, DiscretionRequest, DiscretionState
from wohnberatung.discretion.rules import Rule
from wohnberatung.discretion.steps import ASK, DISCRETION_STEPS, GRANT, HIDE, PARTLY, PUBLISH, REFUSE, REOPEN
from wohnberatung.extensions import db
from wohnberatung.messages.services.contact_data import tells_contact
from wohnberatung.privacy import audit
from wohnberatung.projects.models import Project

DECIDES = (GRANT, PARTLY, REFUSE)


@dataclass(frozen=True)
class DecisionGiven:
    """What goes along with a step: why it was decided so, and when (today where nobody says)."""

    reason: str = ""
    on: date | None = None


def save_request(
    values: Mapping[str, object], actor: Actor, known: str | None = None, version: int | None = None
) -> DiscretionRequest:
    """A new draft, or the `known` one changed; `values` by column.

    Raises DomainError at `due_on` for a day before it was asked, at `summary` or `lessons` where a public one would
    tell who it is about, Conflict where somebody was faster.
    """
    only_office(actor)
    if known is None:
        row = DiscretionRequest(id=new_id(), state=DiscretionState.DRAFT, title="", rule=Rule.OTHER)
        db.session.add(row)
    else:
        row = load_request(known, actor, locked=True)
        check_version(row, version)
    for name, value in values.items():
        setattr(row, name, value)
    entry = db.session.get(DirectoryEntry, row.authority_id) if row.authority_id else None
    if entry is not None:
        row.authority = entry.name
    if row.asked_on and row.due_on and row.due_on < row.asked_on:
        raise DomainError(_("Dieser Tag liegt vor dem Antrag."), "due_on")
    if row.published_at is not None:
        _check_wording(row)
    db.session.flush()
    return row


def move_request(
    request_id: str, key: str, actor: Actor, *, version: int | None, decision: DecisionGiven | None = None
) -> Step[DiscretionRequest]:
    """A step of steps.py. Raises as `StepTable.check` does, DomainError at `decided_on` for a day to come, and where
    what is to be public tells who it is about."""
    only_office(actor)
    row, said = load_request(request_id, actor, locked=True), decision or DecisionGiven()
    step = DISCRETION_STEPS.check(row, key, by=Party.OFFICE, why=said.reason)
    check_version(row, version)
    if key == PUBLISH:
        _check_wording(row)
    DISCRETION_STEPS.enter(row, step)
    if key == ASK:
        row.asked_on = row.asked_on or clock.today()
    elif key in DECIDES:
        row.decided_on, row.decision_reason = said.on or clock.today(), said.reason.strip()
        if row.decided_on > clock.today():
            raise DomainError(_("Dieser Tag kommt erst noch."), "decided_on")
    elif key == REOPEN:
        row.decided_on = row.published_at = None
    elif key in (PUBLISH, HIDE):
        row.published_at = clock.now() if key == PUBLISH else None
    db.session.flush()
    audit.record("discretion", f"discretion_requests|{row.id}", actor)
    return step


def load_request(request_id: str, actor: Actor, *, locked: bool = False) -> DiscretionRequest:
    """For the office; `locked` until the transaction ends. NotFound where there is none."""
    only_office(actor)
    query = select(DiscretionRequest).where(DiscretionRequest.id == request_id)
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise NotFound(_("Diesen Antrag gibt es nicht."))
    return row


def requests_for_list(actor: Actor, number: int = 1) -> Page[DiscretionRequest]:
    """For the office: what waits for a decision first, by its day; then the newest."""
    only_office(actor)
    waits = DiscretionRequest.state != DiscretionState.ASKED
    query = select(DiscretionRequest).options(joinedload(DiscretionRequest.project))
    query = query.order_by(waits, DiscretionRequest.due_on, DiscretionRequest.created_at.desc(), DiscretionRequest.id)
    return paginate(db.session, query, number)


def late_requests(actor: Actor) -> list[DiscretionRequest]:
    """Whose day has passed without a decision, the longest first. Forbidden for everybody else."""
    only_office(actor)
    query = select(DiscretionRequest).where(
        DiscretionRequest.state == DiscretionState.ASKED, DiscretionRequest.due_on < clock.today()
    )
    return list(db.session.scalars(query.order_by(DiscretionRequest.due_on, DiscretionRequest.id)))


def public_requests(rule: str = "", state: str = "") -> Sequence[DiscretionRequest]:
    """What everybody may learn from, the newest decision first."""
    query = select(DiscretionRequest).where(
        DiscretionRequest.published_at.is_not(None), DiscretionRequest.state.in_(DECIDED)
    )
    if rule:
        query = query.where(DiscretionRequest.rule == Rule(rule))
    if state:
        query = query.where(DiscretionRequest.state == DiscretionState(state))
    return db.session.scalars(query.order_by(DiscretionRequest.decided_on.desc(), DiscretionRequest.id)).all()


def choices_for_form() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(id, name) of projects, and of the city's offices in the directory."""
    projects = db.session.execute(select(Project.id, Project.name).order_by(Project.name)).all()
    return [(key, name) for key, name in projects], [(entry.id, entry.name) for entry in city_offices()]


def _check_wording(row: DiscretionRequest) -> None:
    """Nobody reads in public who it is about."""
    hidden = [row.project.name] if row.project else []
    for name in ("summary", "lessons"):
        text = getattr(row, name)
        if tells_contact(text) or any(each.casefold() in text.casefold() for each in hidden):
            raise DomainError(_("Bitte ohne Namen, Adresse und Projekt: Das lesen alle."), name)
