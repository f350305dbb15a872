"""Opening hours of the invented office, its holidays, and appointments in the days to come."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import User
from wohnberatung.accounts.services import find_user, load_actor
from wohnberatung.appointments.models import OpeningHours
from wohnberatung.appointments.services import add_hours, add_special_day, book, public_slots
from wohnberatung.appointments.ways import WAYS
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound

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
            closed = {"is_open": False, "begins": None, "ends": None, "actor": _actor(accounts["verwaltung"])}
            add_special_day(None, **record, **closed)
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
