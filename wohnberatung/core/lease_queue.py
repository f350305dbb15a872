"""A table as a queue: rows wait for their moment, each is leased to one worker and due again if that one dies.

Putting a row in is part of the transaction of the deed it follows from. Taking one puts its moment a lease ahead, so
that nothing needs cleaning up after a worker that was killed; who lost the lease has no say any more. Workers never get
the same row: PostgreSQL skips locked ones, SQLite takes its write lock first. All of it runs in the caller's
transaction.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from typing import Generic, Protocol, TypeVar

import structlog
from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId
from wohnberatung.core.ids import new_id
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db

log = structlog.get_logger(__name__)

# Longer than anything takes between two signs of life: a word of progress, an attempt to send.
LEASE = timedelta(minutes=10)
# A worker looks every few seconds, and every attempt puts a row off: what has been due for longer than this waits for a
# worker that is not there.
PATIENCE = timedelta(minutes=15)


class LeasedMixin:
    """The columns of a queue. `state` says whether a row still waits; which ones do is said by its `LeaseQueue`."""

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    lease: Mapped[str | None] = mapped_column(PublicId)


class Claim(Protocol):
    """What a worker has in its hands."""

    @property
    def id(self) -> str: ...

    @property
    def lease(self) -> str: ...


@dataclass(frozen=True)
class Backoff:
    """The pause before the next attempt: twice as long each time, up to `longest`, and up to a half shorter or longer,
    so that rows which failed together do not march in step."""

    first: timedelta
    longest: timedelta

    def after(self, attempts: int) -> timedelta:
        """After so many attempts, the first being 1."""
        pause = min(self.first * (1 << min(attempts - 1, 20)), self.longest)
        return pause * random.uniform(0.5, 1.5)


Row = TypeVar("Row", bound=LeasedMixin)


@dataclass(frozen=True)
class LeaseQueue(Generic[Row]):
    """The rows of `table` that wait or are in somebody's hands are those in one of the states `unfinished`."""

    table: type[Row]
    unfinished: tuple[str, ...]
    backoff: Backoff
    lease: timedelta = LEASE

    def anything_due(self) -> bool:
        """Whether it is worth taking a row; reads only."""
        return db.session.scalar(self._due().with_only_columns(self.table.id).limit(1)) is not None

    def claim(self) -> Row | None:
        """The row that has been due longest, with a fresh lease; None if none is."""
        row = db.session.scalar(self._due().limit(1).with_for_update(skip_locked=True, of=self.table))
        if row is not None:
            row.lease, row.due_at, row.attempts = new_id(), clock.now() + self.lease, row.attempts + 1
            db.session.flush()
        return row

    def leased(self, claim: Claim) -> Row | None:
        """The row, locked, unless another worker has taken it meanwhile."""
        return db.session.scalar(select(self.table).where(self._held_by(claim)).with_for_update())

    def stay(self, claim: Claim, **values: object) -> None:
        """A sign of life: the lease lasts as long again, and these values are stored with it."""
        values["due_at"] = clock.now() + self.lease
        db.session.execute(update(self.table).where(self._held_by(claim)).values(values))

    def give_back(self, row: Row) -> None:
        """For a later attempt, the later the more there were."""
        row.lease, row.due_at = None, clock.now() + self.backoff.after(row.attempts)
        db.session.flush()

    def overdue(self) -> ColumnElement[bool]:
        """The condition that a row waits for a worker that is not there."""
        return self._waits() & (self.table.due_at < clock.now() - PATIENCE)

    def late_since(self) -> datetime | None:
        """Since when the row has been due that waits longest for a worker that is not there; None if all is in time."""
        oldest = select(self.table.due_at).where(self.overdue()).order_by(self.table.due_at).limit(1)
        return db.session.scalar(oldest)

    def _waits(self) -> ColumnElement[bool]:
        return self.table.state.in_(self.unfinished)

    def _due(self) -> Select[Row]:
        due = self._waits() & (self.table.due_at <= clock.now())
        return select(self.table).where(due).order_by(self.table.due_at, self.table.id)

    def _held_by(self, claim: Claim) -> ColumnElement[bool]:
        return (self.table.id == claim.id) & (self.table.lease == claim.lease)


Taken = TypeVar("Taken")


def take_next(anything_due: Callable[[], bool], claim: Callable[[], Taken | None]) -> Taken | None:
    """Looks before it takes: an empty queue costs no write. In a transaction of its own."""
    if not anything_due():
        db.session.rollback()
        return None
    with transaction():
        return claim()


def keep_working(one_round: Callable[[], object], stop: Event, pause: float, queue: str) -> None:
    """Rounds with `pause` seconds between them until `stop` is set. A database that is away is waited for."""
    while not stop.is_set():
        try:
            one_round()
        except SQLAlchemyError:
            db.session.rollback()
            log.exception("queue unreachable", queue=queue)
        db.session.remove()
        stop.wait(pause)
