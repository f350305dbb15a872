"""Goals in the person's own words."""

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.cases.models import Case
from wohnberatung.cases.services import load_case
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.core.versions import check_version
from wohnberatung.extensions import db
from wohnberatung.measures.models import Goal, GoalState
from wohnberatung.measures.steps import GOAL_STEPS


def add_goal(case: Case, text: str) -> Goal:
    """DomainError on `text` where nothing is said."""
    if not text.strip():
        raise DomainError(_("Bitte schreiben Sie das Ziel auf."), "text")
    goal = Goal(id=new_id(), case=case, state=GoalState.OPEN)
    goal.plain_text = text.strip()
    db.session.add(goal)
    db.session.flush()
    return goal


def load_goal(goal_id: str, actor: Actor) -> Goal:
    """NotFound where there is none, or none in a case that this person may open."""
    goal = db.session.get(Goal, goal_id)
    if goal is None:
        raise NotFound(_("Dieses Ziel gibt es nicht (mehr)."))
    load_case(goal.case_id, actor)
    return goal


def change_goal(goal: Goal, text: str, state: str, *, version: int | None) -> None:
    check_version(goal, version, current={_("Ziel"): goal.plain_text}, submitted={_("Ziel"): text})
    if not text.strip():
        raise DomainError(_("Bitte schreiben Sie das Ziel auf."), "text")
    goal.plain_text = text.strip()
    GOAL_STEPS.take(goal, state, by=Party.OFFICE)
    db.session.flush()


def goals_of(case: Case) -> list[tuple[Goal, str]]:
    """All goals with their text, the oldest first."""
    query = select(Goal).where(Goal.case_id == case.id).order_by(Goal.created_at, Goal.id)
    return [(goal, goal.plain_text) for goal in db.session.scalars(query)]
