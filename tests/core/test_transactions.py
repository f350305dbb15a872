"""Everything of a deed is stored or nothing, and only where writing was announced."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.core.probe import add_routes, keys, stored
from tests.infrastructure.application import reused_app
from wohnberatung.accounts.services import organisations
from wohnberatung.core.transactions import transaction


@pytest.fixture
def own_app(own_database_url: str) -> Iterator[Flask]:
    with reused_app(own_database_url, add_routes) as app:
        yield app


@pytest.fixture
def visitor(own_app: Flask) -> FlaskClient:
    return own_app.test_client()


def test_a_redirect_commits(own_app: Flask, visitor: FlaskClient) -> None:
    assert visitor.post("/probe/create", data=keys(visitor) | {"name": "Elbhaus"}).status_code == 302
    assert stored(own_app) == 1


@pytest.mark.parametrize(("then", "status"), [("refuse", 400), ("abort", 404), ("crash", 500)])
def test_a_refused_or_failed_deed_leaves_nothing(own_app: Flask, visitor: FlaskClient, then: str, status: int) -> None:
    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = visitor.post("/probe/create", data=keys(visitor) | {"name": "Elbhaus", "then": then})
    assert answer.status_code == status
    assert stored(own_app) == 0


def test_a_get_never_commits(own_app: Flask, visitor: FlaskClient) -> None:
    unchecked = FlaskClient(own_app, own_app.response_class)
    assert unchecked.get("/probe/peek").json == {"done": True}
    assert stored(own_app) == 0


def test_the_checking_client_tells_a_get_that_writes(own_app: Flask, visitor: FlaskClient) -> None:
    with pytest.raises(AssertionError, match="/probe/peek: a GET only reads, but this one sent insert organisations"):
        visitor.get("/probe/peek")


def test_a_transaction_of_a_command_is_all_or_nothing(own_app: Flask) -> None:
    with own_app.app_context(), pytest.raises(RuntimeError, match="power cut"):
        cut_off()
    assert stored(own_app) == 0


def cut_off() -> None:
    with transaction():
        organisations.create_organisation(name="Elbhaus", kind="company")
        raise RuntimeError("power cut")
