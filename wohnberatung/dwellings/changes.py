"""Numbers every change of the supply in the order of the commits, so that a worker re-reads only changes.

While a transaction is open its changed offers carry no number (NULL), which nobody else can see. Just before
the commit they get the next tick of one clock row; its lock is held for that moment only, so that a smaller
number can never appear after a larger one.
"""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, String, update
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from wohnberatung.extensions import db

CLOCK = "offers"
_PENDING = "offers_changed"


class ChangeClock(db.Model):
    """How many numbered changes there have been."""

    __tablename__ = "change_clocks"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    ticks: Mapped[int] = mapped_column(BigInteger, default=0)


class NumberedMixin:
    """A row whose changes are numbered; NULL until the transaction ends."""

    change_seq: Mapped[int | None] = mapped_column(BigInteger, index=True, sort_order=898)


class OfferPart:
    """A row that shows in the offers that name it in `offers_column`: its change is theirs."""

    offers_column: ClassVar[str]


def mark_changed(session: Session, _context: object, _instances: object) -> None:
    """Before each flush: changed offers lose their number until the transaction ends."""
    for row in (*session.new, *session.dirty):
        if isinstance(row, NumberedMixin) and session.is_modified(row):
            row.change_seq = None
            session.info[_PENDING] = True
        elif isinstance(row, OfferPart) and row in session.dirty and session.is_modified(row):
            _mark_offers_of(session, row)
            session.info[_PENDING] = True


def _mark_offers_of(session: Session, part: Any) -> None:
    offers = db.metadata.tables["offers"]
    naming_it = offers.c[part.offers_column] == part.id
    session.connection().execute(update(offers).where(naming_it).values(change_seq=None))


def number_changed(session: Session) -> None:
    """Before the commit: they get the next one."""
    if session.in_nested_transaction():
        return  # a savepoint is no commit: numbering here would hold the clock's lock until the end
    session.flush()
    if not session.info.pop(_PENDING, False):
        return
    offers = db.metadata.tables["offers"]
    unnumbered = offers.c.change_seq.is_(None)
    session.connection().execute(update(offers).where(unnumbered).values(change_seq=_tick(session)))


def forget_taken_back(session: Session, transaction: SessionTransaction) -> None:
    """After each transaction: what was taken back is no change, and the session's next commit must not count it."""
    if transaction.parent is None:
        session.info.pop(_PENDING, None)


def _tick(session: Session) -> int:
    clocks = db.metadata.tables["change_clocks"]
    connection = session.connection()
    mine = clocks.c.name == CLOCK
    if connection.execute(update(clocks).where(mine).values(ticks=clocks.c.ticks + 1)).rowcount == 0:
        connection.execute(clocks.insert().values(name=CLOCK, ticks=1))
    return int(connection.execute(clocks.select().with_only_columns(clocks.c.ticks).where(mine)).scalar_one())
