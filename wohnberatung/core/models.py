"""Tables of the frame itself: sessions, keys of sent forms, counters of limits, clocks of changes."""

from datetime import datetime

from sqlalchemy import CHAR, BigInteger, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core.database import PublicId
from wohnberatung.extensions import Model


class WebSession(Model):
    """One browser's session. The cookie holds the token, the row only its hash; the data is sealed."""

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    idle_until: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]


class IdempotencyKey(Model):
    """A form that was sent, and the sealed answer it got."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(CHAR(64))
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(index=True)


class RateCounter(Model):
    """How often one subject (keyed hash of an address) did something within one period."""

    __tablename__ = "rate_counters"

    rule: Mapped[str] = mapped_column(String(40), primary_key=True)
    subject: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    hits: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class ChangeClock(Model):
    """How many numbered changes a table has had (`core.changes`)."""

    __tablename__ = "change_clocks"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    ticks: Mapped[int] = mapped_column(BigInteger, default=0)
