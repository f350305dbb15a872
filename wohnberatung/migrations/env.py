"""How Alembic reaches our database. Run through ``wohnberatung db upgrade``."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from wohnberatung.core.database import UTCDateTime
from wohnberatung.extensions import db


def run(connection: Connection) -> None:
    """All pending revisions in one transaction: a failed one leaves the database as it was."""
    if connection.dialect.name != "sqlite":
        _migrate(connection)
        return
    # Batch mode rebuilds tables; with foreign keys on, dropping the old one would delete its children.
    _switch_foreign_keys(connection, on=False)
    try:
        _migrate(connection)
    finally:
        connection.rollback()
        _switch_foreign_keys(connection, on=True)


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render_item,
        # Also on SQLite: our transactions begin explicitly, so that they hold changes of tables too.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"the migration leaves {len(broken)} rows without the row they point to")


def _render_item(kind: str, item: object, _autogenerate: object) -> str | Literal[False]:
    """In a drafted migration our moments are plain columns: it must not change when our code does."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _switch_foreign_keys(connection: Connection, on: bool) -> None:
    # The pragma has no effect inside a transaction, so it goes to the driver directly.
    connection.connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


with db.engine.connect() as connection:
    run(connection)
