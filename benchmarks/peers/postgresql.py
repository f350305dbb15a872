"""PostgreSQL: that of TEST_DATABASE_URL, else one of our own from the packages that the tests use."""

import os
from collections.abc import Sequence

import numpy as np
import psycopg

from benchmarks.peers import Answer, Missing
from benchmarks.peers.sql import Query
from benchmarks.peers.sqlite import ROWS_AT_ONCE, plain_rows
from benchmarks.rules import Rule
from benchmarks.table import Table

QUERY = Query("LEAST", "GREATEST", "::float8")


class PostgreSQL:
    name = "PostgreSQL"
    exact = True

    def __init__(self, table: Table) -> None:
        self.server, address = _server()
        self.connection = psycopg.connect(address, autocommit=True)
        kinds = [f"{name} {_kind(column)}" for name, column in (table.values | table.flags).items()]
        with self.connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE offers (row_number integer PRIMARY KEY, {', '.join(kinds)})")
            with cursor.copy("COPY offers FROM STDIN") as copy:
                for start in range(0, table.size, ROWS_AT_ONCE):
                    rows = plain_rows(table, start, start + ROWS_AT_ONCE)
                    lines = ("\t".join("\\N" if item is None else str(item) for item in row) for row in rows)
                    copy.write("\n".join(lines) + "\n")
            cursor.execute("ANALYZE offers")
            cursor.execute("SET jit = off")  # compiling takes longer than it saves here

    def top(self, rules: Sequence[Rule], number: int) -> Answer:
        return self.connection.execute(QUERY.top(rules, number)).fetchall()

    def close(self) -> None:
        self.connection.close()
        if self.server is not None:
            self.server.stop()


def _server():
    if address := os.environ.get("TEST_DATABASE_URL"):
        return None, address.replace("+psycopg", "")
    from tests.infrastructure.postgres import PostgresServer, PostgresUnavailable

    try:
        server = PostgresServer()
    except PostgresUnavailable as error:
        raise Missing(str(error)) from error
    return server, server.url().replace("+psycopg", "")


def _kind(column: np.ndarray) -> str:
    known = column[~np.isnan(column)]
    return "integer" if (known % 1 == 0).all() else "double precision"
