"""Limits hold for all workers together, per address and per account, and know no names."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.people import PASSWORD, make_user
from wohnberatung.core import clock
from wohnberatung.core.models import RateCounter
from wohnberatung.web import limits


@pytest.fixture
def counted(app: Flask, session: Any) -> Any:
    with app.test_request_context():
        yield


def test_ten_in_five_minutes_and_not_one_more(counted: Any) -> None:
    with time_machine.travel(clock.now(), tick=False):
        assert [limits.within("login", "a") for _ in range(11)] == [True] * 10 + [False]
        assert limits.within("login", "b")
        assert limits.within("code", "a")


def test_the_window_slides(counted: Any) -> None:
    """Ten at the end of one period must not allow ten more at the beginning of the next."""
    start = 1_800_000_000 // 300 * 300
    with time_machine.travel(start + 299, tick=False) as traveller:
        assert [limits.within("login", "a") for _ in range(10)] == [True] * 10
        traveller.shift(timedelta(seconds=2))
        assert not limits.within("login", "a")
        traveller.shift(timedelta(seconds=500))
        assert limits.within("login", "a")


def test_the_counters_hold_no_address(counted: Any, session: Any) -> None:
    limits.within("login", "Anna@Example.org")
    limits.within("login", " anna@example.org ")
    row = session.scalars(select(RateCounter)).one()
    assert row.hits == 2, "the same person however written"
    assert "anna" not in row.subject


def test_sign_in_is_limited_per_account_from_whatever_address(client: CheckingClient) -> None:
    user = make_user()
    form = keys(client) | {"email": user.email, "password": "falsch"}
    for number in range(10):
        sent_from = {"REMOTE_ADDR": f"192.0.2.{number}"}
        assert client.post("/anmelden", data=form, environ_base=sent_from).status_code == 400
    form["password"] = PASSWORD
    answer = client.post("/anmelden", data=form, environ_base={"REMOTE_ADDR": "192.0.2.99"})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "warten" in answer.text


def test_sign_in_is_limited_per_address_for_whatever_account(client: CheckingClient) -> None:
    form = keys(client) | {"password": "falsch"}
    answers = [client.post("/anmelden", data=form | {"email": f"p{n}@example.org"}).status_code for n in range(11)]
    assert answers == [400] * 10 + [429]


def test_strangers_may_not_flood_any_form(client: CheckingClient) -> None:
    with time_machine.travel(clock.now(), tick=False):
        answers = [client.post("/anmelden").status_code for _ in range(61)]
    assert set(answers[:60]) == {400}
    assert answers[60] == 429


@pytest.mark.parametrize(
    ("address", "subject"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("", "unknown"), ("x", "unknown")],
)
def test_a_household_counts_as_one_address(app: Flask, address: str, subject: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert limits.client_address() == subject


def test_claimed_proxy_headers_count_for_nothing_without_a_proxy(app: Flask, client: CheckingClient) -> None:
    form = keys(client) | {"password": "falsch"}
    for number in range(11):
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        answer = client.post("/anmelden", data=form | {"email": f"p{number}@example.org"}, headers=headers)
    assert answer.status_code == 429
