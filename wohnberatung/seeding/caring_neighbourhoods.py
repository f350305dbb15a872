"""The invented initiatives of caring neighbourhoods, through the same services as everybody else."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.initiatives.models import Initiative
from wohnberatung.initiatives.progress import MarkState
from wohnberatung.initiatives.services.initiatives import begin_initiative
from wohnberatung.initiatives.services.minutes import add_minutes
from wohnberatung.initiatives.services.progress import NEVER_NOTED, note_step
from wohnberatung.projects.models import PageState, Project
from wohnberatung.projects.services import meetings
from wohnberatung.projects.services.projects import save_project
from wohnberatung.projects.steps import PAGE_STEPS

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
TEXTS = ("serves", "aims", "seeks_people", "seeks_rooms", "seeks_skills", "members", "members_agreed", "progress_shown")


def introduce_initiatives(session: Store) -> bool:
    """Store every initiative once; False where some are there already or their projects are not. Flushes and never
    commits."""
    projects = {project.name: project for project in session.scalars(select(Project))}
    if not projects or session.scalar(select(Initiative.id).limit(1)) is not None:
        return False
    names = {each["id"]: each["name"] for each in read_toml("organisations.toml")["organisation"]}
    owners = {row.name: row.id for row in session.scalars(select(Organisation))}
    for record in read_toml("caring_neighbourhoods.toml")["initiative"]:
        project = projects.get(record["project"]) or _without_house(record, owners[names[record["organisation"]]])
        _introduce(project, record)
    session.flush()
    return True


def _without_house(record: Record, owner: str) -> Project:
    """A group at its beginning: a page, and no place yet."""
    texts = {"name": record["project"], "summary": record["summary"], "story": record["story"].strip()}
    project = save_project(organisation_id=owner, **texts)
    PAGE_STEPS.put(project, PageState.PUBLISHED)
    return project


def _introduce(project: Project, record: Record) -> None:
    values: Any = {name: record[name] for name in TEXTS if name in record}
    initiative = begin_initiative(project.id, "", OFFICE, **values)
    for mark in record["marks"]:
        said = MarkState(mark["state"]), mark.get("note", ""), mark.get("who", "")
        note_step(initiative.slug, mark["step"], *said, NEVER_NOTED, OFFICE)
    for each in record.get("minutes", ()):
        held_on = clock.today() - timedelta(days=each["days_ago"])
        add_minutes(initiative.slug, held_on, each["title"], each["text"], None, OFFICE)
    for each in record.get("date", ()):
        day = clock.today() + timedelta(days=each["in_days"])
        begins, ends = (time.fromisoformat(each[name]) for name in ("begins", "ends"))
        starts_at, ends_at = meetings.moments(day, begins, ends)
        words = {name: each.get(name, "") for name in ("title", "place", "note")}
        meetings.save_date(project.id, starts_at=starts_at, ends_at=ends_at, actor=OFFICE, **words)
    initiative.moved_at = clock.now() - timedelta(days=record["stands_since"])
