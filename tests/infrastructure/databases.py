"""Fresh databases on SQLite and PostgreSQL, as many as the tests want: empty, or with all tables.

The migrations run once for each kind in a whole run, whatever the number of processes; after that a database with all
tables is a copy of what they made.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, NullPool, create_engine, make_url, text

# One count for a process: what a kind of database is made of lives on when its tests give way to those of the other.
_numbers = count(1)


class Databases(Protocol):
    """One kind of database."""

    def create(self) -> str:
        """The address of a new, empty database."""

    def copy(self) -> str:
        """The address of a new database that the migrations have made."""

    def drop(self, address: str) -> None:
        """Remove it; all connections must be closed."""


class SQLiteDatabases:
    """Files in a temporary folder of this process; the model of the copies lies in the folder that all share."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self._folder = folder
        self._model = shared / "migrated.sqlite3"

    def create(self) -> str:
        return f"sqlite:///{self._new_file()}"

    def copy(self) -> str:
        with only_one(self._model):
            if not self._model.exists():
                draft = self._new_file()
                _migrate(f"sqlite:///{draft}")
                draft.rename(self._model)
        return f"sqlite:///{shutil.copyfile(self._model, self._new_file())}"

    def drop(self, address: str) -> None:
        for file in self._folder.glob(Path(make_url(address).database or "").name + "*"):
            file.unlink()

    def _new_file(self) -> Path:
        return self._folder / f"{next(_numbers)}.sqlite3"


class PostgresDatabases:
    """On the server at `address`, whose user may create databases."""

    def __init__(self, address: str, shared: Path) -> None:
        self._address: URL = make_url(address)
        self._engine = create_engine(self._address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._made = shared / "migrated.postgresql"

    def create(self) -> str:
        return self._new("template0")

    def copy(self) -> str:
        with only_one(self._made):
            if not self._made.exists():
                draft = self.create()
                _migrate(draft)
                self._made.write_text(make_url(draft).database or "")
        return self._new(self._made.read_text())

    def drop(self, address: str) -> None:
        self._execute(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def drop_model(self) -> None:
        """At the end of the whole run."""
        if self._made.exists():
            self._execute(f"DROP DATABASE IF EXISTS {self._made.read_text()}")

    def _new(self, model: str) -> str:
        name = f"wohnberatung_test_{os.getpid()}_{next(_numbers)}"
        # Copying files takes half as long as writing all pages through the log, which is the default.
        self._execute(f"CREATE DATABASE {name} TEMPLATE {model} ENCODING 'UTF8' STRATEGY FILE_COPY")
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def only_one(subject: Path) -> Iterator[None]:
    """Of all processes only one is in such a block for the same `subject`; the others wait."""
    with subject.with_name(f"{subject.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(address: str) -> None:
    # Imported here: the tests of the engine run without the application.
    from tests.infrastructure.application import migrate

    migrate(address)
