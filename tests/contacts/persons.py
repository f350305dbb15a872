"""Contact persons with valid defaults."""

from typing import Any, cast

from tests.people import make_user
from wohnberatung.contacts.models import ContactPerson
from wohnberatung.contacts.services.persons import ContactValues, add_contact
from wohnberatung.core.actors import ADMIN, Actor
from wohnberatung.core.ids import new_id

ADMINISTRATION = Actor(user_id=new_id(), name="Verwaltung Beispiel", roles=frozenset({ADMIN}))


def make_contact(user_id: str | None = None, **said: Any) -> ContactPerson:
    """An advisor who is there for the whole city and everything, unless told otherwise."""
    values = {"duty": "Wohnberatung", "quarters": [], "topics": [], "phone": "0351 1", "email": "", "hours": ""}
    known = {"user_id": user_id or make_user("advisor").id, "active": True}
    return add_contact(cast(ContactValues, values | known | said), ADMINISTRATION)
