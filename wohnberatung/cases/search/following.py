"""One index in each process, kept up with the database by the numbers of noted changes (`core.changes`)."""

from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.orm import Session

from wohnberatung.cases.models import SearchChange
from wohnberatung.cases.search.index import Index, Key
from wohnberatung.cases.search.record_kinds import search_kinds
from wohnberatung.core import clock
from wohnberatung.core.changes import await_number, changed_since, ticks
from wohnberatung.extensions import db
from wohnberatung.privacy.models import PersonKey

# Noted changes are kept for a week; an index that has not followed for a day is built anew.
OUTDATED = timedelta(days=1)
PERSON = "person"


class Follower:
    """The index of one database in this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.index: Index | None = None
        self._seen = -1
        self._followed_at: datetime | None = None

    def current(self) -> Index:
        """The index as the database is now. Hold the lock while using it."""
        # The number first: everything up to it can be seen by what is read next.
        newest = ticks(db.session.connection(), SearchChange.__tablename__)
        if self.index is None or self._is_outdated(newest):
            self.index = Index(document for kind in search_kinds().values() for document in kind.documents(None))
        else:
            self._follow(self.index)
        self._seen, self._followed_at = newest, clock.now()
        return self.index

    def _is_outdated(self, newest: int) -> bool:
        """Not followed for long, or ahead of the database, which was put back to an earlier state."""
        return self._followed_at is None or clock.now() - self._followed_at > OUTDATED or newest < self._seen

    def _follow(self, index: Index) -> None:
        query = select(SearchChange.kind, SearchChange.record_id).distinct()
        later = changed_since(db.metadata.tables[SearchChange.__tablename__], self._seen)
        changed = {(row.kind, row.record_id) for row in db.session.execute(query.where(later))}
        kinds = search_kinds()
        for kind, ids in _by_kind(changed).items():
            if kind == PERSON:
                for person_key_id in ids:
                    index.drop_person(person_key_id)
            elif kind in kinds:
                for record_id in ids:
                    index.drop((kind, record_id))
                for document in kinds[kind].documents(ids):
                    index.put(document)


_followers: WeakKeyDictionary[Engine | Connection, Follower] = WeakKeyDictionary()


def follower() -> Follower:
    """The one of the database in use."""
    return _followers.setdefault(db.session.get_bind(), Follower())


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
    if not changed:
        return
    now = clock.now()
    rows = [{"kind": kind, "record_id": record_id, "changed_at": now} for kind, record_id in sorted(changed)]
    session.connection().execute(insert(SearchChange), rows)
    await_number(session, SearchChange.__tablename__)


def _by_kind(changed: set[Key]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, record_id in sorted(changed):
        found.setdefault(kind, []).append(record_id)
    return found
