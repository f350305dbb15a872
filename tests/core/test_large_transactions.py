"""A transaction that is larger than its cache keeps nobody out, with the SQLite we ship and with Python's own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from types import ModuleType

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select, text

from tests.factories import make_dwelling, make_offer
from tests.infrastructure.application import migrate, running_app
from tests.people import make_user, sign_in
from wohnberatung.bridge.frames import current_supply
from wohnberatung.core import clock, database
from wohnberatung.core.models import WebSession
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.web.sessions import SEEN_EVERY

HOMES = 60
# Of 4096 bytes each: what the homes take is many times as much.
PAGES_IN_CACHE = 10
PATIENCE = database.BUSY_SECONDS / 4


@pytest.fixture(params=["shipped", "standard library"])
def small_cache(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application on a SQLite database of its own whose connections remember next to nothing."""
    driver = database.sqlite_driver if request.param == "shipped" else pytest.importorskip("sqlite3.dbapi2")
    monkeypatch.setattr(database, "sqlite_driver", driver)
    address = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    migrate(address)
    with running_app(address) as app, app.app_context():
        assert db.engine.dialect.dbapi is driver
        event.listen(db.engine, "connect", shrink)
        db.engine.dispose()
        yield app
        db.session.remove()


def shrink(connection: ModuleType, _record: object) -> None:
    connection.execute(f"PRAGMA cache_size={PAGES_IN_CACHE}").fetchall()


def fill(count: int = HOMES) -> None:
    for number in range(count):
        make_offer(make_dwelling(floor=number % 9), external_id=str(number))
    db.session.flush()


@contextmanager
def quickly() -> Iterator[None]:
    begun = monotonic()
    yield
    assert monotonic() - begun < PATIENCE


def test_whoever_writes_a_lot_may_read_the_supply_meanwhile(small_cache: Flask) -> None:
    with transaction():
        fill()
        with quickly(), current_supply() as supply:
            assert len(supply.frame.ids) == 0, "what is not committed is nobody's"
    with current_supply() as supply:
        assert len(supply.frame.ids) == HOMES


@contextmanager
def somebody_writing_a_lot(app: Flask) -> Iterator[None]:
    """The block runs while another thread has written all homes and not committed them yet."""
    written, go_on = Event(), Event()

    def write() -> None:
        with app.app_context(), transaction():
            fill()
            written.set()
            assert go_on.wait(60)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        assert written.wait(60)
        try:
            yield
        finally:
            go_on.set()
        writing.result()


def test_pages_answer_while_somebody_writes_a_lot(small_cache: Flask) -> None:
    with somebody_writing_a_lot(small_cache):
        with quickly():
            page = small_cache.test_client().get("/angebote")
        assert page.status_code == 200
        with small_cache.app_context():
            assert db.session.execute(text("SELECT count(*) FROM offers")).scalar() == 0
    assert db.session.execute(text("SELECT count(*) FROM offers")).scalar() == HOMES


def test_nobody_who_is_signed_in_waits_to_be_noted_as_seen(small_cache: Flask) -> None:
    client = small_cache.test_client()
    with transaction():
        person = make_user("advisor")
    sign_in(client, person)
    client.get("/konto")
    later = clock.now() + 2 * SEEN_EVERY
    with time_machine.travel(later), somebody_writing_a_lot(small_cache), quickly():
        assert client.get("/konto").status_code == 200
    with time_machine.travel(later):
        client.get("/konto")
        seen = db.session.scalars(select(WebSession.last_seen_at).where(WebSession.user_id == person.id)).one()
    assert seen >= later, "the next page notes it"
