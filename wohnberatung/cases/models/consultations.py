"""What was talked about and what follows: consultations, follow-ups, drafts of notes, short anonymous enquiries."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.cases.models.cases import Case
from wohnberatung.core import clock
from wohnberatung.core.changes import NumberedMixin
from wohnberatung.core.database import PublicId, TimestampMixin
from wohnberatung.core.ids import new_id
from wohnberatung.core.versions import VersionMixin
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed

Code = String(40)


class CodeEntry(VersionMixin, TimestampMixin, Model):
    """One choice of a code table (`table`: channel, reason, person_group, age_group, topic, result).

    Never deleted, as records refer to `code`; one that is not `active` is not offered any more.
    """

    __tablename__ = "code_entries"
    __table_args__ = (UniqueConstraint("code_table", "code"), UniqueConstraint("code_table", "label"))

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    table: Mapped[str] = mapped_column("code_table", String(20))
    code: Mapped[str] = mapped_column(Code)
    label: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class Consultation(VersionMixin, TimestampMixin, Model):
    """One talk. The codes are plain, as they are counted; who it was about is sealed in the case, as is `note`.

    `on_behalf_of_id` is the person responsible where somebody else advised.
    """

    __tablename__ = "consultations"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    advisor_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id"), index=True)
    on_behalf_of_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("users.id"), index=True)
    held_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    minutes: Mapped[int]
    channel: Mapped[str] = mapped_column(Code)
    reason: Mapped[str | None] = mapped_column(Code)
    person_group: Mapped[str | None] = mapped_column(Code)
    age_group: Mapped[str | None] = mapped_column(Code)
    result: Mapped[str | None] = mapped_column(Code)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_note = Sealed[str | None]("note", key="case.person_key")

    case: Mapped[Case] = relationship()
    topic_rows: Mapped[list["ConsultationTopic"]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @property
    def topics(self) -> list[str]:
        return sorted(row.topic for row in self.topic_rows)


class ConsultationTopic(Model):
    __tablename__ = "consultation_topics"

    consultation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(Code, primary_key=True)


class FollowUp(VersionMixin, TimestampMixin, Model):
    """What is to be done on a day; with a time of day (`due_time`, Berlin) it is an appointment. `text` is sealed."""

    __tablename__ = "follow_ups"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    due_time: Mapped[time | None]
    text: Mapped[bytes] = mapped_column(LargeBinary)
    plain_text = Sealed[str]("text", key="case.person_key")
    created_by: Mapped[str | None] = mapped_column(PublicId)
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    done_by: Mapped[str | None] = mapped_column(PublicId)

    case: Mapped[Case] = relationship()

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on < clock.today()


class CaseDraft(Model):
    """What somebody is typing about a case, saved every few seconds: form values, sealed with the case's key."""

    __tablename__ = "case_drafts"
    __table_args__ = (UniqueConstraint("case_id", "user_id", "subject"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(60))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    plain_payload = Sealed[dict[str, Any]]("payload", key="case.person_key")
    saved_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    case: Mapped[Case] = relationship()


class BriefEnquiry(Model):
    """A short question without a name, counted only."""

    __tablename__ = "brief_enquiries"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    channel: Mapped[str] = mapped_column(Code)
    topic: Mapped[str] = mapped_column(Code)
    person_group: Mapped[str | None] = mapped_column(Code)
    advisor_id: Mapped[str | None] = mapped_column(PublicId)


class SearchChange(NumberedMixin, Model):
    """A record whose words the search must read anew; every process follows the numbers of the changes."""

    __tablename__ = "search_changes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str] = mapped_column(PublicId)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
