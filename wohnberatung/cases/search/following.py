"""One index in each process, kept up with the database by the growing numbers of noted changes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from wohnberatung.cases.models import SearchChange
from wohnberatung.cases.search.index import Index, Key
from wohnberatung.cases.search.sources import search_kinds
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.privacy.models import PersonKey

# Numbers are drawn before they are committed: of two transactions the later number may be seen first.
OVERLAP = 200
# Noted changes are kept for a week; an index that has not followed for a day is built anew.
OUTDATED = timedelta(days=1)
PERSON = "person"


class Follower:
    """The index of one database in this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.index: Index | None = None
        self._seen: set[int] = set()
        self._last = 0
        self._followed_at: datetime | None = None

    def current(self) -> Index:
        """The index as the database is now. Hold the lock while using it."""
        if self.index is None or self._followed_at is None or clock.now() - self._followed_at > OUTDATED:
            self._build()
        else:
            self._follow()
        self._followed_at = clock.now()
        assert self.index is not None
        return self.index

    def _build(self) -> None:
        self._last = db.session.scalar(select(func.max(SearchChange.id))) or 0
        self._seen = set(db.session.scalars(select(SearchChange.id).where(SearchChange.id > self._last - OVERLAP)))
        self.index = Index(document for kind in search_kinds().values() for document in kind.documents(None))

    def _follow(self) -> None:
        query = select(SearchChange.id, SearchChange.kind, SearchChange.record_id)
        rows = db.session.execute(query.where(SearchChange.id > self._last - OVERLAP)).all()
        fresh = [row for row in rows if row.id not in self._seen]
        if not fresh:
            return
        self._apply({(row.kind, row.record_id) for row in fresh})
        self._last = max(row.id for row in rows)
        self._seen = {row.id for row in rows if row.id > self._last - OVERLAP}

    def _apply(self, changed: set[Key]) -> None:
        assert self.index is not None
        kinds = search_kinds()
        for kind, ids in _by_kind(changed).items():
            if kind == PERSON:
                for person_key_id in ids:
                    self.index.drop_person(person_key_id)
            elif kind in kinds:
                for record_id in ids:
                    self.index.drop((kind, record_id))
                for document in kinds[kind].documents(ids):
                    self.index.put(document)


_followers: WeakKeyDictionary[Any, Follower] = WeakKeyDictionary()


def follower() -> Follower:
    """The one of the database in use."""
    return _followers.setdefault(db.engine, Follower())


def forget_indexes() -> None:
    """Build all indexes anew at their next use."""
    _followers.clear()


def note_changes(changed: Iterable[Key]) -> None:
    """For rows that change behind the back of the session: (kind, id) to read anew."""
    if rows := _rows(set(changed)):
        db.session.execute(insert(SearchChange), rows)


def note_flushed(session: Session, _context: object) -> None:
    """After each flush: what was written is to be read anew."""
    changed: set[Key] = set()
    kinds = search_kinds().values()
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, PersonKey):
            if row.destroyed_at is not None:
                changed.add((PERSON, row.id))
            continue
        for kind in kinds:
            id_of = kind.follows.get(type(row))
            if id_of is not None and (record_id := id_of(row)):
                changed.add((kind.key, record_id))
    if changed:
        session.connection().execute(insert(SearchChange), _rows(changed))


def _rows(changed: set[Key]) -> list[dict[str, Any]]:
    now = clock.now()
    return [{"kind": kind, "record_id": record_id, "changed_at": now} for kind, record_id in sorted(changed)]


def _by_kind(changed: set[Key]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, record_id in sorted(changed):
        found.setdefault(kind, []).append(record_id)
    return found
