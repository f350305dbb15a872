"""Goals in the person's own words, and measures for them: added, changed, looked at with who may pay."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.advice.models import Parameter
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import load_case
from wohnberatung.cases.services.rights import rows_known_to
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.measures.contents import GivenMeasure, MeasureContent
from wohnberatung.measures.models import (
    CaseMeasure,
    DropReason,
    Goal,
    GoalState,
    MeasureEvent,
    MeasureKind,
    MeasureStatus,
)
from wohnberatung.measures.services.funding import FundingHint, consent_hints, cost_hint, funding_hints, option
from wohnberatung.measures.steps import (
    CONSENTS,
    DROP_REASONS,
    GOAL_STEPS,
    KINDS,
    MEASURE_STEPS,
    MILESTONES,
    STATUSES,
    Milestone,
)


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
    goal = db.session.scalar(rows_known_to(Goal, actor).where(Goal.id == goal_id))
    if goal is None:
        raise NotFound(_("Dieses Ziel gibt es nicht (mehr)."))
    load_case(goal.case_id, actor)
    return goal


def change_goal(goal: Goal, text: str, state: str, *, version: int | None) -> None:
    """Its words, and how far it is.

    Raises DomainError at `text` without words, Conflict with both texts where somebody was faster, NotFound for an
    unknown state.
    """
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


_EMPTY: MeasureContent = {
    "title": "",
    "note": "",
    "outcome": "",
    "cost_low": None,
    "cost_high": None,
    "programs": [],
    "consents": [],
    "steps": {},
}
DROPPED = (MeasureStatus.DROPPED, MeasureStatus.REFUSED)


@dataclass(frozen=True)
class MeasureSheet:
    """One measure with what is hinted about it today."""

    measure: CaseMeasure
    content: MeasureContent
    goal: str
    usual_cost: Parameter | None
    programs: list[FundingHint]
    rules: list[FundingHint]

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def kind(self) -> str:
        return str(KINDS[self.measure.kind])

    @property
    def status(self) -> str:
        return str(STATUSES[self.measure.status])

    @property
    def drop_reason(self) -> str:
        return str(DROP_REASONS[self.measure.drop_reason]) if self.measure.drop_reason else ""

    @property
    def consents(self) -> list[str]:
        """Who must agree, in words."""
        return [str(CONSENTS[key]) for key in self.content["consents"] if key in CONSENTS]

    @property
    def steps(self) -> list[tuple[Milestone, str | None]]:
        """Every step with the ISO day it was done, in the order in which they must come."""
        return [(step, self.content["steps"].get(step.key)) for step in MILESTONES]

    @property
    def next_step(self) -> Milestone | None:
        """The first that is not done; consents only where somebody must agree."""
        open_steps = [step for step, day in self.steps if not day]
        return next((step for step in open_steps if step.key != "consent" or self.consents), None)

    @property
    def warnings(self) -> list[str]:
        """What endangers money or peace: works that came before what must come first."""
        steps = self.content["steps"]
        found: list[str] = []
        if "works" not in steps:
            return found
        if any(hint.before_works for hint in self.programs) and steps.get("approval", "9999") > steps["works"]:
            found.append(_("Die Arbeiten haben vor der Zusage begonnen: Eine Förderung kann dadurch verloren sein."))
        if self.consents and steps.get("consent", "9999") > steps["works"]:
            found.append(_("Die Arbeiten haben begonnen, bevor alle Zustimmungen vorlagen."))
        return found


def add_measure(case: Case, given: GivenMeasure, actor: Actor) -> CaseMeasure:
    """Raises DomainError at `title` where it has none and at `cost_high` below `cost_low`, NotFound for a goal of
    another case."""
    row = CaseMeasure(id=new_id(), case_id=case.id, case=case, option=given.get("option", ""))
    row.status = MeasureStatus.SUGGESTED
    _set(row, given, actor)
    db.session.add(row)
    db.session.flush()
    _record(row, actor)
    return row


def change_measure(row: CaseMeasure, given: GivenMeasure, *, version: int | None, actor: Actor) -> None:
    """A new version. Conflict with both texts where somebody was faster."""
    check_version(row, version, current=words_of(content_of(row)), submitted=words_of(given))
    before = row.status
    _set(row, given, actor)
    db.session.flush()
    if row.status != before:
        _record(row, actor)


def load_measure(measure_id: str, actor: Actor) -> CaseMeasure:
    """NotFound where there is none, or none in a case that this person may open."""
    row = db.session.scalar(rows_known_to(CaseMeasure, actor).where(CaseMeasure.id == measure_id))
    if row is None:
        raise NotFound(_("Diese Maßnahme gibt es nicht (mehr)."))
    load_case(row.case_id, actor)
    return row


def measures_of(case: Case) -> list[MeasureSheet]:
    """All of a case, the oldest first."""
    query = select(CaseMeasure).where(CaseMeasure.case_id == case.id).order_by(CaseMeasure.created_at, CaseMeasure.id)
    return [sheet_of(row) for row in db.session.scalars(query)]


def sheet_of(row: CaseMeasure, goal: str = "") -> MeasureSheet:
    content = content_of(row)
    return MeasureSheet(
        row,
        content,
        goal,
        cost_hint(option(row.option)),
        funding_hints(content["programs"]),
        consent_hints(content["consents"]),
    )


def content_of(row: CaseMeasure) -> MeasureContent:
    """The opened content; what an older one does not say is empty."""
    return {**_EMPTY, **row.plain_content}


def words_of(given: GivenMeasure | MeasureContent) -> dict[str, str]:
    """What two versions are compared by."""
    return {
        _("Maßnahme"): given.get("title") or "",
        _("Notiz"): given.get("note") or "",
        _("Was daraus geworden ist"): given.get("outcome") or "",
    }


def _set(row: CaseMeasure, given: GivenMeasure, actor: Actor) -> None:
    if not (given.get("title") or "").strip():
        raise DomainError(_("Bitte geben Sie der Maßnahme einen Namen."), "title")
    low, high = given.get("cost_low"), given.get("cost_high")
    if low is not None and high is not None and high < low:
        raise DomainError(_("Der höhere Betrag ist kleiner als der niedrigere."), "cost_high")
    row.kind = MeasureKind(given["kind"])
    MEASURE_STEPS.take(row, given.get("status") or row.status, by=Party.OFFICE, why=given.get("drop_reason"))
    why = given.get("drop_reason")
    row.drop_reason = DropReason(why) if why and row.status in DROPPED else None
    row.goal_id = _goal(row, given.get("goal_id"), actor)
    row.plain_content = _content(given)


def _content(given: GivenMeasure) -> MeasureContent:
    days = given.get("steps") or {}
    return {
        "title": (given.get("title") or "").strip(),
        "note": (given.get("note") or "").strip(),
        "outcome": (given.get("outcome") or "").strip(),
        "cost_low": given.get("cost_low"),
        "cost_high": given.get("cost_high"),
        "programs": list(given.get("programs") or ()),
        "consents": list(given.get("consents") or ()),
        "steps": {step.key: days[step.key] for step in MILESTONES if days.get(step.key)},
    }


def _goal(row: CaseMeasure, goal_id: str | None, actor: Actor) -> str | None:
    if not goal_id:
        return None
    if load_goal(goal_id, actor).case_id != row.case_id:
        raise NotFound(_("Dieses Ziel gibt es nicht (mehr)."))
    return goal_id


def _record(row: CaseMeasure, actor: Actor) -> None:
    db.session.add(MeasureEvent(measure_id=row.id, status=row.status, actor_id=actor.user_id))
    db.session.flush()
