"""Databases are opened the safe way, and say nothing about values."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, StatementError

from wohnberatung.accounts.models import Organisation
from wohnberatung.core.database import journal_mode, normal_url, sqlite_driver
from wohnberatung.core.transactions import start_writing
from wohnberatung.extensions import db


def test_wal_only_where_the_library_keeps_it_safe() -> None:
    assert journal_mode((3, 51, 2)) == "DELETE"
    assert journal_mode((3, 51, 3)) == "WAL"
    assert journal_mode((4, 0, 0)) == "WAL"


def test_sqlite_is_opened_with_the_safe_settings(app: Flask, session: Any) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    expected = {
        "journal_mode": journal_mode(sqlite_driver.sqlite_version_info).lower(),
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "mmap_size": 0,
    }
    found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in expected}
    assert found == expected
    assert session.execute(text("PRAGMA busy_timeout")).scalar() >= 5000


def test_writing_takes_sqlites_lock_at_once_and_reading_does_not(own_app: Flask) -> None:
    with own_app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        with db.engine.connect() as reader, db.engine.connect() as impatient:
            impatient.exec_driver_sql("PRAGMA busy_timeout=0")
            impatient.commit()
            reader.execute(text("SELECT count(*) FROM users"))
            start_writing()
            with pytest.raises(OperationalError, match="locked"):
                impatient.execution_options(sqlite_begin="IMMEDIATE").begin()
            db.session.rollback()


def test_errors_of_the_database_hide_the_parameters(session: Any) -> None:
    """PostgreSQL's own words may still quote a row; the log therefore keeps the error's type only."""
    statement = text("INSERT INTO organisations (id, name, kind) VALUES ('1', :name, 'company')")
    with pytest.raises(StatementError, match="parameters hidden"):
        session.execute(statement, {"name": "Frau Geheim"})


def test_moments_come_back_aware_and_in_utc(session: Any) -> None:
    east = datetime(2026, 11, 22, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    session.add(organisation := Organisation(name="Elbhaus", kind="company", created_at=east))
    session.flush()
    session.expire(organisation)
    assert organisation.created_at == datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert organisation.created_at.tzinfo is UTC


def test_a_moment_without_zone_is_refused(session: Any) -> None:
    session.add(Organisation(name="Elbhaus", kind="company", created_at=datetime(2026, 11, 22)))  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"):
        session.flush()


@pytest.mark.parametrize("text", ["postgres://host/name", "postgresql://host/name"])
def test_common_spellings_of_the_address_lead_to_our_driver(text: str) -> None:
    assert normal_url(text).drivername == "postgresql+psycopg"
