"""Stored people for tests, and browsers that belong to them."""

from itertools import count
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from wohnberatung.accounts import passwords
from wohnberatung.accounts.models import User
from wohnberatung.accounts.services import people
from wohnberatung.extensions import db

PASSWORD = "vier kleine Igel im Garten"
# Argon2 is slow on purpose; no test needs that.
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_numbers = count(1)


def make_user(*roles: str, **fields: Any) -> User:
    """An active account in the current session: an advisor unless told otherwise, password ``PASSWORD``."""
    number = next(_numbers)
    invented = {"email": f"person{number}@example.org", "name": f"Person Beispiel {number}", "password": PASSWORD}
    return people.create_user(**{"roles": roles or ("advisor",), **invented, **fields})


def sign_in(client: FlaskClient, user: User) -> None:
    """Make the client this person's browser, as if they had just signed in."""
    staff = bool({"advisor", "admin"} & user.roles)
    user_id = user.id
    db.session.commit()  # within the test's own rollback: the browser's session refers to the stored person
    with client.session_transaction() as session:
        session.clear()
        session["user_id"], session["lifetime"] = user_id, "staff" if staff else "provider"
