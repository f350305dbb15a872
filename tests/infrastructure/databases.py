"""Fresh, empty databases on SQLite and PostgreSQL, as many as the tests want."""

import os
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, create_engine, make_url, text

from tests.infrastructure.postgres import PostgresServer


class Databases(Protocol):
    """One kind of database."""

    def create(self) -> str:
        """The address of a new, empty database."""

    def drop(self, address: str) -> None:
        """Remove it; all connections must be closed."""

    def close(self) -> None:
        """Stop whatever was started."""


class SQLiteDatabases:
    """Files in one temporary folder, which pytest removes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def create(self) -> str:
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.sqlite3'}"

    def drop(self, address: str) -> None:
        for file in self._folder.glob(Path(make_url(address).database or "").name + "*"):
            file.unlink()

    def close(self) -> None:
        pass


class PostgresDatabases:
    """On the server of ``TEST_DATABASE_URL``, whose user may create databases, else on one of our own."""

    def __init__(self, _folder: Path) -> None:
        address = os.environ.get("TEST_DATABASE_URL")
        self._server = None if address else PostgresServer()
        self._address: URL = make_url(address or self._server.url())
        self._numbers = count(1)

    def create(self) -> str:
        name = f"wohnberatung_test_{os.getpid()}_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self._address.set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        self._execute(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def close(self) -> None:
        if self._server:
            self._server.stop()

    def _execute(self, statement: str) -> None:
        engine = create_engine(self._address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()
