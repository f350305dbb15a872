"""Tasks of matches: given, ticked, taken up again; each reader is told only what is theirs to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.questionnaires import fact_named
from wohnberatung.bridge.wording import spoken
from wohnberatung.brokerage.models import BrokeredMatch, MatchTask
from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.matches import match_sheet
from wohnberatung.brokerage.services.proposals import Proposal, open_proposal
from wohnberatung.brokerage.services.results import judge, seal_result
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.services.task_steps import TASK_STEPS, add_task, tasks_of
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.brokerage.task_kinds import FOR_SEEKER, OWNERS, TaskKind, TaskState, sides_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import load_request, shown_to

OFFERING = (Party.PROVIDER, Party.GROUP)


@dataclass(frozen=True)
class ShownTask:
    """A task for one reader: `words` are theirs, `steps` what they may do with it. `owner` in words; `mine`: it is
    theirs to do. `details` are for the office alone: its note, and what the person measured."""

    task: MatchTask
    words: Any
    owner: Any
    mine: bool
    steps: tuple[Step[MatchTask], ...]
    details: tuple[str, ...] = ()


def tasks_for_office(match: BrokeredMatch) -> list[ShownTask]:
    """Every task of a match with all that is known of it."""
    return [
        ShownTask(
            task,
            task.told.label,
            OWNERS[Party(task.owner)],
            task.owner == Party.OFFICE,
            TASK_STEPS.offered(task, Party.OFFICE),
            _details(task),
        )
        for task in tasks_of(match)
    ]


def tasks_for_seeker(proposal: Proposal) -> list[ShownTask]:
    """Those of a proposal that concern the person, in their words."""
    return [
        _shown(task, FOR_SEEKER[TaskKind(task.kind)], (Party.SEEKER,))
        for task in tasks_of(proposal.match)
        if task.kind in FOR_SEEKER and task.state != TaskState.DROPPED
    ]


def tasks_for_provider(actor: Actor) -> list[ShownTask]:
    """Open tasks about one's own offers, of people who agreed that this provider is asked: nothing tells who they
    are."""
    query = _of_own_offers(actor).where(MatchTask.state == TaskState.OPEN)
    return [
        _shown(task, task.told.for_provider, OFFERING)
        for task in db.session.scalars(query.order_by(MatchTask.due_on, MatchTask.id))
        if task.told.for_provider
    ]


def give_task(
    match_id: str,
    *,
    kind: str,
    owner: str,
    due_on: date,
    note: str,
    version: int | None,
    actor: Actor,
) -> MatchTask:
    """The office gives somebody something to do. DomainError at `kind`, `owner`, `due_on` or `note`."""
    match = match_sheet(match_id, actor).match
    check_version(match, version)
    if match.state not in OPEN:
        raise DomainError(_("Dieser Vorschlag ist beendet. Aufgaben dazu gibt es nur, solange er läuft."), "kind")
    if Party(owner) not in sides_of(TaskKind(kind)):
        raise DomainError(_("Diese Aufgabe kann diese Seite nicht übernehmen."), "owner")
    if due_on < clock.today():
        raise DomainError(_("Bitte wählen Sie heute oder einen Tag in der Zukunft."), "due_on")
    check_length(note, NOTE, "note")
    return add_task(match, TaskKind(kind), owner=Party(owner), due_on=due_on, note=note, actor=actor)


def move_task(task_id: str, key: str, actor: Actor, *, version: int | None) -> MatchTask:
    """A step of the office. NotFound for one of a request that is not to be known of."""
    only_office(actor)
    task = db.session.get(MatchTask, task_id)
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    load_request(task.match.request_id, actor)
    return _move(task, key, Party.OFFICE, actor, version)


def move_task_by_link(token: str, match_id: str, task_id: str, key: str, *, version: int | None) -> MatchTask:
    """A step of the person's own, by either of their links. NotFound for a wrong one, or a task that is not theirs."""
    match = open_proposal(token, match_id).match
    task = next((task for task in tasks_of(match) if task.id == task_id and task.owner == Party.SEEKER), None)
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    return _move(task, key, Party.SEEKER, None, version)


