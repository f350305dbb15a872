"""Tables of appointments: when the office can be met, who has booked, and what is taken."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CHAR, JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.appointments.openings import WAYS
from wohnberatung.cases.models import Case
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class OpeningHours(TimestampMixin, Model):
    """Every week on that weekday (Monday is 0), by the clock on the wall; `ends` 00:00 is the end of the day."""

    __tablename__ = "opening_hours"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    begins: Mapped[time]
    ends: Mapped[time]
    ways: Mapped[list[str]] = mapped_column(JSON)


class SpecialDay(TimestampMixin, Model):
    """A day that is unlike its weekday: hours beyond the weekly ones (`is_open`), or some or all of them left out.

    `user_id` NULL is the whole office, on a holiday; both times NULL is the whole day.
    """

    __tablename__ = "special_days"
    __table_args__ = (
        CheckConstraint("(begins IS NULL) = (ends IS NULL)", name="both_times_or_none"),
        CheckConstraint("NOT is_open OR (user_id IS NOT NULL AND begins IS NOT NULL)", name="open_by_somebody"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    is_open: Mapped[bool]
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    ways: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(String(120), default="")


class AppointmentState(StrEnum):
    """`held` looks like spam, waits for a person's judgement and takes no time from anybody until then."""

    HELD = "held"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"


class Appointment(VersionMixin, TimestampMixin, Model):
    """A meeting with one advisor. `content` is sealed: who, how to reach them, why, where, and the secret of the link.
    It is sealed with a key of its own or, where it belongs to a case, with the key of the case.

    `consent_text` is the wording that was agreed to with `consent_version`; empty where the office wrote it down.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("busy_from <= starts_at AND starts_at < ends_at AND ends_at <= busy_until", name="span_whole"),
        Index(None, "user_id", "starts_at"),
        Index(None, "state", "starts_at"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id"))
    way: Mapped[str] = mapped_column(choice(WAYS, 20, "way_known"))
    state: Mapped[AppointmentState] = mapped_column(choice(AppointmentState, 20, "state_known"))
    held_for: Mapped[str | None] = mapped_column(String(40))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    busy_from: Mapped[datetime]
    busy_until: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(10))
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_text: Mapped[str | None] = mapped_column(Text)
    reminded_at: Mapped[datetime | None]
    legal_hold: Mapped[bool] = mapped_column(default=False)
    booked_by: Mapped[str | None] = mapped_column(PublicId)

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
    case: Mapped[Case | None] = relationship()


class TakenQuarter(Model):
    """A quarter of an hour of one advisor that an appointment takes: nobody can be in two places at once.

    The key does it: of any number of bookings at the same moment, on any database, one gets the quarter.
    """

    __tablename__ = "taken_quarters"

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    quarter: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    appointment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("appointments.id", ondelete="CASCADE"), index=True)


class CalendarFeed(TimestampMixin, Model):
    """An advisor's calendar under a secret address, for the calendar program on their phone."""

    __tablename__ = "calendar_feeds"

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
