"""Tasks of matches: given, ticked, taken up again by whose they are."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, select

from wohnberatung.brokerage.models import BrokeredMatch, MatchTask
from wohnberatung.brokerage.reasons import REASONS
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.matches import match_sheet
from wohnberatung.brokerage.services.proposals import open_proposal
from wohnberatung.brokerage.services.results import judge, seal_result
from wohnberatung.brokerage.services.shown_tasks import tasks_of_offers
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.services.task_steps import TASK_STEPS, add_task, tasks_of
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.brokerage.task_kinds import OFFERING, TaskKind, TaskState, sides_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import load_request, shown_to


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
    return _move(load_task(task_id, actor), key, Party.OFFICE, actor, version)


def load_task(task_id: str, actor: Actor) -> MatchTask:
    """For the office; NotFound for one of a request that is not to be known of."""
    only_office(actor)
    task = db.session.get(MatchTask, task_id)
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    load_request(task.match.request_id, actor)
    return task


def move_task_by_link(token: str, match_id: str, task_id: str, key: str, *, version: int | None) -> MatchTask:
    """A step of the person's own, by either of their links. NotFound for a wrong one, or a task that is not theirs."""
    return _move(task_by_link(token, match_id, task_id), key, Party.SEEKER, None, version)


def task_by_link(token: str, match_id: str, task_id: str) -> MatchTask:
    """One that is the person's to do, by either of their links; NotFound for any other."""
    match = open_proposal(token, match_id).match
    task = next((task for task in tasks_of(match) if task.id == task_id and task.owner == Party.SEEKER), None)
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    return task


def move_task_of_provider(task_id: str, key: str, actor: Actor, *, version: int | None) -> MatchTask:
    """A step of those who offer; NotFound for a task of others, or one that is not theirs to do."""
    task = task_of_provider(task_id, actor)
    return _move(task, key, Party(task.owner), actor, version)


def task_of_provider(task_id: str, actor: Actor) -> MatchTask:
    """One that is theirs to do who offer; NotFound for any other."""
    task = db.session.scalar(tasks_of_offers(actor).where(MatchTask.id == task_id, MatchTask.owner.in_(OFFERING)))
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    return task


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
    return move(match, task, key, by, actor)


def move(match: BrokeredMatch, task: MatchTask, key: str, by: Party, actor: Actor | None) -> MatchTask:
    """Take a step on a task of a locked match, with what follows from it. Raises as the table of steps does."""
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
