"""Failed attempts make the next ones slower, never impossible."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from tests.accounts.mailbox import link_to
from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user
from wohnberatung.accounts.models import User
from wohnberatung.core import clock


def attempt(client: CheckingClient, email: str, password: str = "falsch", address: str = "192.0.2.1") -> int:
    """The seconds to wait; -1 for a wrong password, 0 for success."""
    form = keys(client) | {"email": email, "password": password}
    answer = client.post("/anmelden", data=form, environ_base={"REMOTE_ADDR": address})
    return {400: -1, 302: 0}.get(answer.status_code) or int(answer.headers.get("Retry-After", 0))


def test_the_pause_grows_and_ends_with_success(client: CheckingClient) -> None:
    user = make_user()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for expected in (None, None, 2, 4, 8, 16, 32, 60, 60):
            assert attempt(client, user.email) == -1
            if expected:
                assert attempt(client, user.email, PASSWORD) == expected
            traveller.shift(timedelta(minutes=10))
        assert attempt(client, user.email, PASSWORD) == 0
        assert attempt(client, user.email) == -1
        assert attempt(client, user.email) == -1, "success forgets what was before"


def test_the_pause_concerns_one_connection_only(client: CheckingClient) -> None:
    """Nobody can lock somebody else out."""
    user = make_user()
    with time_machine.travel(clock.now(), tick=False):
        assert [attempt(client, user.email) for _number in range(4)] == [-1, -1, -1, 2]
        assert attempt(client, user.email, PASSWORD) == 2, "also for the right password"
        assert attempt(client, user.email, PASSWORD, address="198.51.100.9") == 0


def known_device(app: Flask, user: User) -> CheckingClient:
    """A browser in which the person has signed in and out again."""
    client = app.test_client()
    assert attempt(client, user.email, PASSWORD) == 0
    client.submit("/konto", button="Abmelden")
    return client


def test_strangers_keep_nobody_out(app: Flask, session: Any) -> None:
    """However many they are: who has signed in with a browser before gets in with it."""
    user, other = make_user(), make_user()
    with time_machine.travel(clock.now(), tick=False):
        own, of_another = known_device(app, user), known_device(app, other)
        strangers = [attempt(app.test_client(), user.email, address=f"192.0.2.{number}") for number in range(20, 32)]
        assert strangers == [-1] * 9 + [300] * 3
        assert attempt(of_another, user.email, PASSWORD, address="198.51.100.7") == 300, "no key to other doors"
        assert attempt(own, user.email, PASSWORD, address="198.51.100.8") == 0


def test_a_mailed_link_gets_in_as_well(app: Flask, client: CheckingClient) -> None:
    user = make_user()
    with time_machine.travel(clock.now(), tick=False):
        for number in range(12):
            attempt(app.test_client(), user.email, address=f"192.0.2.{number + 20}")
        client.submit("/anmelden/link", {"email": user.email})
        client.submit(link_to(user.email))
        assert client.get("/konto").status_code == 200


def test_a_known_device_waits_after_its_own_failures(app: Flask, session: Any) -> None:
    user = make_user()
    with time_machine.travel(clock.now(), tick=False):
        own = known_device(app, user)
        waits = [attempt(own, user.email, address=f"192.0.2.{number}") for number in range(4)]
        assert waits == [-1, -1, -1, 2], "wherever it is carried"


def ask_for_mail(client: CheckingClient, email: str, address: str) -> int:
    form = keys(client) | {"email": email}
    return client.post("/passwort-vergessen", data=form, environ_base={"REMOTE_ADDR": address}).status_code


def test_strangers_use_up_nobodys_mails(app: Flask, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "LIMITS", {"mailbox": (7, 86_400)})
    user = make_user()
    with time_machine.travel(clock.now().replace(minute=5), tick=False):
        own, stranger, elsewhere = known_device(app, user), app.test_client(), app.test_client()
        assert [ask_for_mail(stranger, user.email, "192.0.2.7") for _number in range(6)] == [302] * 5 + [429]
        assert ask_for_mail(elsewhere, user.email, "198.51.100.7") == 302
        answers = [ask_for_mail(stranger, user.email, f"192.0.2.{number}") for number in range(20, 23)]
        assert answers[-1] == 429, "no mailbox is flooded"
        assert ask_for_mail(own, user.email, "198.51.100.8") == 302


@pytest.mark.parametrize("hours", [1, 2, 23])
def test_one_mail_an_hour_reaches_the_owner_however_many_strangers_ask(
    app: Flask, session: Any, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    monkeypatch.setitem(app.config, "LIMITS", {"mailbox": (2, 86_400)})
    user, browser, begun = make_user(), app.test_client(), clock.now().replace(minute=5)
    for hour in range(hours + 1):
        with time_machine.travel(begun + timedelta(hours=hour), tick=False):
            asked = [ask_for_mail(browser, user.email, f"192.0.{hour}.{number}") for number in range(5)]
            assert asked == ([302] * 3 + [429] * 2 if hour == 0 else [302] + [429] * 4)
    with time_machine.travel(begun + timedelta(hours=hours, minutes=50), tick=False):
        new = {"password": "ein neues langes Kennwort", "repeated": "ein neues langes Kennwort"}
        browser.submit(link_to(user.email), new)
        assert attempt(app.test_client(), user.email, new["password"], "198.51.100.7") == 0


def test_unknown_addresses_wait_as_well(client: CheckingClient) -> None:
    with time_machine.travel(clock.now(), tick=False):
        assert [attempt(client, "nobody@example.org") for _number in range(4)] == [-1, -1, -1, 2]
