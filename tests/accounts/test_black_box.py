"""Accounts from outside: what ASVS level 2 asks of sessions, forms and ways in."""

from typing import Any

import pytest
from flask import Flask

from tests.accounts.mailbox import link_to
from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.services import organisations, people, sign_in_by_mail
from wohnberatung.web.access import ACCESS, ANYBODY, LINK_HOLDERS


def cookie(client: CheckingClient) -> str:
    found = client.get_cookie("session")
    assert found is not None
    return str(found.value)


def test_a_planted_session_is_worth_nothing_after_any_way_in(app: Flask, client: CheckingClient) -> None:
    user, attacker = make_user("provider"), app.test_client()
    attacker.get("/anmelden")
    planted = cookie(attacker)
    sign_in_by_mail.mail_sign_in_link(user.email)
    for enter in (
        lambda: client.submit("/anmelden", {"email": user.email, "password": PASSWORD}),
        lambda: client.submit(link_to(user.email)),
    ):
        client.set_cookie("session", planted)
        enter()
        assert cookie(client) != planted
        assert client.get("/konto").status_code == 200
        assert attacker.get("/konto").status_code == 302
        client.submit("/konto", button="Abmelden")


def test_signing_out_everywhere_ends_every_browser(app: Flask, client: CheckingClient) -> None:
    user, other = make_user("provider"), app.test_client()
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"}
    other.post("/anmelden", data=keys(other) | {"email": user.email, "password": PASSWORD}, headers=agent)
    sign_in(client, user)
    page = client.get("/konto").text
    assert "Firefox, Linux" in page
    assert "(dieses Gerät)" in page
    client.submit("/konto", button="Überall abmelden")
    assert [browser.get("/konto").status_code for browser in (client, other)] == [302, 302]


def test_no_form_of_accounts_works_without_its_token(app: Flask, client: CheckingClient) -> None:
    sign_in(client, make_user("admin", "advisor", "provider"))
    for rule in app.url_map.iter_rules():
        own = rule.endpoint.startswith("accounts.") and "POST" in (rule.methods or ())
        if own and ACCESS[rule.endpoint] not in (ANYBODY, LINK_HOLDERS):
            path = rule.rule.replace("<", "").replace(">", "")
            assert client.post(path, data={"form_person": "x"}).status_code == 400, rule


def test_a_form_from_another_site_is_refused(client: CheckingClient) -> None:
    user = make_user("provider")
    form = keys(client) | {"email": user.email, "password": PASSWORD}
    assert client.post("/anmelden", data=form, headers={"Origin": "https://evil.example"}).status_code == 400
    sign_in(client, user)
    away = client.post("/konto/ueberall-abmelden", data=keys(client), headers={"Origin": "https://evil.example"})
    assert away.status_code == 400
    assert client.get("/konto").status_code == 200


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_way_in_leads_elsewhere(client: CheckingClient, address: str) -> None:
    user = make_user("provider")
    fields = {"email": user.email, "password": PASSWORD}
    page = client.get("/anmelden", query_string={"weiter": address}).text
    assert "evil" not in page
    answer = client.post("/anmelden", query_string={"weiter": address}, data=keys(client) | fields)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]


def test_a_disabled_person_gets_in_by_no_way(app: Flask, client: CheckingClient) -> None:
    user, signed_in = make_user("provider"), app.test_client()
    sign_in(signed_in, user)
    sign_in_by_mail.mail_sign_in_link(user.email)
    sign_in_by_mail.mail_reset_link(user.email)
    link = link_to(user.email)
    people.disable_user(user.id)
    assert signed_in.get("/konto").status_code == 302
    assert client.get(link).status_code == 404
    assert client.submit("/anmelden", {"email": user.email, "password": PASSWORD}).status_code == 400


@pytest.mark.parametrize("name", ["role", "roles", "user_id", "organisation_id", "trust", "confirmed_at"])
def test_registering_gives_no_more_than_it_offers(client: CheckingClient, session: Any, name: str) -> None:
    """Fields nobody offered are not taken over."""
    form = {"kind": "company", "organisation": "Haus", "name": "Ilse", "email": "ilse@example.org"}
    client.post("/registrieren", data=keys(client) | form | {name: "admin"})
    fresh = {"password": "fünf große Hechte im Fluss", "repeated": "fünf große Hechte im Fluss", name: "admin"}
    link = link_to("ilse@example.org")
    client.post(link, data=keys(client) | fresh)
    user = people.find_user("ilse@example.org")
    assert user is not None
    assert user.roles == {"provider"}
    assert not people.load_actor(user.id).seats[0].confirmed
    assert not people.load_actor(user.id).seats[0].trusted


def test_what_people_enter_is_shown_as_text(client: CheckingClient, session: Any) -> None:
    script = "<script>alert(1)</script>"
    organisation = organisations.create_organisation(name=f"Haus {script}", kind="company", contact={"person": script})
    sign_in(client, make_user("provider", name=f"Anna {script}", organisation_ids=[organisation.id]))
    assert script not in client.get(f"/organisation/{organisation.id}").text
    assert script not in client.get("/konto").text
    sign_in(client, make_user("advisor"))
    assert script not in client.get("/verwaltung/organisationen?stand=alle").text


def test_ones_own_data_come_in_one_click_and_hold_no_secret(client: CheckingClient) -> None:
    user = make_user("provider", name="Anna Beispiel")
    sign_in(client, user)
    told = client.get("/konto/daten.json").json
    assert (told["name"], told["email"]) == ("Anna Beispiel", user.email)
    assert user.password_hash not in str(told)
    assert "token" not in str(told)
