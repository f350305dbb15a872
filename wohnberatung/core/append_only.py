"""Tables to which rows are added and never changed: the database itself refuses it, whoever asks.

`TABLES` is the one list of them; a new one is a row here, and in its migration
`for statement in refusals("table", op.get_bind().dialect.name): op.execute(statement)`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import DDL, Connection, MetaData, Table


@dataclass(frozen=True)
class AppendOnly:
    """What never changes: `columns`, or all of them; with `deletes` rows may go, with what they hang on."""

    columns: tuple[str, ...] = ()
    deletes: bool = False


TABLES = {
    "fact_records": AppendOnly(),
    # Erasing a person takes the events along with the request, and what people wrote may be blanked; all else stays.
    "match_events": AppendOnly(
        ("match_id", "step", "state_before", "state_after", "happened_at", "party", "actor_id", "reason", "told"),
        deletes=True,
    ),
    # Goes with the person alone.
    "disclosures": AppendOnly(deletes=True),
    # The audit's own retention takes the oldest.
    "audit_entries": AppendOnly(deletes=True),
}


def refusals(table: str, dialect: str) -> tuple[str, ...]:
    """The statements that make the triggers of a table of the list on `sqlite` or `postgresql`."""
    kept = TABLES[table]
    update = f"UPDATE OF {', '.join(kept.columns)}" if kept.columns else "UPDATE"
    if dialect == "sqlite":
        events = {"no_update": update} | ({} if kept.deletes else {"no_delete": "DELETE"})
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return tuple(
            f"CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} {refuse}" for name, what in events.items()
        )
    what = update if kept.deletes else f"{update} OR DELETE"
    return (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    )


def refuse_changes(metadata: MetaData, connection: Connection, *, tables: Iterable[Table], **_options: object) -> None:
    """After tables were made without migrations: their triggers as well."""
    for name in TABLES.keys() & {table.name for table in tables}:
        for statement in refusals(name, connection.dialect.name):
            connection.execute(DDL(statement.replace("%", "%%")))
