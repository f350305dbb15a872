"""How far a task of a match is: ticked, taken up again, or not needed any more. New ones come from `add_task`."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch, MatchTask
from wohnberatung.brokerage.task_kinds import TASK_KINDS, TaskKind, TaskState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.extensions import db

S = TaskState
ANY_SIDE = (Party.OFFICE, Party.SEEKER, Party.PROVIDER, Party.GROUP)
TASK_STEPS: StepTable[MatchTask] = StepTable(
    Step("tick", ANY_SIDE, (S.OPEN,), S.DONE, _l("Erledigt"), _l("Erledigt")),
    Step("reopen", ANY_SIDE, (S.DONE, S.DROPPED), S.OPEN, _l("Doch noch offen"), _l("Wieder offen")),
    Step("drop", (Party.OFFICE,), (S.OPEN,), S.DROPPED, _l("Nicht mehr nötig"), _l("Nicht mehr nötig")),
    begins=(S.OPEN,),
    refused=lambda _task: Conflict(_("Das geht nicht mehr: Die Aufgabe hat inzwischen einen anderen Stand.")),
)


def add_task(
    match: BrokeredMatch,
    kind: TaskKind,
    *,
    owner: Party | None = None,
    due_on: date | None = None,
    note: str = "",
    claims: Mapping[str, object] | None = None,
    reason: str | None = None,
    actor: Actor | None = None,
) -> MatchTask:
    """A new task, until the day its kind gives unless one is named. An open one of the same kind and owner is enough:
    it is given the new day and words."""
    told = TASK_KINDS[kind]
    side = owner or told.owner
    same = select(MatchTask).filter_by(match_id=match.id, kind=kind, owner=side, state=S.OPEN)
    task = db.session.scalars(same.limit(1)).first()
    before = task.plain_content if task else {"note": "", "claims": {}}
    if task is None:
        task = MatchTask(id=new_id(), match=match, kind=kind, owner=side, state=TASK_STEPS.begins[0])
    task.plain_content = {"note": note.strip() or before["note"], "claims": {**before["claims"], **(claims or {})}}
    task.due_on = due_on or clock.today() + timedelta(days=told.days)
    task.reason, task.changed_by, task.reminded_at = reason, actor.user_id if actor else None, None
    db.session.add(task)
    db.session.flush()
    return task


def tasks_of(match: BrokeredMatch) -> list[MatchTask]:
    """All of one match, the open ones first, the most urgent of them on top."""
    query = select(MatchTask).where(MatchTask.match_id == match.id).order_by(MatchTask.due_on, MatchTask.id)
    return sorted(db.session.scalars(query), key=lambda task: task.state != S.OPEN)


def settle_talk(match: BrokeredMatch, key: str) -> None:
    """The conversation about how it goes on was held (`tick`), or there is nothing to talk about any more (`drop`)."""
    for task in tasks_of(match):
        if task.kind == TaskKind.AFTERWARDS and task.state == S.OPEN:
            TASK_STEPS.take(task, key, by=Party.OFFICE)
            task.settled_at, task.reminded_at = clock.now(), None
    db.session.flush()


def claims_about(match: BrokeredMatch) -> dict[str, object]:
    """What the person has measured, by key of the fact; of what is still open."""
    return {
        key: value
        for task in tasks_of(match)
        if task.kind == TaskKind.MEASURE and task.state == S.OPEN
        for key, value in task.plain_content["claims"].items()
    }
