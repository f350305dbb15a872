"""The shared list of tasks in a joint case: who does what until when. Partners and the office add and tick."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.cooperation.kinds import LONGEST_TASK
from wohnberatung.cooperation.models import JointCase, JointState, JointTask, JointTaskState
from wohnberatung.cooperation.services.joint import load_joint, own_partner
from wohnberatung.cooperation.steps import TASK_STEPS
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import check_length
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to

THE_OFFICE = ""


def owners_to_choose(joint: JointCase) -> list[tuple[str, str]]:
    """(id of a partner, name) of who may do something; the office first."""
    return [(THE_OFFICE, _("die Wohnberatung")), *((each.id, each.entry.name) for each in joint.agreed)]


def add_task(joint_id: str, title: str, due_on: date, owner: str, actor: Actor) -> JointTask:
    """DomainError at `owner` for somebody who may not know of it, at `due_on` for a day that is over, at `title` where
    nothing is said, and where the case is closed. NotFound for strangers."""
    joint = load_joint(joint_id, actor)
    if joint.state != JointState.OPEN:
        raise DomainError(_("Aufgaben gibt es, sobald der gemeinsame Fall offen ist."))
    if not title.strip():
        raise DomainError(_("Bitte schreiben Sie, was zu tun ist."), "title")
    check_length(title, LONGEST_TASK, "title")
    if due_on < clock.today():
        raise DomainError(_("Dieser Tag ist schon vorbei. Bitte nennen Sie einen neuen."), "due_on")
    partner = next((each for each in joint.agreed if each.id == owner), None)
    if owner != THE_OFFICE and partner is None:
        raise DomainError(_("Bitte wählen Sie, wer das macht."), "owner")
    task = JointTask(id=new_id(), joint=joint, partner=partner, due_on=due_on, state=JointTaskState.OPEN)
    task.plain_title = title.strip()
    db.session.add(task)
    db.session.flush()
    return task


def move_task(joint_id: str, task_id: str, key: str, version: int | None, actor: Actor) -> Step[JointTask]:
    """Tick it, drop it, open it again; the same step twice is one. NotFound for strangers, Forbidden for what somebody
    else is to do, Conflict where somebody was faster."""
    joint = load_joint(joint_id, actor)
    task = next((each for each in joint.tasks if each.id == task_id), None)
    if task is None:
        raise NotFound(_("Diese Aufgabe gibt es nicht."))
    if not is_own_task(task, joint, actor):
        raise Forbidden(_("Diese Aufgabe macht jemand anderes."))
    party = party_of(actor, Party.PROVIDER)
    if TASK_STEPS.is_done(task, key, party):
        return TASK_STEPS[key]
    check_version(task, version)
    step = TASK_STEPS.take(task, key, by=party)
    db.session.flush()
    return step


def is_own_task(task: JointTask, joint: JointCase, actor: Actor) -> bool:
    """The office may move all, a partner its own."""
    return actor.is_staff or (task.partner is not None and task.partner == own_partner(joint, actor))


def steps_of_task(task: JointTask, joint: JointCase, actor: Actor) -> tuple[Step[JointTask], ...]:
    """Buttons of this person."""
    if not is_own_task(task, joint, actor):
        return ()
    return TASK_STEPS.offered(task, party_of(actor, Party.PROVIDER))


def tasks_due(actor: Actor) -> list[JointTask]:
    """Open ones of open joint cases whose day has come, the most urgent first. Forbidden outside the office."""
    only_office(actor)
    query = select(JointTask).join(JointTask.joint).join(JointCase.request)
    due = JointTask.state == JointTaskState.OPEN, JointTask.due_on <= clock.today()
    loaded = query.options(joinedload(JointTask.joint).joinedload(JointCase.request), joinedload(JointTask.partner))
    shown = loaded.where(shown_to(actor), HousingRequest.held_for.is_(None), JointCase.state == JointState.OPEN)
    return list(db.session.scalars(shown.where(*due).order_by(JointTask.due_on)))
