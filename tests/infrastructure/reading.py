"""Opening a page only reads: what a GET would lock or write is a fault, also where it is rolled back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Delete, Insert, Select, TextClause, Update, event
from sqlalchemy.engine import Connection, Engine

# Written after or before the view, in short transactions of their own: sessions, limits, who read what.
OF_THE_FRAME = {"web_sessions", "rate_counters", "audit_entries", "digest_keys"}
LOCKING_WORDS = ("insert", "update", "delete", "lock ")


@contextmanager
def watched_writes() -> Iterator[list[str]]:
    """What is sent to lock or to write while the block runs, each as "verb table"; the frame's own is left out."""
    found: list[str] = []

    def look(_connection: Connection, statement: Any, *_more: Any) -> None:
        if said := writing(statement):
            found.append(said)

    event.listen(Engine, "before_execute", look)
    try:
        yield found
    finally:
        event.remove(Engine, "before_execute", look)


def writing(statement: Any) -> str | None:
    """What the statement locks or writes, whatever the database makes of it (SQLite knows no FOR UPDATE)."""
    if isinstance(statement, Insert | Update | Delete):
        table = str(getattr(statement.table, "name", statement.table))
        return None if table in OF_THE_FRAME else f"{statement.__visit_name__} {table}"
    if isinstance(statement, Select) and statement._for_update_arg is not None:
        return f"lock {', '.join(sorted(str(each) for each in statement.get_final_froms()))}"
    if isinstance(statement, TextClause) and statement.text.lstrip().lower().startswith(LOCKING_WORDS):
        return None if any(table in statement.text for table in OF_THE_FRAME) else statement.text
    return None