def move_task_of_provider(task_id: str, key: str, actor: Actor, *, version: int | None) -> MatchTask:
    """A step of those who offer; NotFound for a task of others, or one that is not theirs to do."""
    own = _of_own_offers(actor).where(MatchTask.id == task_id, MatchTask.owner.in_(OFFERING))
    task = db.session.scalar(own)
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    return _move(task, key, Party(task.owner), actor, version)


def overdue_tasks(actor: Actor) -> Select[MatchTask]:
    """What the office has to look after: its own tasks that are due, those of others that are overdue."""
    today = clock.today()
    concerns = ((MatchTask.owner == Party.OFFICE) & (MatchTask.due_on <= today)) | (MatchTask.due_on < today)
    query = select(MatchTask).join(MatchTask.match).join(BrokeredMatch.request)
    return query.where(shown_to(actor), MatchTask.state == TaskState.OPEN, concerns)


def _move(task: MatchTask, key: str, by: Party, actor: Actor | None, version: int | None) -> MatchTask:
    if TASK_STEPS.is_done(task, key, by):
        return task
    match = locked(task.match_id)
    check_version(task, version)
    TASK_STEPS.take(task, key, by=by)
    settled = task.state != TaskState.OPEN
    task.settled_at, task.reminded_at = clock.now() if settled else None, None
    task.changed_by = actor.user_id if actor else None
    db.session.flush()
    if task.state == TaskState.DONE:
        _bring_up_again(match, task)
    return task


def _bring_up_again(match: BrokeredMatch, task: MatchTask) -> None:
    """What ended for want of something that is there now is looked at again, where it still can be."""
    reason = REASONS.get(task.reason or "")
    if reason is None or not reason.reopens or match.state not in (MatchState.CLOSED, MatchState.CANCELLED):
        return
    if match.reason != reason.code or any(other.state == TaskState.OPEN for other in tasks_of(match)):
        return
    if _stands_open(match):
        take(match, "reopen", by=Party.SYSTEM)
        seal_result(match, judge(match.request, match.offer_id))
        db.session.flush()


def _stands_open(match: BrokeredMatch) -> bool:
    try:
        STEPS.check(match, "reopen", by=Party.SYSTEM)
    except DomainError:
        return False  # the home is let, or the person seeks no more: then there is nothing to bring up
    return True


def _shown(task: MatchTask, words: Any, sides: Iterable[Party]) -> ShownTask:
    mine = task.owner in tuple(sides)
    steps = TASK_STEPS.offered(task, Party(task.owner)) if mine else ()
    return ShownTask(task, words, OWNERS[Party(task.owner)], mine, steps)


def _details(task: MatchTask) -> tuple[str, ...]:
    content = task.plain_content
    claims = (
        _("Die Person sagt: %(label)s %(value)s", label=_(fact.label), value=fact.format(value, spoken()))
        for fact, value in ((fact_named(key), value) for key, value in content["claims"].items())
    )
    return tuple(filter(None, (content["note"], *claims)))


def _of_own_offers(actor: Actor) -> Select[MatchTask]:
    """Only once the person agreed to this provider's being asked, and while they are in play."""
    match = joinedload(MatchTask.match)
    offer = match.joinedload(BrokeredMatch.offer)
    return (
        select(MatchTask)
        .join(MatchTask.match)
        .join(BrokeredMatch.request)
        .join(Offer, BrokeredMatch.offer_id == Offer.id)
        .where(shown_to(actor), Offer.organisation_id.in_(actor.organisation_ids))
        .where(BrokeredMatch.shared_at.is_not(None), BrokeredMatch.state.in_(OPEN))
        .options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    )
