"""Sealing a person's fields with a key of their own, digests that outlive a new house key, sealed columns."""

import hmac
import secrets
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import select

from wohnberatung.core import clock, sealing
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.manifests import areas
from wohnberatung.core.sealing import SealedColumn
from wohnberatung.extensions import db
from wohnberatung.privacy.models import AuditEntry, DigestKey, PersonKey

Keys = Mapping[str, bytes]


def digest_keys() -> Keys:
    """Keys by id, the one in use first; before anything is kept those that the house keys give."""
    kept = db.session.scalars(select(DigestKey).order_by(DigestKey.retired, DigestKey.id)).all()
    if not kept:
        return sealing.digest_keys()
    return {row.id: row.plain_key for row in kept}


def keep_digest_keys() -> Keys:
    """The same, kept from now on. Call it where nobody else does at the same time: under the lock of the chain."""
    known = digest_keys()
    if db.session.scalar(select(DigestKey.id).limit(1)) is None:
        current, *_older = known
        used = set(db.session.scalars(select(AuditEntry.key_id).distinct())) | {current}
        for key_id in known.keys() & used:
            row = DigestKey(id=key_id, retired=key_id != current)
            row.plain_key = known[key_id]
            db.session.add(row)
        db.session.flush()
    return known


def digest_of(key: bytes, text: str) -> str:
    """64 hex digits that nobody can make without the key."""
    return hmac.new(key, text.encode(), "sha256").hexdigest()


V = TypeVar("V")


class KeyDestroyed(DomainError):
    """The person's data were erased for good."""

    status = 410


def new_person_key() -> PersonKey:
    """A new data key, added to the session. Keep its id beside everything sealed with it."""
    key_id = new_id()
    wrapped = sealing.wrap(secrets.token_bytes(sealing.KEY_BYTES), _place(key_id))
    person_key = PersonKey(id=key_id, wrapped=wrapped, created_at=clock.now())
    db.session.add(person_key)
    return person_key


def seal_bytes(person_key: PersonKey, content: bytes, context: str) -> bytes:
    """Seal content for one person and one place. Raises KeyDestroyed after erasure.

    ``context`` is ``table|column|row id``; the row's id must be known before it is inserted (``new_id()``).
    """
    return sealing.encrypt(_data_key(person_key), sealing.PERSON_KEY, content, _bound(person_key, context))


def open_bytes(person_key: PersonKey, sealed: bytes, context: str) -> bytes:
    """The content back. Raises KeyDestroyed after erasure, EncryptionError if it was moved or changed."""
    return sealing.decrypt(_data_key(person_key), sealed, _bound(person_key, context))


def destroy(person_key: PersonKey) -> None:
    """Erase the data key: everything sealed with it is unreadable from now on. What lies elsewhere because of the
    person goes with it: files, mails that are under way."""
    if person_key.wrapped is None:
        return
    for area in areas():
        for forget in area.on_key_destroyed:
            forget(person_key)
    person_key.wrapped = None
    person_key.destroyed_at = clock.now()


class Sealed(SealedColumn[V]):
    """Sealed with the key of the person found at the path `key`; where a row has none, it is the house's if `or_house`
    says so, and an error otherwise. Reading raises KeyDestroyed after erasure.
    """

    def __init__(
        self,
        column: str,
        *,
        key: str = "person_key",
        row: str = "id",
        part: str = "",
        raw: bool = False,
        or_house: bool = False,
    ) -> None:
        super().__init__(column, row=row, part=part, raw=raw)
        self._key, self._or_house = attrgetter(key), or_house

    def _encrypt(self, row: Any, plain: bytes, context: str) -> bytes:
        person_key = self._key_of(row)
        return seal_bytes(person_key, plain, context) if person_key else sealing.wrap(plain, context)

    def _decrypt(self, row: Any, stored: bytes, context: str) -> bytes:
        person_key = self._key_of(row)
        return open_bytes(person_key, stored, context) if person_key else sealing.unwrap(stored, context)

    def _key_of(self, row: Any) -> PersonKey | None:
        person_key: PersonKey | None = self._key(row)
        if person_key is None and not self._or_house:
            raise ValueError(f"{type(row).__name__}.{self.column} has nobody to be sealed for")
        return person_key


def _data_key(person_key: PersonKey) -> bytes:
    if person_key.wrapped is None:
        raise KeyDestroyed("Diese Daten wurden gelöscht und können nicht mehr gelesen werden.")
    return sealing.unwrap(person_key.wrapped, _place(person_key.id))


def _place(person_key_id: str) -> str:
    return f"person_keys|wrapped|{person_key_id}"


def _bound(person_key: PersonKey, context: str) -> str:
    return f"{person_key.id}|{context}"
