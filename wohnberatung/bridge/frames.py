"""The published homes as the engine's frame, one per process, kept current by the numbers of the changes.

What a dwelling and a project contribute is joined in one query of plain columns. A refresh reads only the
offers whose number is larger than the last one seen, in a connection of its own, so that it takes in nothing
that is not committed.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import RLock
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from matching.catalogue import HOMES, Market
from matching.frame import Frame
from matching.text_similarity import TextIndex
from wohnberatung.bridge.leanings import lean_on
from wohnberatung.bridge.supply import SupplyColumns, supply_query, supply_row
from wohnberatung.core.database import BEGIN_OPTION, commits_wait_for_readers
from wohnberatung.extensions import db

SHOWN = "published"
AT_ONCE = 2000


class Supply:
    """The frame of one database, with the likeness index of its texts. Use it through `current_supply`."""

    def __init__(self, market: Market = HOMES) -> None:
        self.frame = Frame(market)
        self.seen = -1
        self.learned = 0
        self._texts: tuple[int, TextIndex] | None = None

    @property
    def texts(self) -> TextIndex:
        """Made when first asked for after a change."""
        if self._texts is None or self._texts[0] != self.frame.revision:
            self._texts = (self.frame.revision, TextIndex(self.frame.texts))
        return self._texts[1]

    def refresh(self, connection: Connection) -> None:
        """Read what changed since the last time; everything the first time, or after a restored backup."""
        offers = db.metadata.tables["offers"]
        ticks = _ticks(connection)
        if ticks < self.seen or self.seen < 0:
            self._read_all(connection, offers.c.status == SHOWN)
        else:
            self._read_changes(connection, (offers.c.change_seq > self.seen) | offers.c.change_seq.is_(None))
        self.seen = ticks
        self._lean(connection)

    def _read_all(self, connection: Connection, condition: ColumnElement[bool]) -> None:
        columns = SupplyColumns(self.frame.market)
        for rows in connection.execute(supply_query(self.frame.market, condition)).partitions(AT_ONCE):
            columns.extend(rows)
        self.frame = columns.frame()
        self.learned = 0

    def _lean(self, connection: Connection) -> None:
        """Take over what was learned of unknown facts since the last time."""
        table = db.metadata.tables["learned_likelihoods"]
        newest = connection.execute(select(func.max(table.c.id))).scalar() or 0
        if newest != self.learned:
            packed = connection.execute(select(table.c.leanings).where(table.c.id == newest)).scalar()
            if packed is not None:
                lean_on(self.frame, packed)
            self.learned = newest

    def _read_changes(self, connection: Connection, condition: ColumnElement[bool]) -> None:
        market = self.frame.market
        changed = connection.execute(supply_query(market, condition)).mappings().all()
        if shown := [supply_row(market, row) for row in changed if row["status"] == SHOWN]:
            self.frame.replace(shown)
        if hidden := [row["id"] for row in changed if row["status"] != SHOWN]:
            self.frame.drop(hidden)


_supplies: WeakKeyDictionary[Engine | Connection, Supply] = WeakKeyDictionary()
_lock = RLock()


def read_supply() -> Supply:
    """The published homes as they are now, in a frame of the caller's own."""
    supply = Supply()
    with _reading() as connection:
        supply.refresh(connection)
    return supply


@contextmanager
def _reading() -> Iterator[Connection]:
    bind = db.session.get_bind()
    if isinstance(bind, Connection):
        yield bind
    else:
        with bind.connect() as connection:
            yield connection


@contextmanager
def current_supply() -> Iterator[Supply]:
    """The up-to-date supply, held for this thread: others wait, as a refresh changes the frame in place."""
    lent = _lent_by_session()
    with _lock:
        supply = _supplies.setdefault(db.session.get_bind(), Supply())
        with nullcontext(lent) if lent is not None else _reading() as connection:
            supply.refresh(connection)
        yield supply


def _lent_by_session() -> Connection | None:
    """The session's own connection, already reading; None where a second one does no harm.

    SQLite without WAL lets a commit wait until all have read, and whoever begins to read wait for that commit. A
    second connection of a session that reads would wait for itself, and one that is opened under our lock for all who
    wait for the lock. A session that writes is let read by its own lock, and must not show what it has not committed.
    """
    if not commits_wait_for_readers(db.engine) or isinstance(db.session.get_bind(), Connection):
        return None
    connection = db.session.connection()
    if connection.get_execution_options().get(BEGIN_OPTION):
        return None
    _ticks(connection)  # from here on no commit comes between
    return connection


def _ticks(connection: Connection) -> int:
    clocks = db.metadata.tables["change_clocks"]
    query = select(clocks.c.ticks).where(clocks.c.name == "offers")
    return int(connection.execute(query).scalar() or 0)
