"""Tables of privacy."""

from datetime import datetime

from sqlalchemy import CHAR, CheckConstraint, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.extensions import Model


class PersonKey(Model):
    """The wrapped data key of one person; erasure empties it and leaves the empty row as proof."""

    __tablename__ = "person_keys"
    __table_args__ = (CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed_or_wrapped"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class DigestKey(Model):
    """A key of the audit chain's hashes, wrapped with the house key. All but one are `retired`: rows that were written
    with them can still be read and checked. See `digests`."""

    __tablename__ = "digest_keys"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    retired: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    plain_key = HouseSealed[bytes]("wrapped", raw=True)


class AuditEntry(Model):
    """Who read or did something sensitive with whose data, as pseudonyms; rows are added, never changed.

    `key_id` is the key (`DigestKey`) of the row's hashes. `digest` is a keyed hash over the row and the digest of the
    row before, so that nobody can change, insert or drop a row unseen.
    """

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    happened_at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(CHAR(32), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(CHAR(32), index=True)
    key_id: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(CHAR(64))
