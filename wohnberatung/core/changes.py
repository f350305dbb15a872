"""Changes: numbered for who keeps a copy, and versions for who edits.

They are numbered in the order of the commits, so that who keeps a copy in memory re-reads only what changed.

While a transaction is open its changed rows carry no number (NULL), which nobody else can see. Just before the commit
they get the next tick of the table's row in `change_clocks`; its lock is held for that moment only, so that a smaller
number can never appear after a larger one. A number drawn earlier, from a sequence, could.

Versions are optimistic: the version travels in the form and is compared when it comes back.
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, ColumnElement, Connection, Table, or_, select, update
from sqlalchemy.orm import Mapped, Session, SessionTransaction, declared_attr, mapped_column

from wohnberatung.core.errors import Conflict
from wohnberatung.core.models import ChangeClock
from wohnberatung.extensions import Model, db

_PENDING = "changes_to_number"


class NumberedMixin:
    """A row whose changes are numbered; NULL until the transaction ends."""

    change_seq: Mapped[int | None] = mapped_column(BigInteger, index=True, sort_order=898)


def await_number(session: Session, table: str) -> None:
    """For rows of a numbered table that were written without the session knowing them: number them at the commit."""
    session.info.setdefault(_PENDING, set()).add(table)


def ticks(connection: Connection, table: str) -> int:
    """The largest number given so far; read it first, and everything up to it can be seen."""
    query = select(ChangeClock.ticks).where(ChangeClock.name == table)
    return int(connection.execute(query).scalar() or 0)


def changed_since(table: Table, seen: int) -> ColumnElement[bool]:
    """Rows that were numbered later, and those of one's own that have no number yet."""
    return or_(table.c.change_seq > seen, table.c.change_seq.is_(None))


def mark_changed(session: Session, _context: object, _instances: object) -> None:
    """Before each flush: changed rows lose their number until the transaction ends."""
    for row in (*session.new, *session.dirty):
        if isinstance(row, NumberedMixin) and isinstance(row, Model) and session.is_modified(row):
            row.change_seq = None
            await_number(session, row.__tablename__)


def number_changed(session: Session) -> None:
    """Before the commit: they get the next one."""
    if session.in_nested_transaction():
        return  # a savepoint is no commit: numbering here would hold the clock's lock until the end
    session.flush()
    # Always in the same order, so that two commits never wait for each other.
    for name in sorted(session.info.pop(_PENDING, ())):
        table = db.metadata.tables[name]
        unnumbered = table.c.change_seq.is_(None)
        session.connection().execute(update(table).where(unnumbered).values(change_seq=_tick(session, name)))


def forget_taken_back(session: Session, transaction: SessionTransaction) -> None:
    """After each transaction: what was taken back is no change, and the session's next commit must not count it."""
    if transaction.parent is None:
        session.info.pop(_PENDING, None)


def _tick(session: Session, name: str) -> int:
    clocks = db.metadata.tables["change_clocks"]
    connection = session.connection()
    mine = clocks.c.name == name
    if connection.execute(update(clocks).where(mine).values(ticks=clocks.c.ticks + 1)).rowcount == 0:
        connection.execute(clocks.insert().values(name=name, ticks=1))
    return ticks(connection, name)


CHANGED_MEANWHILE = _l(
    "Dieser Eintrag wurde geändert, während Sie ihn bearbeitet haben. Ihre Eingaben sind noch nicht gespeichert."
)


class VersionMixin:
    """A row several people may edit; the database counts its versions and refuses a lost race."""

    version: Mapped[int] = mapped_column(default=1, sort_order=899)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}


def check_version(
    row: VersionMixin,
    submitted_version: int | None,
    *,
    current: Mapping[str, str] | None = None,
    submitted: Mapping[str, str] | None = None,
    location: str | None = None,
) -> None:
    """Raise :class:`Conflict` (a 409 page with both texts) unless the form was made from this version.

    ``version_id_col`` alone is not enough: each POST reloads the newest row, so the second of two
    advisors would silently overwrite the first.
    """
    if submitted_version != row.version:
        raise Conflict(str(CHANGED_MEANWHILE), current, submitted, location)
