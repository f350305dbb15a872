"""The second step: a code from an app, each once, or a recovery code; demanded of whom the operator says."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask

from tests.accounts.mailbox import link_to
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user, sign_in
from wohnberatung.accounts.models import RecoveryCode, SecondFactor
from wohnberatung.accounts.services import people, second_factor
from wohnberatung.core import clock
from wohnberatung.extensions import db


@pytest.fixture
def still(client: CheckingClient) -> Iterator[time_machine.Traveller]:
    """A clock that moves when it is told."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def code(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def shown_secret(page: str) -> str:
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def with_factor(*roles: str) -> tuple[Any, str, list[str]]:
    """Somebody with a second factor: the account, the secret, the recovery codes."""
    user, secret = make_user(*roles or ("provider",)), second_factor.new_secret()
    codes = second_factor.switch_on(people.load_actor(user.id), secret, code(secret))
    return user, secret, codes


def enter(client: CheckingClient, typed: str) -> Any:
    return client.submit("/anmelden/code", {"code": typed})


def password(client: CheckingClient, user: Any) -> Any:
    return client.submit("/anmelden?weiter=/konto", {"email": user.email, "password": PASSWORD})


def test_it_is_set_up_from_the_page(client: CheckingClient, still: Any) -> None:
    user = make_user("provider")
    sign_in(client, user)
    page = client.get("/konto/zweiter-schritt").text
    assert "<svg" in page
    secret = shown_secret(page)
    wrong = client.submit("/konto/zweiter-schritt", {"code": "000000"})
    assert wrong.status_code == 400
    assert shown_secret(wrong.text) == secret, "another one would have to be read in again"
    done = client.submit("/konto/zweiter-schritt", {"code": code(secret)})
    assert len(re.findall(r"<code>[A-Z2-9]{6}-[A-Z2-9]{6}</code>", done.text)) == 10
    assert secret.encode() not in db.session.get(SecondFactor, user.id).secret


def test_the_password_alone_does_not_let_in(client: CheckingClient, still: Any) -> None:
    user, secret, _codes = with_factor()
    still.shift(timedelta(minutes=1))
    assert "sechsstelligen Code" in password(client, user).text
    assert client.get("/konto").status_code == 302
    assert enter(client, "123 456").status_code == 400
    now = code(secret)
    enter(client, f"{now[:3]} {now[3:]}")
    assert client.get("/konto").status_code == 200
    assert client.get("/anmelden/code").status_code == 302


def test_a_mailed_link_does_not_let_in_alone_either(client: CheckingClient, still: Any) -> None:
    user, _secret, codes = with_factor()
    client.submit("/anmelden/link", {"email": user.email})
    assert "sechsstelligen Code" in client.submit(link_to(user.email)).text
    assert client.get("/konto").status_code == 302
    enter(client, codes[0])
    assert client.get("/konto").status_code == 200


def test_a_code_counts_once(client: CheckingClient, still: Any) -> None:
    user, secret, _codes = with_factor()
    assert not second_factor.accepts_code(user.id, code(secret)), "used for setting it up"
    still.shift(timedelta(seconds=30))
    assert second_factor.accepts_code(user.id, code(secret))
    assert not second_factor.accepts_code(user.id, code(secret))
    still.shift(timedelta(minutes=5))
    old = code(secret)
    still.shift(timedelta(seconds=61))
    assert not second_factor.accepts_code(user.id, old)


def test_a_recovery_code_opens_once(client: CheckingClient, still: Any) -> None:
    user, _secret, codes = with_factor()
    password(client, user)
    enter(client, codes[0].lower())
    assert client.get("/konto").status_code == 200
    assert not second_factor.accepts_code(user.id, codes[0])
    assert second_factor.recovery_codes_left(people.load_actor(user.id)) == 9


@pytest.mark.parametrize("proof", ["password", "code", "recovery code"])
def test_new_recovery_codes_need_the_password_or_a_code(client: CheckingClient, still: Any, proof: str) -> None:
    """Whoever finds a browser signed in makes no keys of their own."""
    user, secret, codes = with_factor()
    sign_in(client, user)
    still.shift(timedelta(minutes=1))
    for wrong in ("", "falsch", "000000"):
        assert client.submit("/konto/zweiter-schritt", {"proof": wrong}).status_code == 400
    assert second_factor.recovery_codes_left(people.load_actor(user.id)) == 10
    right = {"password": PASSWORD, "code": code(secret), "recovery code": codes[0]}[proof]
    assert client.submit("/konto/zweiter-schritt", {"proof": right}).status_code == 200
    assert second_factor.recovery_codes_left(people.load_actor(user.id)) == 10
    assert not second_factor.accepts_code(user.id, codes[1])


def test_codes_are_not_guessed(client: CheckingClient, still: Any) -> None:
    user, secret, _codes = with_factor()
    still.shift(timedelta(minutes=1))
    password(client, user)
    answers = [enter(client, f"00000{number}").status_code for number in range(6)]
    assert answers == [400] * 5 + [429]
    assert enter(client, code(secret)).status_code == 429


def test_the_second_step_waits_ten_minutes(client: CheckingClient, still: Any) -> None:
    user, _secret, _codes = with_factor()
    password(client, user)
    still.shift(timedelta(minutes=10))
    assert client.get("/anmelden/code").headers["Location"] == "/anmelden"


def test_a_code_of_one_person_is_worth_nothing_for_another(client: CheckingClient, still: Any) -> None:
    (_first, secret, codes), (second, _secret, _codes) = with_factor(), with_factor()
    still.shift(timedelta(minutes=1))
    assert not second_factor.accepts_code(second.id, code(secret))
    assert not second_factor.accepts_code(second.id, codes[0])
    assert not second_factor.accepts_code(make_user().id, code(secret))


def test_switching_off_needs_the_password(client: CheckingClient, still: Any) -> None:
    user, _secret, _codes = with_factor()
    sign_in(client, user)
    off = "/konto/zweiter-schritt/ausschalten"
    assert client.submit(off, {"current_password": "falsch"}).status_code == 400
    assert second_factor.has_second_factor(user.id)
    client.submit(off, {"current_password": PASSWORD})
    assert not second_factor.has_second_factor(user.id)
    assert db.session.query(RecoveryCode).count() == 0


def test_whom_the_operator_demands_it_of_sets_it_up_first(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch, still: Any
) -> None:
    monkeypatch.setitem(app.config, "SECOND_FACTOR", frozenset({"admin"}))
    user = make_user("admin")
    assert "Zweiten Schritt einrichten" in password(client, user).text
    assert client.get("/verwaltung/personen").headers["Location"] == "/konto/zweiter-schritt"
    secret = shown_secret(client.get("/konto/zweiter-schritt").text)
    client.submit("/konto/zweiter-schritt", {"code": code(secret)})
    assert client.get("/verwaltung/personen").status_code == 200
    refused = client.submit("/konto/zweiter-schritt/ausschalten", {"current_password": PASSWORD})
    assert "vorgeschrieben" in refused.text
    assert second_factor.has_second_factor(user.id)


def test_an_administrator_helps_who_lost_everything(client: CheckingClient, still: Any) -> None:
    user, _secret, _codes = with_factor()
    sign_in(client, make_user("admin"))
    client.submit(f"/verwaltung/personen/{user.id}", button="Zweiten Schritt zurücksetzen")
    assert not second_factor.has_second_factor(user.id)
