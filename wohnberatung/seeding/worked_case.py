"""One case of the invented office with everything that advice does: survey, goals, measures, appointment, letter.

A step of its own after `homes.fill`, as rankings see only what is committed.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.services.people import find_user, load_actor
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services.office import book_for
from wohnberatung.appointments.services.slots import free_slots
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import open_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.letters.models import Letter
from wohnberatung.letters.services.letters import draft, keep, suggested
from wohnberatung.measures.contents import GivenMeasure
from wohnberatung.measures.services.funding import option
from wohnberatung.measures.services.measures import add_goal, add_measure
from wohnberatung.seekers.models import HousingRequest, RequestState
from wohnberatung.seekers.services.consents import may_be_matched
from wohnberatung.seekers.services.requests import needs_of
from wohnberatung.surveys.services.surveys import begin_survey, finish, load_survey, save_room

Record = Mapping[str, Any]


def work_on_case(session: scoped_session[Session] | Session) -> bool:
    """Make it where no letter was written yet; False where there is nobody to do it. Flushes and never commits."""
    told = read_toml("worked_case.toml")
    accounts = {record["id"]: record["email"] for record in read_toml("accounts.toml")["account"]}
    user = find_user(accounts[told["case"]["account"]])
    actor = load_actor(user.id) if user else None
    if actor is None or session.scalar(select(Letter.id).limit(1)) is not None:
        return False
    case = open_case(content=told["case"]["content"], actor=actor, consent=told["case"]["consent"])
    _link(session, case, told["survey"]["profiles"][0], actor)
    _survey(session, case, told["survey"], actor)
    goals = [add_goal(case, goal["text"]) for goal in told["goal"]]
    for record in told["measure"]:
        _measure(case, record, [goal.id for goal in goals], actor)
    _appointment(case, told["appointment"], actor)
    letter = told["letter"]
    keep(
        case,
        draft(case, letter["kind"], suggested(case, actor) | {"written": letter["written"]}, actor),
        actor,
    )
    return True


def _link(session: scoped_session[Session] | Session, case: Case, profile: str, actor: Actor) -> None:
    """A request of somebody like her."""
    active = select(HousingRequest).where(HousingRequest.state == RequestState.ACTIVE)
    for request in session.scalars(active.order_by(HousingRequest.created_at.desc(), HousingRequest.id)):
        needs = needs_of(request)
        if profile in needs["profiles"] and may_be_matched(request, needs):
            link_request(case, request.receipt_number, actor)
            return


def _survey(session: scoped_session[Session] | Session, case: Case, record: Record, actor: Actor) -> None:
    """Of her own home, finished; and one of a flat of ours that is not finished yet."""
    day, profiles = clock.today() - timedelta(days=record["days_ago"]), tuple(record["profiles"])
    own = begin_survey(case, actor, surveyed_on=day, address="Musterweg 12, 01309 Dresden", profiles=profiles)
    for theme, room in record["rooms"].items():
        save_room(load_survey(own.id, actor), theme, room["facts"], room["note"], version=0)
    finish(load_survey(own.id, actor), actor, version=own.version)
    flat = session.scalar(select(Dwelling.id).order_by(Dwelling.created_at, Dwelling.id).limit(1))
    begin_survey(case, actor, surveyed_on=clock.today(), dwelling_id=flat, profiles=profiles)


def _measure(case: Case, record: Record, goals: list[str], actor: Actor) -> None:
    chosen = option(record["option"])
    assert chosen is not None
    days = {step: clock.today() - timedelta(days=ago) for step, ago in record.get("steps", {}).items()}
    given: GivenMeasure = {
        "option": chosen.key,
        "title": str(chosen.label),
        "kind": chosen.kind,
        "status": record["status"],
        "drop_reason": record.get("drop_reason"),
        "note": record.get("note"),
        "outcome": record.get("outcome"),
        "cost_low": record.get("cost_low"),
        "cost_high": record.get("cost_high"),
        "goal_id": goals[record["goal"]] if "goal" in record else None,
        "programs": chosen.programs,
        "consents": chosen.consents,
        "steps": {step: day.isoformat() for step, day in days.items()},
    }
    add_measure(case, given, actor)


def _appointment(case: Case, record: Record, actor: Actor) -> None:
    first = clock.today() + timedelta(days=record["in_days"])
    slots = free_slots(WAYS[record["way"]], first, first + timedelta(days=14), (actor.user_id or "",))
    for slot in slots[:1]:
        book_for(
            way=record["way"],
            starts_at=slot.starts_at,
            user_id=actor.user_id or "",
            content={"concern": record["concern"], "name": "Frau Beispielmann"},
            case_id=case.id,
            actor=actor,
        )
