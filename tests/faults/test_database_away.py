"""The database goes and comes back, or takes nothing more: the office says so, and works again without being started
anew."""

import time
from contextlib import contextmanager
from threading import Event

from sqlalchemy import event, func, select, text

from tests.advice.test_enquiries import QUESTION
from tests.faults.visitors import PATH, Visitor
from tests.infrastructure.application import migrate, reused_app
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from tests.infrastructure.postgres import PostgresServer
from tests.infrastructure.processes import open_office
from tests.infrastructure.server import free_port
from wohnberatung.advice.models import Enquiry
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db

PAGE = "/wegweiser"
SOON = 1.0


def asked():
    return db.session.scalar(select(func.count()).select_from(Enquiry))


def test_postgresql_is_started_anew_while_the_office_answers(figure):
    server = PostgresServer()
    try:
        migrate(server.url())
        with reused_app(server.url()) as app, open_office(app, port := free_port()) as office:
            visitor = Visitor(port)
            (worker,) = office.workers
            server.shut_down()
            status, said, headers = visitor.ask("GET", PAGE)
            assert status == 503, said
            assert headers.get("Retry-After") == "60", (headers, said)
            assert "psycopg" not in said
            assert visitor.ask("GET", "/gesundheit")[0] == 503
            server.start()
            back = time.monotonic()
            while visitor.ask("GET", PAGE)[0] != 200:
                assert time.monotonic() < back + SOON
                Event().wait(0.02)
            took = time.monotonic() - back
            assert visitor.send(visitor.question("Und jetzt?"))
            assert office.workers == [worker]
            with app.app_context():
                assert asked() == 1
        figure(f"503 while it was down, pages again {took:.2f} s after it was back, the same worker")
    finally:
        server.stop()


@contextmanager
def full(engine):
    """The disk is full: SQLite says so by the very error."""
    with engine.connect() as connection:
        limit = connection.execute(text("PRAGMA page_count")).scalar_one()

    def bound(connection, _record, _proxy):
        connection.execute(f"PRAGMA max_page_count={limit}").fetchall()

    event.listen(engine, "checkout", bound)
    yield
    # Held by each connection, so that each has to hear of it.
    limit = 2**30


@contextmanager
def only_read(engine):
    """As PostgreSQL is while it is being moved."""

    def say(statement):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text(f"ALTER DATABASE {engine.url.database} {statement}"))
            connection.invalidate()
        engine.dispose()

    say("SET default_transaction_read_only = on")
    yield
    say("RESET default_transaction_read_only")


LONG = "Wer hilft mir beim Antrag? " * 100


def test_a_database_that_takes_nothing_more_is_said_and_nothing_is_half_stored(own_app, figure):
    client, refused = own_app.test_client(), 0
    form = dict(offered_values(find_form(Page(client.get(PATH).text), {"question"}, "")))

    def send():
        written = form | QUESTION | {"question": LONG, "idempotency_key": new_id()}
        return client.post(PATH, data=written).status_code

    with own_app.app_context():
        engine = db.engine
    with full(engine) if engine.dialect.name == "sqlite" else only_read(engine):
        for _turn in range(60):
            if (status := send()) != 302:
                assert status == 503
                assert client.get(PAGE).status_code == 200, "reading goes on"
                refused += 1
            if refused == 3:
                break
        assert refused == 3
        with own_app.app_context():
            before = asked()
    assert send() == 302
    with own_app.app_context():
        assert asked() == before + 1
    figure(f"{refused} writes refused with 503, pages read meanwhile, the next write stored without a new start")
