"""The migrations make exactly the tables that the models describe, and can be undone and redone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, create_engine, inspect, text

from tests.factories import make_dwelling, make_offer, make_project, make_request
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db


@contextmanager
def connected(app: Flask) -> Iterator[Connection]:
    with app.app_context(), db.engine.connect() as connection:
        yield connection


def test_models_and_migrations_agree(own_app: Flask) -> None:
    with connected(own_app) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_models_and_migrations_agree_on_what_the_checks_say(own_app: Flask, databases: Any) -> None:
    address = databases.create()
    with connected(own_app) as migrated:
        made, refused = _all_checks(migrated), _triggers(migrated)
    engine = create_engine(address)
    with engine.connect() as connection:
        db.metadata.create_all(connection)
        described, refusing = _all_checks(connection), _triggers(connection)
    engine.dispose()
    databases.drop(address)
    assert made == described
    assert refused == refusing


def test_down_and_up_again_leaves_the_same_tables(own_app: Flask) -> None:
    with connected(own_app) as connection:
        before = _structure(connection)
    with own_app.app_context():
        downgrade(revision="base")
    with connected(own_app) as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    with own_app.app_context():
        upgrade()
    with connected(own_app) as connection:
        assert _structure(connection) == before


def test_a_used_database_can_be_taken_back_and_forward(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            make_offer(make_dwelling(has_lift=True), make_project(stage="lived_in"))
            make_request()
        downgrade(revision="0001")
        upgrade()
        kept = db.session.execute(text("SELECT (SELECT count(*) FROM organisations), (SELECT count(*) FROM offers)"))
        assert tuple(kept.one()) == (2, 0)


def _checks_of(inspector: Any, table: str) -> set[str]:
    return {check["name"] for check in inspector.get_check_constraints(table)}


def _all_checks(connection: Connection) -> dict[str, dict[str, str]]:
    inspector = inspect(connection)
    return {
        table: {check["name"]: "".join(check["sqltext"].split()) for check in inspector.get_check_constraints(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def _triggers(connection: Connection) -> set[tuple[str, ...]]:
    """What is refused of which table, and for which columns."""
    if connection.dialect.name == "sqlite":
        made = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
    else:
        made = connection.execute(
            text(
                "SELECT t.event_object_table, t.event_manipulation, c.event_object_column "
                "FROM information_schema.triggers t LEFT JOIN information_schema.triggered_update_columns c "
                "ON c.trigger_name = t.trigger_name AND t.event_manipulation = 'UPDATE'"
            )
        )
    return {tuple(str(part) for part in row) for row in made}


def _structure(connection: Connection) -> dict[str, Any]:
    inspector = inspect(connection)
    return {
        table: (
            {column["name"]: (str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)},
            _checks_of(inspector, table),
            sorted(str(index["name"]) for index in inspector.get_indexes(table)),
            sorted(str(unique["name"]) for unique in inspector.get_unique_constraints(table)),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
