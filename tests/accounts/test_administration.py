"""Administrators look after people."""

from typing import Any

import pytest
from flask import Flask

from tests.accounts.mailbox import link_to
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.services import administration, invitations, people
from wohnberatung.core.errors import Forbidden

FRESH = "fünf große Hechte im Fluss"


@pytest.fixture
def admin(client: CheckingClient) -> Any:
    user = make_user("admin", "advisor", name="Ada Verwaltung")
    sign_in(client, user)
    return user


def test_a_colleague_is_invited(client: CheckingClient, app: Flask, admin: Any) -> None:
    client.submit("/verwaltung/personen", {"email": "neu@example.org", "roles": ["advisor"]}, button="Einladen")
    assert "neu@example.org" in client.get("/verwaltung/personen").text
    fields = {"name": "Nils Neu", "password": FRESH, "repeated": FRESH}
    app.test_client().submit(link_to("neu@example.org"), fields)
    assert people.authenticate("neu@example.org", FRESH).roles == {"advisor"}
    assert "Nils Neu" in client.get("/verwaltung/personen?suche=NILS").text


def test_an_invitation_without_a_right_is_none(client: CheckingClient, admin: Any) -> None:
    page = client.submit("/verwaltung/personen", {"email": "neu@example.org"}, button="Einladen")
    assert page.status_code == 400
    assert "mindestens ein Recht" in page.text


def test_an_invitation_is_taken_back(client: CheckingClient, admin: Any) -> None:
    client.submit("/verwaltung/personen", {"email": "neu@example.org", "roles": ["admin"]}, button="Einladen")
    client.submit("/verwaltung/personen", button="Zurücknehmen")
    assert client.get(link_to("neu@example.org")).status_code == 404


def test_roles_change_at_once(client: CheckingClient, admin: Any) -> None:
    user = make_user("advisor")
    client.submit(f"/verwaltung/personen/{user.id}", {"roles": ["provider"]}, button="Rechte speichern")
    assert user.roles == {"provider"}
    refused = client.submit(f"/verwaltung/personen/{user.id}", {"roles": None}, button="Rechte speichern")
    assert (refused.status_code, user.roles) == (400, {"provider"})


def test_nobody_locks_themselves_out(client: CheckingClient, admin: Any) -> None:
    mine = f"/verwaltung/personen/{admin.id}"
    assert client.submit(mine, {"roles": ["advisor"]}, button="Rechte speichern").status_code == 400
    assert "nur jemand anderes sperren" in client.submit(f"{mine}/sperren", button="Konto sperren").text
    assert (admin.roles, admin.is_active) == ({"admin", "advisor"}, True)


def test_an_account_is_disabled_and_enabled(client: CheckingClient, app: Flask, admin: Any) -> None:
    user, browser = make_user("provider"), app.test_client()
    sign_in(browser, user)
    client.submit(f"/verwaltung/personen/{user.id}/sperren", button="Konto sperren")
    assert browser.get("/konto").status_code == 302
    assert people.authenticate(user.email, PASSWORD) is None
    client.submit(f"/verwaltung/personen/{user.id}", button="Konto entsperren")
    assert people.authenticate(user.email, PASSWORD) is not None


def test_only_administrators_do_that(session: Any) -> None:
    user, colleague = make_user("advisor"), people.load_actor(make_user("advisor").id)
    for attempt in (
        lambda: administration.list_people(colleague),
        lambda: administration.set_roles(user.id, ["admin"], colleague),
        lambda: administration.disable_person(user.id, colleague),
        lambda: administration.reset_second_factor(user.id, colleague),
        lambda: invitations.invite_colleague(colleague, email="a@example.org", roles=["admin"]),
    ):
        with pytest.raises(Forbidden):
            attempt()
