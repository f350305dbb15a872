"""The audit chain: who read or did what with whose data, in pseudonyms, so that it outlives an erasure.

Each row's keyed hash covers the row before it: a changed, inserted or missing row breaks the chain. The oldest rows
go when their period is over; the chain is then checked from the oldest one that is left. The keys of the hashes outlive
a change of the house key (`digests`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.privacy.digests import Keys, digest_keys, digest_of, keep_digest_keys
from wohnberatung.privacy.models import AuditEntry

PSEUDONYM_DIGITS = 32


@dataclass(frozen=True)
class Verified:
    """How many rows were checked, and the numbers at which the chain is broken."""

    rows: int
    broken: tuple[int, ...]


def record(deed: str, subject: str, actor: Actor) -> AuditEntry:
    """Add a row; `subject` is ``table|id``. Waits for whoever adds one at the same time."""
    key_id, key = next(iter(keep_keys().items()))
    last = db.session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        happened_at=clock.now(),
        actor=_pseudonym(f"users|{actor.user_id}", key),
        deed=deed,
        subject=_pseudonym(subject, key),
        key_id=key_id,
    )
    entry.digest = digest_of(key, _told(entry, last.digest if last else ""))
    db.session.add(entry)
    db.session.flush()
    return entry


def keep_keys() -> Keys:
    """Take the chain for this transaction alone. From its first row on the keys are kept for good."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE audit_entries IN SHARE ROW EXCLUSIVE MODE"))
    return keep_digest_keys()


def pseudonyms(*names: str) -> set[str]:
    """What stands for each ``table|id`` in rows of any age: the same for the same, and nothing without the keys tells
    whose it is."""
    return set(named_by(names))


def named_by(names: Iterable[str]) -> dict[str, str]:
    """Of some ``table|id`` each by what stands for it."""
    keys, known = digest_keys().values(), list(names)
    return {_pseudonym(name, key): name for key in keys for name in known}


def verify() -> Verified:
    """Read the whole chain. A row is broken where its hash does not follow from itself and the row before."""
    keys, rows, broken = digest_keys(), 0, []
    before: AuditEntry | None = None
    for entry in _entries():
        rows += 1
        if before is not None and not _follows(entry, before, keys):
            broken.append(entry.number)
        before = entry
    return Verified(rows, tuple(broken))


def trail(subject: str, since: datetime | None = None) -> list[AuditEntry]:
    """What happened with one subject, oldest first."""
    query = select(AuditEntry).where(AuditEntry.subject.in_(pseudonyms(subject))).order_by(AuditEntry.number)
    return list(db.session.scalars(query.where(AuditEntry.happened_at >= since) if since else query))


def _pseudonym(name: str, key: bytes) -> str:
    return digest_of(key, f"pseudonym|{name}")[:PSEUDONYM_DIGITS]


def _follows(entry: AuditEntry, before: AuditEntry, keys: Keys) -> bool:
    key = keys.get(entry.key_id)
    is_next = entry.number == before.number + 1
    return is_next and key is not None and entry.digest == digest_of(key, _told(entry, before.digest))


def _told(entry: AuditEntry, before: str) -> str:
    parts = (entry.number, entry.happened_at.isoformat(), entry.actor, entry.deed, entry.subject, before)
    return "|".join(map(str, parts))


def _entries() -> Iterator[AuditEntry]:
    yield from db.session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000))
