"""The tables of messages inside a match: what was written, and the files that came along."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.extensions import Model
from wohnberatung.pictures.received import ReceivedType
from wohnberatung.privacy.encryption import Sealed

WRITERS = (Party.SEEKER, Party.PROVIDER, Party.OFFICE)


class MessageState(StrEnum):
    """`held` waits for the office, as it may tell who somebody is before that was released."""

    HELD = "held"
    DELIVERED = "delivered"
    STOPPED = "stopped"


class MatchMessage(VersionMixin, TimestampMixin, Model):
    """What one side wrote to another. `body` is sealed for the person who seeks. `read_at` is when the reader's page
    showed it first, for what is unread to be seen; nobody else is told."""

    __tablename__ = "match_messages"
    __table_args__ = (Index(None, "match_id", "created_at"), Index(None, "state", "reader"))

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"))
    writer: Mapped[Party] = mapped_column(choice(WRITERS, 10, "writer_known"))
    reader: Mapped[Party] = mapped_column(choice(WRITERS, 10, "reader_known"))
    state: Mapped[MessageState] = mapped_column(choice(MessageState, 10, "state_known"))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    plain_body = Sealed[str]("body", key="match.request.person_key")
    written_by: Mapped[str | None] = mapped_column(PublicId)
    read_at: Mapped[datetime | None]

    match: Mapped[BrokeredMatch] = relationship()
    files: Mapped[list["MessageFile"]] = relationship(order_by="MessageFile.position", back_populates="message")

    @property
    def is_held(self) -> bool:
        return self.state == MessageState.HELD

    @property
    def is_stopped(self) -> bool:
        return self.state == MessageState.STOPPED


class MessageFile(TimestampMixin, Model):
    """A file that came along with a message, looked at before it was kept. Whoever may read the message may open it.
    `name` and `file` are sealed for the person who seeks, as the message is."""

    __tablename__ = "message_files"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(PublicId, ForeignKey("match_messages.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    media_type: Mapped[ReceivedType] = mapped_column(choice(ReceivedType, 20, "media_type_known"))
    size: Mapped[int]
    name: Mapped[bytes] = mapped_column(LargeBinary)
    plain_name = Sealed[str]("name", key="message.match.request.person_key")
    file: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    plain_file = Sealed[bytes]("file", key="message.match.request.person_key", raw=True)

    message: Mapped[MatchMessage] = relationship(back_populates="files")

    @property
    def is_picture(self) -> bool:
        return self.media_type == ReceivedType.PICTURE
