"""SQLite in memory, one table, no index: an index on one must helps the others not at all."""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.peers import Answer
from benchmarks.peers.sql import Query
from benchmarks.rules import Rule
from benchmarks.table import Table

ROWS_AT_ONCE = 20_000
QUERY = Query("min", "max")


class SQLite:
    name = "SQLite"
    exact = True

    def __init__(self, table: Table) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute(f"CREATE TABLE offers (row_number INTEGER PRIMARY KEY, {', '.join(table.columns)})")
        places = ", ".join("?" * (len(table.columns) + 1))
        for start in range(0, table.size, ROWS_AT_ONCE):
            rows = plain_rows(table, start, start + ROWS_AT_ONCE)
            self.database.executemany(f"INSERT INTO offers VALUES ({places})", rows)

    def top(self, rules: Sequence[Rule], number: int) -> Answer:
        return self.database.execute(QUERY.top(rules, number)).fetchall()

    def close(self) -> None:
        self.database.close()


def plain_rows(table: Table, start: int, stop: int) -> Iterator[tuple]:
    """Row number and values as Python numbers, whole ones as int, None for unknown."""
    columns = [_plain(column[start:stop]) for column in (*table.values.values(), *table.flags.values())]
    return zip(range(start, min(stop, table.size)), *columns, strict=True)


def _plain(column: np.ndarray) -> list:
    unknown = np.isnan(column)
    known = np.where(unknown, 0, column)
    objects = (known.astype(int) if (known % 1 == 0).all() else known).astype(object)
    objects[unknown] = None
    return objects.tolist()
