"""Tables of privacy."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core.database import PublicId
from wohnberatung.extensions import db


class PersonKey(db.Model):
    """The wrapped data key of one person; erasure empties it and leaves the empty row as proof."""

    __tablename__ = "person_keys"
    __table_args__ = (CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed_or_wrapped"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]
