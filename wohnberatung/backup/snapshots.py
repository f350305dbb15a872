"""One moment of the database as a file, and back, by the database's own means: never a copy of files in use."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from wohnberatung.core.database import sqlite_driver
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db

Counts = dict[str, int]
# Where the tables of before wait until those of the backup are there.
ASIDE = "before_restore"


class ProgramFailed(DomainError):
    """pg_dump or pg_restore is missing, too old, or said no."""


def kind() -> str:
    return db.engine.dialect.name


def take(target: Path) -> Counts:
    """Write the database as it is at one moment to the new file `target`; how many rows each table has then."""
    return _take_sqlite(target) if kind() == "sqlite" else _take_postgres(target)


def table_names() -> list[str]:
    """Empty where there is no database yet."""
    if kind() == "sqlite" and not _sqlite_file().exists():
        return []
    with db.engine.connect() as connection:
        return sorted(inspect(connection).get_table_names())


def counts_now() -> Counts:
    with db.engine.connect() as connection:
        return _counts(connection)


@contextmanager
def put_back(source: Path) -> Iterator[None]:
    """Replace the whole database by the snapshot; if the block fails, the one of before is there again."""
    with (_put_sqlite if kind() == "sqlite" else _put_postgres)(source):
        yield


def check_file(source: Path, counts: Counts) -> None:
    """What can be seen of a snapshot before anything is replaced. Raises DomainError."""
    if kind() != "sqlite":
        _run("pg_restore", "--list", str(source))
        return
    with closing(sqlite_driver.connect(str(source))) as found:
        (told,) = found.execute("PRAGMA integrity_check").fetchone()
        wrong = {n for n in counts if found.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] != counts[n]}
    if told != "ok" or wrong:
        raise DomainError(f"Die Datenbank in der Sicherung ist beschädigt ({told}; {', '.join(sorted(wrong))}).")


def _take_sqlite(target: Path) -> Counts:
    with closing(sqlite_driver.connect(str(_sqlite_file()), timeout=20, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    target.chmod(0o600)
    with closing(sqlite_driver.connect(str(target))) as copy:
        (told,) = copy.execute("PRAGMA integrity_check").fetchone()
        if told != "ok":
            raise DomainError(f"Die Datenbank ist beschädigt: {told}")
        names = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {n: copy.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for (n,) in names.fetchall()}


def _take_postgres(target: Path) -> Counts:
    with db.engine.connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        # The dump may take longer than an idle transaction may live.
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        counts = _counts(connection)
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", "-f", str(target))
    return counts


@contextmanager
def _put_sqlite(source: Path) -> Iterator[None]:
    path = _sqlite_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    db.engine.dispose()
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))]
    kept = [(file, file.with_name(f"{file.name}.{ASIDE}")) for file in files if file.exists()]
    for file, aside in kept:
        file.replace(aside)
    try:
        shutil.copyfile(source, path)
        path.chmod(0o600)
        yield
    except BaseException:
        db.engine.dispose()
        for file in files:
            file.unlink(missing_ok=True)
        for file, aside in kept:
            aside.replace(file)
        raise
    for _file, aside in kept:
        aside.unlink()


@contextmanager
def _put_postgres(source: Path) -> Iterator[None]:
    _execute(f"ALTER SCHEMA public RENAME TO {ASIDE}", "CREATE SCHEMA public")
    try:
        _run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            "--schema=public",
            str(source),
        )
        yield
    except BaseException:
        db.session.rollback()
        _execute("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    _execute(f"DROP SCHEMA {ASIDE} CASCADE")


def _execute(*statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _counts(connection: Connection) -> Counts:
    names = sorted(inspect(connection).get_table_names())
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def _sqlite_file() -> Path:
    return Path(db.engine.url.database or "").resolve()


def _run(program: str, *arguments: str) -> None:
    """The client program of the PATH; the password goes by the environment, never by the list of processes."""
    found, url = shutil.which(program), db.engine.url
    if found is None:
        raise ProgramFailed(
            f"{program} fehlt: bitte das Paket postgresql-client in der Version des Servers installieren."
        )
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    target = [] if "--list" in arguments else ["-d", address]
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    ended = subprocess.run([found, *target, *arguments], capture_output=True, text=True, env=environment, check=False)
    if ended.returncode:
        raise ProgramFailed(f"{program} ist gescheitert: {ended.stderr.strip()[-500:]}")
