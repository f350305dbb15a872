"""Migrations lead to exactly the tables that the models declare, and back, without harm to data."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, text

from tests.people import make_user
from wohnberatung.core import schema_version
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db


def test_migrations_and_models_agree(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, db.metadata) == []


def test_down_and_up_again_leaves_the_same_tables(own_app: Flask) -> None:
    with own_app.app_context():
        before = described()
        schema_version.downgrade("base")
        assert set(described()) <= {"alembic_version"}
        schema_version.upgrade()
        assert described() == before
        assert schema_version.current_revision() == schema_version.newest_revision()


def described() -> dict[str, Any]:
    inspector = inspect(db.engine)
    return {
        table: sorted(
            (column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)
        )
        for table in inspector.get_table_names()
    }


def test_upgrading_again_changes_nothing_and_keeps_people(own_app: Flask) -> None:
    with own_app.app_context():
        with transaction():
            make_user(email="anna@example.org")
        schema_version.upgrade()
        assert db.session.scalar(text("SELECT email FROM users")) == "anna@example.org"


def test_foreign_keys_are_on_again_after_upgrading(own_app: Flask) -> None:
    with own_app.app_context():
        if db.engine.dialect.name != "sqlite":
            return
        schema_version.upgrade()
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
