"""Invented requests to deviate from a rule: one asked and late, two decided that others may read of, one withdrawn."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.discretion.models import DiscretionRequest
from wohnberatung.discretion.services.requests import DecisionGiven, move_request, save_request
from wohnberatung.projects.models import Project

OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
TEXTS = ("title", "rule", "paragraph", "deviation", "grounds", "authority", "summary", "lessons")


def ask_for_discretion(session: scoped_session[Session] | Session) -> int:
    """Store them where there are none yet; returns how many. Flushes and never commits."""
    if session.scalar(select(DiscretionRequest.id).limit(1)) is not None:
        return 0
    records = read_toml("discretion.toml")["request"]
    for record in records:
        values: dict[str, object] = {name: record.get(name, "") for name in TEXTS}
        named = select(Project.id).where(Project.name == record.get("project"))
        values["project_id"] = session.scalar(named)
        for name in ("asked", "due"):
            values[f"{name}_on"] = clock.today() + timedelta(days=record[name])
        row = save_request(values, OFFICE)
        decision = DecisionGiven(record.get("decision", ""), clock.today() + timedelta(days=record.get("decided", 0)))
        for step in record["steps"]:
            move_request(row.id, step, OFFICE, version=row.version, decision=decision)
    return len(records)
