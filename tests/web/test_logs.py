"""No log at any level tells about people: what a library writes down is cut to the words of its source."""

import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.mail.letters import queue_for_good
from tests.mail.servers import Recorder, mail_server, smtp_server
from tests.people import make_user, sign_in
from wohnberatung.accounts.models import User
from wohnberatung.extensions import db
from wohnberatung.mail.worker import send_due
from wohnberatung.web.logs import LEFT_OUT, private_handler

CANARY, SECRET = "Kanarienvogel", "k7w2m9qd4hx8c3tz6vb5n1yrsf"
# Created when first used; what is silent unless told otherwise is told here.
LIBRARIES = ("sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm", "werkzeug", "mail.log", "PIL", "asyncio")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What our handler writes while every logger there is says all it can."""
    stream = io.StringIO()
    handler, root = private_handler(stream), logging.getLogger()
    loggers = [root, *map(logging.getLogger, {*LIBRARIES, *logging.root.manager.loggerDict})]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    for logger, level, disabled in before:
        logger.setLevel(level)
        logger.disabled = disabled


def test_what_people_enter_is_in_no_log(client: CheckingClient, session: Any, written: io.StringIO) -> None:
    recorder = Recorder()
    made = make_user(name=CANARY, email=f"{CANARY}@example.org")
    sign_in(client, made)
    client.post(f"/mein-gesuch/{SECRET}/nachrichten?name={CANARY}", data=keys(client) | {"text": CANARY})
    client.post("/faelle", data=keys(client) | {"name": CANARY, "concern": CANARY})
    client.get(f"/fallsuche?q={CANARY}")
    # A connection takes its loggers' levels when it is made.
    with db.engine.connect() as fresh:
        fresh.execute(select(User).where(User.name == CANARY)).all()
    queue_for_good(f"{CANARY}@example.org", token=SECRET)
    with mail_server(recorder) as port:
        assert send_due(smtp_server(port)) == 1
    told = written.getvalue()
    for logger in ("sqlalchemy.engine.Engine", "mail.log", "wohnberatung.web.logs", "wohnberatung.mail.worker"):
        assert f'"logger": "{logger}"' in told
    for personal in (CANARY, CANARY.lower(), SECRET):
        assert personal not in told


FIELDS = ("name", "email", "password", "text", "concern", "reason", "note", "phone", "q", "code", "proof", "credential")


@pytest.mark.parametrize("role", ["", "advisor", "admin", "provider"])
def test_no_route_logs_what_is_sent_to_it(
    app: Any, client: CheckingClient, session: Any, written: io.StringIO, role: str
) -> None:
    """Every form and every page without an id in its address, with a name and an address in all that is sent."""
    if role:
        sign_in(client, make_user(role, name=CANARY, email=f"{CANARY}@example.org"))
    sent = dict.fromkeys(FIELDS, f"{CANARY} {CANARY}@example.org") | keys(client)
    asked, answered = f"q={CANARY}&suche={CANARY}&weiter=/{CANARY}", 0
    for rule in app.url_map.iter_rules():
        if not rule.arguments and rule.endpoint != "accounts.sign_out":
            methods = rule.methods or set()
            if "POST" in methods:
                answered += 1
                FlaskClient.open(client, f"{rule.rule}?{asked}", method="POST", data=sent)
            elif not rule.rule.startswith("/planung"):
                answered += 1
                FlaskClient.open(client, f"{rule.rule}?{asked}", method="GET")
    assert answered > 100
    told = written.getvalue()
    assert told.count('"event": "request"') >= answered
    for personal in (CANARY, CANARY.lower()):
        assert personal not in told


def broken() -> None:
    raise ValueError(CANARY)


@pytest.mark.parametrize(
    ("message", "values", "kept"),
    [
        ("GET %s by %s", (f"/gesuch/{SECRET}", CANARY), "GET %s by %s"),
        (f"Ignoring {CANARY}", (), LEFT_OUT),
        ("%(name)s", ({"name": CANARY},), "%(name)s"),
        ("%d", (CANARY,), "%d"),
        (ValueError(CANARY), (), LEFT_OUT),
        (f"{CANARY} \ud800", (), LEFT_OUT),
    ],
)
def test_of_a_library_only_the_words_of_its_source_are_kept(
    written: io.StringIO, message: Any, values: tuple[Any, ...], kept: str
) -> None:
    try:
        broken()
    except ValueError:
        logging.getLogger("some.library").debug(message, *values, exc_info=True, stack_info=True)
    told = written.getvalue()
    assert kept in told
    assert "ValueError" in told
    assert "test_logs.py" in told
    assert CANARY not in told
    assert SECRET not in told


def test_a_warning_tells_no_values_either(written: io.StringIO) -> None:
    logging.captureWarnings(True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(f"no such column: {CANARY}", stacklevel=1)
    finally:
        logging.captureWarnings(False)
    assert '"logger": "py.warnings"' in written.getvalue()
    assert CANARY not in written.getvalue()
