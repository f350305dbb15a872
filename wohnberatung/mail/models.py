"""The outbox: mails are rows of the same transaction as the deed they tell of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId, choice
from wohnberatung.core.lease_queue import LeasedMixin
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class MailState(StrEnum):
    """`queued` waits for its moment, `held` for a person as the recipient had too many, `failed` was given up,
    `erased` was never sent as its person's data were erased."""

    QUEUED = "queued"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    ERASED = "erased"


class OutgoingMail(LeasedMixin, Model):
    """One mail. `content` holds recipient, subject and both texts, sealed with the key of the person it goes to
    or, without one, with the house key; it is gone once the mail is.
    """

    __tablename__ = "outgoing_mails"
    __table_args__ = (Index(None, "state", "due_at"),)

    template: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    person_key_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    state: Mapped[MailState] = mapped_column(choice(MailState, 10, "state_known"), default=MailState.QUEUED)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str] | None]("content", or_house=True)
    trouble: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]

    person_key: Mapped[PersonKey | None] = relationship()
