"""Tables of events: what takes place, when, and who comes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CHAR, JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.meeting_rooms import MeetingRoomMixin
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.events.kinds import EventTopic, Support
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class EventState(StrEnum):
    """`waiting` waits for the office, `returned` for a better text, `removed` was taken down after a report."""

    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    RETURNED = "returned"
    REMOVED = "removed"


class PublicEvent(MeetingRoomMixin, VersionMixin, TimestampMixin, Model):
    """What takes place, once or on several dates, with the room it is in.

    `organisation_id` is who invites, NULL for the office. `place` is the code of the neighbourhood, NULL where it is
    nowhere in the city (online). `support` holds codes of Support, `spoken` of languages. Where it `registers`, people
    sign up for a date, `capacity` of them for each, NULL without a limit. `reason` is what the office wrote when it
    gave it back or took it down.
    """

    __tablename__ = "public_events"
    __table_args__ = (CheckConstraint("capacity > 0", name="capacity_positive"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    state: Mapped[EventState] = mapped_column(
        choice(EventState, 20, "state_known"), default=EventState.DRAFT, index=True
    )
    waits_since: Mapped[datetime | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    topic: Mapped[EventTopic] = mapped_column(choice(EventTopic, 20, "topic_known"))
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str | None] = mapped_column(String(40), index=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    support: Mapped[list[str]] = mapped_column(JSON, default=list)
    spoken: Mapped[list[str]] = mapped_column(JSON, default=list)
    cost: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(300), default="")
    registers: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]

    organisation: Mapped[Organisation | None] = relationship()
    dates: Mapped[list["EventDate"]] = relationship(
        back_populates="event", order_by="EventDate.starts_at", passive_deletes=True
    )

    @property
    def is_public(self) -> bool:
        return self.state == EventState.PUBLISHED

    @property
    def has_sign_language(self) -> bool:
        return Support.SIGN_LANGUAGE in self.support or Support.SIGN_LANGUAGE in self.spoken

    def coming(self) -> list["EventDate"]:
        """Dates that are not over, called-off ones too, the next first."""
        return [each for each in self.dates if each.ends_at > clock.now()]


class DateState(StrEnum):
    """Whether a date takes place."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"


class EventDate(VersionMixin, TimestampMixin, Model):
    """One date of an event. One that is called off stays, so that calendars learn of it."""

    __tablename__ = "event_dates"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    event_id: Mapped[str] = mapped_column(PublicId, ForeignKey("public_events.id", ondelete="CASCADE"), index=True)
    state: Mapped[DateState] = mapped_column(choice(DateState, 20, "state_known"), default=DateState.PLANNED)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)

    event: Mapped[PublicEvent] = relationship(back_populates="dates")

    @property
    def is_off(self) -> bool:
        return self.state == DateState.CALLED_OFF


class RegistrationState(StrEnum):
    """`held` looks like spam, `unconfirmed` waits for a click in a mail; `waiting` is on the waiting list."""

    HELD = "held"
    UNCONFIRMED = "unconfirmed"
    TAKEN = "taken"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class EventRegistration(VersionMixin, TimestampMixin, Model):
    """Somebody comes to a date, with so many `people` in all.

    `content` is `{"name", "phone", "email", "token"}`, `needs` what they need there: `{"wheelchairs", "interpreter",
    "other"}`, each left out where empty. Both are sealed with a key of theirs, read by whoever invites and the office
    alone, and erased after the date. `waits_since` is the place on the waiting list.
    """

    __tablename__ = "event_registrations"
    __table_args__ = (CheckConstraint("people > 0", name="people_positive"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    date_id: Mapped[str] = mapped_column(PublicId, ForeignKey("event_dates.id", ondelete="CASCADE"), index=True)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    state: Mapped[RegistrationState] = mapped_column(choice(RegistrationState, 20, "state_known"), index=True)
    held_for: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    people: Mapped[int]
    waits_since: Mapped[datetime | None]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    needs: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_needs = Sealed[dict[str, str] | None]("needs")
    consent_version: Mapped[str] = mapped_column(String(40))
    consent_text: Mapped[str] = mapped_column(Text)
    reminded_at: Mapped[datetime | None]

    date: Mapped[EventDate] = relationship()
    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
