"""Hours and bookings for tests."""

from datetime import date, datetime, time
from typing import Any

from tests.people import make_user
from wohnberatung.accounts.models import User
from wohnberatung.appointments.openings import moment_of
from wohnberatung.appointments.services.booking import Booked, book
from wohnberatung.appointments.services.hours import add_hours
from wohnberatung.core.actors import Actor

# A Tuesday and the Monday before, far from any change of the clocks.
TUESDAY, MONDAY = date(2027, 1, 12), date(2027, 1, 11)
ALL_WAYS = ("phone", "video", "office", "home")
CONTACT = {"name": "Erika Beispiel", "phone": "0351 1234567", "email": "erika@example.org"}


def actor_of(user: User) -> Actor:
    return Actor(user.id, user.name, user.email, user.roles)


def advisor_with_hours(
    begins: time = time(9), ends: time = time(12), weekday: int = 1, ways: tuple[str, ...] = ALL_WAYS, **fields: Any
) -> User:
    """An advisor whom one can meet every Tuesday morning unless told otherwise."""
    user = make_user("advisor", **fields)
    add_hours(user.id, weekday=weekday, begins=begins, ends=ends, ways=ways, actor=actor_of(user))
    return user


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return moment_of(day, time(hour, minute))


def booked(user: User, hour: int = 9, way: str = "phone", day: date = TUESDAY, **content: str) -> Booked:
    return book(way, at(hour, day=day), (user.id,), {**CONTACT, **content})
