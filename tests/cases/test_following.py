"""The search follows what is committed, in whatever order: nothing is missed, nothing that was undone is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.cases.factories import make_advisor, make_case
from tests.factories import make_dwelling, make_organisation
from wohnberatung.cases.models import SearchChange
from wohnberatung.cases.services.search import search
from wohnberatung.core.actors import Actor
from wohnberatung.core.transactions import start_writing, transaction
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.extensions import db

MANY = 300
WAIT = 30


def titles(query: str, actor: Actor) -> list[str]:
    """What a new transaction finds."""
    db.session.rollback()
    return [hit.title for group in search(query, actor) for hit in group.hits]


@contextmanager
def import_under_way(app: Flask) -> Iterator[Event]:
    """A large import that has written all its homes and commits when the event is set, at the latest at the end."""
    written, go = Event(), Event()

    def deliver() -> None:
        with app.app_context(), transaction():
            owner = make_organisation("Elbhang Wohnbau eG").id
            db.session.add_all(Dwelling(organisation_id=owner, title=f"Turmwohnung {n}") for n in range(MANY))
            db.session.flush()
            written.set()
            assert go.wait(WAIT)

    with ThreadPoolExecutor(1) as pool:
        importing = pool.submit(deliver)
        try:
            assert written.wait(WAIT)
            yield go
        finally:
            go.set()
            importing.result()


def test_an_import_that_commits_after_a_later_save_is_found(own_app: Flask) -> None:
    """Its rows were written, and counted up, before those of the save that everybody has seen already."""
    with own_app.app_context():
        if db.engine.dialect.name == "sqlite":
            return  # lets one write at a time
        with transaction():
            anna = make_advisor()
        assert titles("Turmwohnung", anna) == []
        with import_under_way(own_app):
            with transaction():
                make_case(anna, name="Erika Meier")
            assert titles("Meier", anna) == ["Erika Meier"]
            assert titles("Turmwohnung", anna) == []
        assert len(titles("Turmwohnung", anna)) > 1
        assert titles("Elbhang", anna) == ["Elbhang Wohnbau eG"]


def test_a_save_that_was_undone_is_not_found(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            anna = make_advisor()
            make_case(anna, name="Erika Meier")
        assert titles("Meier", anna) == ["Erika Meier"]
        start_writing()
        make_case(anna, name="Rita Rückwärts")
        assert titles("Rückwärts", anna) == []
        with transaction():
            make_case(anna, name="Viola Vorwärts")
        assert titles("Vorwärts", anna) == ["Viola Vorwärts"]


def test_every_change_has_a_number_after_its_commit_and_none_has_before(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            make_dwelling(title="Turmwohnung")
            assert unnumbered() > 0
        assert unnumbered() == 0


def unnumbered() -> int:
    waiting = select(func.count()).select_from(SearchChange).where(SearchChange.change_seq.is_(None))
    return db.session.scalar(waiting) or 0


def test_a_database_that_was_put_back_is_read_anew(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            anna = make_advisor()
            case_id = make_case(anna, name="Erika Meier").id
        assert titles("Meier", anna) == ["Erika Meier"]
        with transaction():
            for statement in (
                "DELETE FROM case_events",
                "DELETE FROM search_changes",
                "UPDATE change_clocks SET ticks = 0",
            ):
                db.session.execute(text(statement))
            db.session.execute(text("DELETE FROM cases WHERE id = :id"), {"id": case_id})
        assert titles("Meier", anna) == []


@pytest.mark.parametrize("kind", ["search_changes", "offers"])
def test_a_commit_ticks_the_clock_of_a_table_once(own_app: Flask, kind: str) -> None:
    with own_app.app_context():
        with transaction():
            for _number in range(3):
                make_dwelling()
                db.session.flush()
        clock = db.session.scalar(text(f"SELECT ticks FROM change_clocks WHERE name = '{kind}'"))
        assert clock == (1 if kind == "search_changes" else 0)
