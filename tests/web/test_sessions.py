"""Sessions live in the database and end there: at once, for everybody who holds the cookie."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.services import people
from wohnberatung.core import clock
from wohnberatung.core.models import WebSession
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db


def test_the_table_holds_neither_the_cookie_nor_readable_content(client: CheckingClient, session: Any) -> None:
    with client.session_transaction() as content:
        content["draft"] = {"name": "Frau Geheim"}
    cookie = client.get_cookie("session")
    row = session.scalars(select(WebSession)).one()
    assert cookie is not None
    assert cookie.value not in (row.token_hash, row.data.decode(errors="replace"))
    assert b"Geheim" not in row.data
    with client.session_transaction() as content:
        assert content["draft"] == {"name": "Frau Geheim"}


def test_a_visitor_who_only_reads_gets_no_cookie_and_no_row(client: CheckingClient, session: Any) -> None:
    assert "Set-Cookie" not in client.get("/").headers
    assert session.scalars(select(WebSession)).all() == []


@pytest.mark.parametrize(
    ("role", "idle", "absolute"), [("advisor", 30, 600), ("admin", 30, 600), ("provider", 60, 1200)]
)
def test_sessions_end_when_idle_and_at_the_latest(
    client: CheckingClient, session: Any, role: str, idle: int, absolute: int
) -> None:
    start = clock.now()
    with time_machine.travel(start, tick=False) as traveller:
        sign_in(client, make_user(role))
        for minutes in range(idle - 1, absolute, idle - 1):
            traveller.move_to(start + timedelta(minutes=minutes))
            assert client.get("/konto").status_code == 200, f"used every {idle - 1} minutes, at {minutes}"
        traveller.move_to(start + timedelta(minutes=absolute))
        assert client.get("/konto").status_code == 302
        sign_in(client, make_user(role))
        traveller.shift(timedelta(minutes=idle))
        assert client.get("/konto").status_code == 302


def test_signing_in_changes_the_token(client: CheckingClient, session: Any) -> None:
    """A token planted before by somebody else must be worth nothing afterwards."""
    user = make_user()
    client.get("/anmelden")
    planted = client.get_cookie("session")
    client.submit("/anmelden", {"email": user.email, "password": PASSWORD})
    fresh = client.get_cookie("session")
    assert planted is not None
    assert fresh is not None
    assert planted.value != fresh.value
    client.set_cookie("session", planted.value)
    assert client.get("/konto").status_code == 302


def test_signing_out_ends_a_copied_cookie_too(app: Flask, client: CheckingClient, session: Any) -> None:
    sign_in(client, make_user())
    thief = copy_of(app, client)
    assert thief.get("/konto").status_code == 200
    client.submit("/konto", button="Abmelden")
    assert thief.get("/konto").status_code == 302
    assert client.get("/konto").status_code == 302


def test_disabling_a_person_ends_their_sessions_at_once(client: CheckingClient, session: Any) -> None:
    user = make_user()
    sign_in(client, user)
    assert client.get("/konto").status_code == 200
    people.disable_user(user.id)
    assert client.get("/konto").status_code == 302
    assert session.scalars(select(WebSession)).all() == []


def test_a_new_password_ends_all_other_sessions(app: Flask, client: CheckingClient, session: Any) -> None:
    sign_in(client, make_user())
    other = copy_of(app, client)
    fields = {"current": PASSWORD, "password": "fünf große Hechte im Fluss", "repeated": "fünf große Hechte im Fluss"}
    assert "Passwort ist geändert" in client.submit("/konto", fields).text
    assert other.get("/konto").status_code == 302


def test_a_request_that_was_running_does_not_revive_an_ended_session(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            user = make_user()
        client = own_app.test_client()
        sign_in(client, user)
        with client.session_transaction() as content:
            content["draft"] = "changed while"
            with transaction():
                people.end_sessions(user.id)
        assert client.get("/konto").status_code == 302
        assert db.session.scalars(select(WebSession)).all() == []


def test_a_cookie_somebody_made_up_is_nothing(client: CheckingClient, session: Any) -> None:
    for value in ("x", "a" * 26, "' OR 1=1 --", "ü" * 26):
        client.set_cookie("session", value)
        assert client.get("/konto").status_code == 302


def copy_of(app: Flask, client: CheckingClient) -> CheckingClient:
    """Another browser with the same cookie."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    other = app.test_client()
    other.set_cookie("session", cookie.value)
    return other
