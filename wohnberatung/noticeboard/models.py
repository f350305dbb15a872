"""Tables of the board: notices, and reports of what should not hang there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CHAR, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.noticeboard.kinds import USUAL_WEEKS, NoticeTopic, ReportedKind, ReportGround
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class NoticeState(StrEnum):
    """`held` looks like spam, `unconfirmed` waits for a click in a mail, `waiting` for the office, `returned` for a
    better text; `ended` is over or taken down, `removed` was taken down after a report."""

    HELD = "held"
    UNCONFIRMED = "unconfirmed"
    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    RETURNED = "returned"
    ENDED = "ended"
    REMOVED = "removed"


class Notice(VersionMixin, TimestampMixin, Model):
    """A notice on the board.

    It belongs to an organisation, to the office (neither `organisation_id` nor `person_key_id`), or to a private
    person. That one's `content` is `{"name", "phone", "email", "token"}`, sealed with a key of theirs and never public:
    whoever wants to answer asks the office for the `receipt_number`. `answer_to` is what organisations publish instead.
    `place` is the code of a neighbourhood, NULL for the whole city. It hangs for `weeks` and until `ends_on`, that day
    included. `reason` is what the office wrote when it gave it back or took it down.
    """

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    organisation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    person_key_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    token_hash: Mapped[str | None] = mapped_column(CHAR(64), unique=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str] | None]("content")
    language: Mapped[str] = mapped_column(String(10), default="de")
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_text: Mapped[str | None] = mapped_column(Text)
    held_for: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[NoticeState] = mapped_column(
        choice(NoticeState, 20, "state_known"), default=NoticeState.DRAFT, index=True
    )
    waits_since: Mapped[datetime | None] = mapped_column(index=True)
    topic: Mapped[NoticeTopic] = mapped_column(choice(NoticeTopic, 20, "topic_known"))
    place: Mapped[str | None] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")
    answer_to: Mapped[str] = mapped_column(String(300), default="")
    weeks: Mapped[int] = mapped_column(default=USUAL_WEEKS)
    published_at: Mapped[datetime | None]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation | None] = relationship()
    person_key: Mapped[PersonKey | None] = relationship(lazy="joined")

    @property
    def is_private(self) -> bool:
        """Whether a person without an account wrote it."""
        return self.person_key_id is not None or self.person_key is not None

    @property
    def is_public(self) -> bool:
        return self.state == NoticeState.PUBLISHED


class ReportState(StrEnum):
    """`held` looks like spam; `kept` and `removed` are decided and may be contested once."""

    HELD = "held"
    OPEN = "open"
    KEPT = "kept"
    REMOVED = "removed"
    CONTESTED = "contested"
    KEPT_AFTER_ALL = "kept_after_all"
    REMOVED_AFTER_ALL = "removed_after_all"


class ContentReport(VersionMixin, TimestampMixin, Model):
    """Somebody says that something on a public page is unlawful (Art. 16 DSA), and what the office decided.

    `content` is `{"why", "name", "email", "token"}`, sealed with a key of whoever reported it; `complaint` what was
    written against the decision, by `complaint_by` (`reporter` or `sender`). `subject_title` is how it was called on
    that day, empty once its sender had it erased. `reason` and `final_reason` are told to both sides (Art. 17).
    """

    __tablename__ = "content_reports"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    subject_kind: Mapped[ReportedKind] = mapped_column(choice(ReportedKind, 20, "subject_known"))
    subject_id: Mapped[str] = mapped_column(PublicId, index=True)
    subject_title: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[ReportState] = mapped_column(choice(ReportState, 20, "state_known"), index=True)
    held_for: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    ground: Mapped[ReportGround] = mapped_column(choice(ReportGround, 20, "ground_known"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    complaint: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_complaint = Sealed[str | None]("complaint")
    complaint_by: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    final_reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by: Mapped[str | None] = mapped_column(PublicId)

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
