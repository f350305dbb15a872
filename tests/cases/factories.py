"""Cases for tests."""

from typing import Any

from tests.people import make_user
from wohnberatung.accounts.models import User
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import open_case
from wohnberatung.core.actors import Actor


def actor_of(user: User) -> Actor:
    """A stored person as services see them."""
    actor = load_actor(user.id)
    assert actor is not None
    return actor


def make_advisor(name: str = "Anna Beraterin", *roles: str) -> Actor:
    return actor_of(make_user("advisor", *roles, name=name))


def make_case(actor: Actor | None = None, name: str = "Erika Beispiel", **options: Any) -> Case:
    """An open case of a new advisor unless told otherwise; content by field name, all else as `open_case` takes it."""
    fields = {
        field: options.pop(field) for field in ("phone", "email", "address", "language", "notes") if field in options
    }
    return open_case(content={"name": name, **fields}, actor=actor or make_advisor(), **options)
