"""How far a task of a match is: ticked, taken up again, not needed any more, or settled by what it follows. New ones
come from `add_task`."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch, MatchTask, TaskContent
from wohnberatung.brokerage.task_kinds import TASK_KINDS, TaskKind, TaskState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.extensions import db

S = TaskState
OFFICE, SYSTEM = (Party.OFFICE,), (Party.SYSTEM,)
ANY_SIDE = (*OFFICE, Party.SEEKER, Party.PROVIDER, Party.GROUP)


def is_done_by_hand(task: MatchTask) -> None:
    """Raises Conflict where a vote settles it: the two never say different things."""
    if task.follows is not None:
        raise Conflict(_("Das entscheidet die Abstimmung der Gruppe. Mit ihr ist auch die Aufgabe erledigt."))


def _by_hand(task: MatchTask, _by: Party) -> bool:
    return task.follows is None


BY_HAND: dict[str, Any] = {"guards": (is_done_by_hand,), "button": _by_hand}
TASK_STEPS: StepTable[MatchTask] = StepTable(
    Step("tick", ANY_SIDE, (S.OPEN,), S.DONE, _l("Erledigt"), _l("Erledigt"), **BY_HAND),
    Step("reopen", ANY_SIDE, (S.DONE, S.DROPPED), S.OPEN, _l("Doch noch offen"), _l("Wieder offen"), **BY_HAND),
    Step("drop", OFFICE, (S.OPEN,), S.DROPPED, _l("Nicht mehr nötig"), _l("Nicht mehr nötig"), **BY_HAND),
    # What it follows has come to a result, or to none.
    Step("settle", SYSTEM, (S.OPEN,), S.DONE, done=_l("Erledigt")),
    Step("end", SYSTEM, (S.OPEN,), S.DROPPED, done=_l("Nicht mehr nötig")),
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
    follows: str | None = None,
    actor: Actor | None = None,
) -> MatchTask:
    """A new task, until the day its kind gives unless one is named. An open one of the same kind and owner is enough:
    it is given the new day and words. `follows` names the vote that settles it."""
    told = TASK_KINDS[kind]
    side = owner or told.owner
    same = select(MatchTask).filter_by(match_id=match.id, kind=kind, owner=side, state=S.OPEN)
    task = db.session.scalars(same.limit(1)).first()
    before: TaskContent = task.plain_content if task else {"note": "", "claims": {}}
    if task is None:
        task = MatchTask(id=new_id(), match=match, kind=kind, owner=side, state=TASK_STEPS.begins[0])
    said: TaskContent = {"note": note.strip() or before["note"], "claims": {**before["claims"], **(claims or {})}}
    task.plain_content = {**before, **said}
    task.due_on = due_on or clock.today() + timedelta(days=told.days)
    task.reason, task.changed_by, task.reminded_at = reason, actor.user_id if actor else None, None
    task.follows = follows or task.follows
    db.session.add(task)
    db.session.flush()
    return task


def settle_what_follows(vote_id: str, *, decided: bool) -> None:
    """The tasks of a vote are done with its result, and not needed any more where there is none."""
    for task in db.session.scalars(select(MatchTask).filter_by(follows=vote_id, state=S.OPEN)).all():
        TASK_STEPS.take(task, "settle" if decided else "end", by=Party.SYSTEM)
        task.settled_at = clock.now()
    db.session.flush()


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
