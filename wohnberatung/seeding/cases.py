"""Cases of the invented office, with talks, follow-ups due today, and a few short enquiries that were counted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.services import find_user, load_actor
from wohnberatung.cases.models import BriefEnquiry, Case, CaseState
from wohnberatung.cases.services import Talk, add_follow_up, open_case, record_consultation, save_person, set_case_state
from wohnberatung.cases.services.briefs import count_enquiry
from wohnberatung.cases.services.follow_ups import understand
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor

Record = Mapping[str, Any]
SAID = ("channel", "minutes", "reason", "person_group", "age_group", "result", "note")


def open_cases(session: scoped_session[Session] | Session) -> int:
    """Open them where there are none yet; returns how many. Flushes and never commits."""
    accounts = {record["id"]: find_user(record["email"]) for record in read_toml("accounts.toml")["account"]}
    actors = {name: load_actor(user.id) for name, user in accounts.items() if user is not None}
    if "beraterin1" not in actors or session.scalar(select(BriefEnquiry.id).limit(1)) is not None:
        return 0
    told = read_toml("cases.toml")
    for record in told["case"]:
        actor = actors[record["by"]]
        assert actor is not None
        _open(record, actor)
    for record in told["brief"]:
        first = actors["beraterin1"]
        assert first is not None
        count_enquiry(first, **record)
    return len(told["case"])


def _open(record: Record, actor: Actor) -> None:
    case = open_case(
        content={name: record.get(name, "") for name in ("name", "phone", "email", "address", "notes")},
        actor=actor,
        kind=record.get("kind", "person"),
        origin=record["origin"],
        consent=record.get("consent", "unasked"),
    )
    talks = record.get("talks", ())
    case.created_at = clock.now() - timedelta(days=max((talk["days_ago"] for talk in talks), default=0), minutes=5)
    for person in record.get("people", ()):
        save_person(case, person, role=person["role"], consent=person["consent"], actor=actor)
    for talk in talks:
        _talk(case, talk, actor)
    for line in record.get("follow_ups", ()):
        said = understand(line)
        if said is not None:
            add_follow_up(case, said, actor)
    if note := record.get("closed"):
        set_case_state(case, CaseState.CLOSED, version=case.version, actor=actor, note=note)


def _talk(case: Case, told: Record, actor: Actor) -> None:
    said = {name: told[name] for name in SAID if name in told}
    row = record_consultation(case, Talk(**said, topics=tuple(told.get("topics", ()))), actor)
    row.held_at = clock.now() - timedelta(days=told["days_ago"])
