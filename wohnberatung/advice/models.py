"""Tables of advice: amounts and funding programmes with their dates and sources; what people ask of the office."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CHAR, CheckConstraint, Double, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class DatedMixin:
    """Valid from day to day, ends included; NULL where it is open or not known. `to_verify`: read in no reliable
    public source yet, so it may be shown only with that remark."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date]
    to_verify: Mapped[bool]


class Parameter(DatedMixin, TimestampMixin, Model):
    """An amount that rules and hints use: `value`, or the range from `value` to `value_high`.

    Where sources contradict each other, `alternative` 0 is the value we use and the others tell of the dispute.
    """

    __tablename__ = "parameters"
    __table_args__ = (
        UniqueConstraint("key", "valid_from", "alternative"),
        CheckConstraint("value_high >= value", name="range_ascends"),
        CheckConstraint("valid_to >= valid_from", name="period_ascends"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60), index=True)
    label: Mapped[str] = mapped_column(String(200))
    value: Mapped[float] = mapped_column(Double)
    value_high: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str] = mapped_column(String(40))
    alternative: Mapped[int]
    note: Mapped[str] = mapped_column(String(500))


class FundingProgram(DatedMixin, TimestampMixin, Model):
    """Who may pay for what, in plain words. `position` orders the programmes as one should ask for them."""

    __tablename__ = "funding_programs"
    __table_args__ = (
        UniqueConstraint("key", "valid_from"),
        CheckConstraint("valid_to >= valid_from", name="period_ascends"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(Text)
    amount: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text)
    steps: Mapped[str] = mapped_column(Text)
    position: Mapped[int]

    @property
    def decided_before_works(self) -> bool:
        """Whether the works must wait for a decision, as the steps say."""
        return any(word in self.steps for word in ("Erst nach", "bevor die Arbeit", "vor Beginn"))


class EnquiryKind(StrEnum):
    """What somebody asks of the office: a question, an appointment, that a barrier on our pages be removed."""

    QUESTION = "question"
    APPOINTMENT = "appointment"
    BARRIER = "barrier"


class EnquiryState(StrEnum):
    """`quarantined` looks like spam and waits for a person's judgement, see `held_for`."""

    OPEN = "open"
    ANSWERED = "answered"
    QUARANTINED = "quarantined"


class Enquiry(VersionMixin, TimestampMixin, Model):
    """What somebody asked, with or without a name. `content` is sealed with a key made for this enquiry.

    `consent_text` is the wording that was agreed to with `consent_version`; both empty where no contact was left.
    """

    __tablename__ = "enquiries"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[EnquiryKind] = mapped_column(choice(EnquiryKind, 20, "kind_known"))
    state: Mapped[EnquiryState] = mapped_column(choice(EnquiryState, 20, "state_known"), index=True)
    held_for: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    # Of the link under which whoever asked reads the answer; none where nobody was given one.
    token_hash: Mapped[str | None] = mapped_column(CHAR(64), index=True, unique=True)
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_text: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    legal_hold: Mapped[bool] = mapped_column(default=False)

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
    notes: Mapped[list["EnquiryNote"]] = relationship(order_by="EnquiryNote.number", viewonly=True)


class EnquiryNote(Model):
    """What the office did about an enquiry and which state it led to: `{"note", "by"}` and, where whoever asked may
    read something of it, `"answer"`; sealed, never changed."""

    __tablename__ = "enquiry_notes"
    __table_args__ = (UniqueConstraint("enquiry_id", "number"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("enquiries.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[EnquiryState] = mapped_column(choice(EnquiryState, 20, "state_known"))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    plain_payload = Sealed[dict[str, str]]("payload", key="enquiry.person_key")
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by: Mapped[str | None] = mapped_column(PublicId)

    enquiry: Mapped[Enquiry] = relationship()


class CaseEnquiry(Model):
    """An enquiry that became a case, or belongs to one."""

    __tablename__ = "case_enquiries"

    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    enquiry_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("enquiries.id", ondelete="CASCADE"), primary_key=True, index=True
    )
