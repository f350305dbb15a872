"""Stored events with a date, and people who registered, with valid defaults."""

from datetime import time, timedelta
from typing import Any

from tests.factories import advisor
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.events.models import EventDate, EventRegistration, EventState, PublicEvent
from wohnberatung.events.services.dates import add_dates
from wohnberatung.events.services.events import begin_event
from wohnberatung.events.services.registering import register
from wohnberatung.events.steps import EVENT_STEPS
from wohnberatung.extensions import db

JOHANNSTADT, PIESCHEN = "06", "21"
SAID: dict[str, Any] = {
    "topic": "meeting",
    "title": "Frühstück im Hof",
    "text": "Wir frühstücken zusammen.",
    "place": JOHANNSTADT,
    "registers": True,
    "capacity": None,
}
CONSENT = ("2026-11", "Ich willige ein.")


def make_event(
    title: str = "Frühstück im Hof",
    *,
    actor: Actor | None = None,
    public: bool = True,
    in_days: int = 5,
    room: dict[str, Any] | None = None,
    **said: Any,
) -> tuple[PublicEvent, EventDate]:
    """Of the office and public, with one date, unless told otherwise."""
    actor = actor or advisor()
    values: Any = {**SAID, "title": title, **said}
    event = begin_event(values, actor)
    day = clock.today() + timedelta(days=in_days)
    date = add_dates(event.id, day=day, begins=time(10), ends=time(12), actor=actor)[0]
    event.describe_room(room or {})
    if public:
        EVENT_STEPS.put(event, EventState.PUBLISHED)
    db.session.flush()
    return event, date


def sign_up(date: EventDate, name: str = "Erika", people: int = 1, **contact: str) -> tuple[EventRegistration, str]:
    """By telephone, so that the seat is theirs at once; with an `email` they are to confirm it."""
    reached = contact or {"phone": "0351 1234567"}
    return register(
        date.event_id,
        date.id,
        people=people,
        contact={"name": name, **reached},
        needs={"wheelchairs": "1"},
        consent=CONSENT,
    )
