"""When something goes wrong people read what to do, and the log keeps no word about them."""

import json
import logging
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.core.probe import keys
from tests.infrastructure.application import running_app
from tests.infrastructure.client import CheckingClient
from wohnberatung.core import database
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.extensions import db


def fail_without_database() -> None:
    raise OperationalError("SELECT 1", {}, Exception("Frau Geheim"))


def fail_with_a_secret() -> None:
    raise ValueError("Frau Geheim, Hauptstraße 1")


def fail_in_sql() -> None:
    db.session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "Frau Geheim"})


FAULTS: dict[str, tuple[Any, int, str]] = {
    "bad": (lambda: abort(400), 400, "nicht verständlich"),
    "domain": (lambda: raise_(DomainError("Die Frist ist vorbei.")), 400, "Die Frist ist vorbei."),
    "forbidden": (lambda: raise_(Forbidden("Nicht Ihr Fall.")), 403, "Nicht Ihr Fall."),
    "missing": (lambda: raise_(NotFound("Diesen Fall gibt es nicht.")), 404, "Diesen Fall gibt es nicht."),
    "large": (lambda: abort(413), 413, "zu groß"),
    "crash": (fail_with_a_secret, 500, "bei uns ist ein Fehler"),
    "away": (fail_without_database, 503, "Datenbank antwortet"),
}


def raise_(error: Exception) -> None:
    raise error


@pytest.fixture(scope="module")
def probe_routes() -> dict[str, Any]:
    return {name: view for name, (view, _, _) in FAULTS.items()} | {"sql": fail_in_sql}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_a_page_that_helps(visitor: FlaskClient, name: str) -> None:
    _, status, words = FAULTS[name]
    page = visitor.get(f"/probe/{name}")
    assert page.status_code == status
    assert words.lower() in page.text.lower()
    assert "Geheim" not in page.text
    assert 'href="/"' in page.text


@pytest.mark.parametrize("name", ["crash", "away", "sql"])
def test_the_log_knows_the_place_but_not_the_person(
    visitor: FlaskClient, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    with caplog.at_level(logging.INFO):
        visitor.get(f"/probe/{name}?email=geheim@example.org")
    written = "\n".join(str(record.msg) + (record.exc_text or "") for record in caplog.records)
    assert written
    assert "geheim" not in written.lower()
    assert "test_errors.py" in written


def test_a_page_that_is_not_there(client: CheckingClient) -> None:
    page = client.get("/gibt-es-nicht")
    assert page.status_code == 404
    assert "Diese Seite gibt es nicht" in page.text


def test_a_wrong_method_names_the_right_ones(client: CheckingClient) -> None:
    answer = client.put("/anmelden", headers={"X-CSRFToken": keys(client)["csrf_token"]})
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_body_beyond_a_megabyte_is_refused(client: CheckingClient) -> None:
    answer = client.post("/anmelden", data={"email": "x" * 1_100_000})
    assert answer.status_code == 413


def test_a_client_that_wants_json_gets_json(client: CheckingClient) -> None:
    answer = client.get("/gibt-es-nicht", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert json.loads(answer.text)["error"] == "Diese Seite gibt es nicht"


def test_a_database_that_is_away_gives_a_clean_page_even_with_a_cookie(own_app: Flask) -> None:
    visitor = own_app.test_client()
    visitor.get("/anmelden")
    with own_app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE web_sessions"))
    page = visitor.get("/anmelden")
    assert page.status_code == 503
    assert "Datenbank antwortet" in page.text


def test_a_database_busy_for_too_long_asks_to_come_again(
    own_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 1)
    with running_app(own_database_url) as app, app.app_context(), db.engine.connect() as somebody:
        visitor = app.test_client()
        form = keys(visitor) | {"email": "anna@example.org", "password": "falsch"}
        somebody.execution_options(sqlite_begin="IMMEDIATE").begin()
        if db.engine.dialect.name == "postgresql":
            somebody.execute(text("LOCK TABLE rate_counters IN EXCLUSIVE MODE"))
        answer = visitor.post("/anmelden", data=form)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        somebody.rollback()
        assert visitor.post("/anmelden", data=form).status_code == 400


def test_health(client: CheckingClient) -> None:
    answer = client.get("/gesund")
    assert (answer.status_code, answer.json) == (200, {"ok": True, "database": True, "work_in_time": True})
