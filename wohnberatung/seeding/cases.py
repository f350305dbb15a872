"""Cases of the invented office with talks and follow-ups due today; its opening hours and appointments."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import User
from wohnberatung.accounts.services.people import find_user, load_actor
from wohnberatung.appointments.models import OpeningHours
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services.booking import book
from wohnberatung.appointments.services.hours import add_hours, add_special_day
from wohnberatung.appointments.services.slots import public_slots
from wohnberatung.cases.models import BriefEnquiry, Case
from wohnberatung.cases.services.cases import open_case, take_case_step
from wohnberatung.cases.services.consultations import Talk, count_enquiry, record_consultation
from wohnberatung.cases.services.follow_ups import add_follow_up, understand
from wohnberatung.cases.services.people import save_person
from wohnberatung.cases.steps import CLOSE
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound

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
        take_case_step(case, CLOSE, version=case.version, actor=actor, note=note)


def _talk(case: Case, told: Record, actor: Actor) -> None:
    said = {name: told[name] for name in SAID if name in told}
    row = record_consultation(case, Talk(**said, topics=tuple(told.get("topics", ()))), actor)
    row.held_at = clock.now() - timedelta(days=told["days_ago"])


# Appointments lie within so many days of the one they were meant for, where hours allow it.
REACH = timedelta(days=14)


def open_office(session: scoped_session[Session] | Session) -> int:
    """Set hours and book where there are none yet; returns how many appointments. Flushes and never commits."""
    accounts = {record["id"]: find_user(record["email"]) for record in read_toml("accounts.toml")["account"]}
    if accounts["beraterin1"] is None or session.scalar(select(OpeningHours.id).limit(1)) is not None:
        return 0
    told = read_toml("appointments.toml")
    for record in told["hours"]:
        actor = _actor(accounts[record.pop("account")])
        add_hours(actor.user_id or "", **record, actor=actor)
    for record in told["closed"]:
        if record["day"] >= clock.today():
            actor = _actor(accounts["verwaltung"])
            add_special_day(None, **record, is_open=False, begins=None, ends=None, actor=actor)
    return sum(_book(record["way"], record["in_days"], record["content"]) for record in told["appointment"])


def _book(way: str, in_days: int, content: dict[str, str]) -> int:
    first = clock.today() + timedelta(days=in_days)
    slot = next(iter(public_slots(WAYS[way], first, first + REACH)), None)
    if slot is None:
        return 0
    book(way, slot.starts_at, slot.user_ids, content)
    return 1


def _actor(user: User | None) -> Actor:
    actor = load_actor(user.id) if user else None
    if actor is None:
        raise NotFound("Dieses Konto der Vorführung gibt es nicht.")
    return actor
