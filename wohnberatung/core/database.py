"""How we talk to SQLite and PostgreSQL: options, pragmas, column types, naming convention."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sqlalchemy import CHAR, JSON, BigInteger, Date, DateTime, Dialect, Engine, Enum, Integer, MetaData, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from wohnberatung.core import clock
from wohnberatung.core.append_only import refuse_changes

if TYPE_CHECKING:
    from sqlite3 import Connection as SQLiteConnection

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The wheel carries a SQLite of its own, newer than that of nearly every machine. One process must never open a
# database through both: closing a file in one of them drops the locks that the other holds on it.
sqlite_driver = import_module("pysqlite3.dbapi2" if find_spec("pysqlite3") else "sqlite3.dbapi2")
# Older SQLite can corrupt a WAL database that several connections write to (fixed in 3.51.3).
WAL_IS_SAFE_FROM = (3, 51, 3)
BUSY_SECONDS = 20
# Execution option: "IMMEDIATE" takes SQLite's write lock at once, see core.transactions.
BEGIN_OPTION = "sqlite_begin"
# Execution option: seconds to wait for SQLite's write lock, where waiting as long as usual is worth nothing.
PATIENCE_OPTION = "sqlite_patience"
# … or leaves every statement a transaction of its own.
WITHOUT_TRANSACTION = "NONE"

PublicId = CHAR(26)
FlatJson = JSON(none_as_null=True)
"""JSON whose missing value is NULL, not the JSON word null."""
LongId = BigInteger().with_variant(Integer, "sqlite")
"""A running number of the database's own; SQLite counts only plain INTEGER keys."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored as UTC. A naive value is refused: nobody knows what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class IsoDay(TypeDecorator[str]):
    """A calendar day that Python sees as ISO text, as the engine does."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)

    def process_result_value(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()


def choice(options: type[StrEnum] | Iterable[str], length: int, check: str) -> Enum:
    """The type of a column that holds one of these words: text with a CHECK called `check`, which has a name of the
    table before it. Of a StrEnum, Python gets its members."""
    if isinstance(options, type):
        return Enum(
            options,
            native_enum=False,
            create_constraint=True,
            length=length,
            name=check,
            values_callable=lambda members: [member.value for member in members],
        )
    return Enum(*options, native_enum=False, create_constraint=True, length=length, name=check)


class Base(DeclarativeBase):
    """Base of all tables: named constraints, moments in UTC."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION), type_annotation_map={datetime: UTCDateTime()}
    )


event.listen(Base.metadata, "after_create", refuse_changes)


class TimestampMixin:
    """When the row came to be and when it was last changed."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=900)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now, sort_order=901)


def normal_url(text: str) -> URL:
    """The database address with the driver we ship; accepts the common ``postgres://`` spelling."""
    url = make_url(text.replace("postgres://", "postgresql://", 1))
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url


def engine_options(url: URL) -> dict[str, object]:
    """Options for ``create_engine``. Values never reach logs or error messages."""
    options: dict[str, object] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        options["module"] = sqlite_driver
        options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    else:
        options |= {"pool_pre_ping": True, "pool_recycle": 1800, "pool_timeout": BUSY_SECONDS}
        options["connect_args"] = {
            "options": f"-c timezone=utc -c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout=120s"
        }
    return options


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL where a SQLite library of this version keeps it safe, else the old rollback journal."""
    return "WAL" if version >= WAL_IS_SAFE_FROM else "DELETE"


def commits_wait_for_readers(engine: Engine) -> bool:
    """Whether a commit waits until all have read, and whoever begins to read waits for it: SQLite without WAL."""
    return engine.dialect.name == "sqlite" and journal_mode(_library_of(engine)) != "WAL"


def _library_of(engine: Engine) -> tuple[int, ...]:
    """The version of the SQLite library that this engine's driver brings."""
    return tuple(getattr(engine.dialect.dbapi, "sqlite_version_info", ()))


def prepare_engine(engine: Engine) -> None:
    """Attach pragmas and transaction control. Opens no connection: that is for after the fork."""
    if engine.dialect.name != "sqlite":
        return
    journal = journal_mode(_library_of(engine))
    pragmas = (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        f"journal_mode={journal}",
        # What was deleted does not lie in the log for long.
        "journal_size_limit=0",
        # A long transaction that outgrows its cache would write into the database early. Without a write-ahead log
        # that locks out everybody until its end, also a second connection of the very process that writes.
        f"cache_spill={'ON' if journal == 'WAL' else 'OFF'}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    )

    def prepare(connection: "SQLiteConnection", _record: object) -> None:
        # The driver must not open transactions by itself: _begin_sqlite does, and knows which kind.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get(BEGIN_OPTION, "")
    if kind == WITHOUT_TRANSACTION:
        return
    patience = connection.get_execution_options().get(PATIENCE_OPTION, BUSY_SECONDS)
    if patience == BUSY_SECONDS:
        connection.exec_driver_sql(f"BEGIN {kind}".rstrip())
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={round(patience * 1000)}")
    try:
        connection.exec_driver_sql(f"BEGIN {kind}".rstrip())
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


@contextmanager
def read_only(connection: Connection) -> Iterator[None]:
    """The database refuses whatever would write on this connection, on PostgreSQL until its transaction ends."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        yield
        return
    connection.exec_driver_sql("PRAGMA query_only=ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
