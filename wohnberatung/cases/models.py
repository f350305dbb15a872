"""Cases with their people, requests and history; who stands in or opened one; consultations, follow-ups, drafts."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation, User
from wohnberatung.cases.repeats import Every
from wohnberatung.core import clock
from wohnberatung.core.changes import NumberedMixin, VersionMixin
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey
from wohnberatung.seekers.models import HousingRequest


class CaseKind(StrEnum):
    """Whom the office advises: also investors, developers, landlords and initiatives."""

    PERSON = "person"
    HOUSEHOLD = "household"
    ORGANISATION = "organisation"


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class CaseVisibility(StrEnum):
    """Who may know that there is the case: the whole office, or, while it is blocked, the person responsible alone."""

    OFFICE = "office"
    BLOCKED = "blocked"


class Origin(StrEnum):
    """How the case came to the office."""

    PHONE = "phone"
    WALK_IN = "walk_in"
    LETTER = "letter"
    WEB_REQUEST = "web_request"
    ENQUIRY = "enquiry"
    ORGANISATION = "organisation"


class ConsentState(StrEnum):
    """Whether somebody agreed that the office keeps and uses what is written about them."""

    UNASKED = "unasked"
    ORAL = "oral"
    WRITTEN = "written"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PersonRole(StrEnum):
    """What somebody is to the person of the case."""

    HELPER = "helper"
    GUARDIAN = "guardian"
    MEMBER = "member"
    SERVICE = "service"
    LANDLORD = "landlord"
    CONTACT = "contact"


class Case(VersionMixin, TimestampMixin, Model):
    """`content` is `{"name", "phone", "email", "address", "language", "notes"}`, sealed with the case's own key.

    A `blocked` case exists for nobody but the person responsible.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[CaseKind] = mapped_column(choice(CaseKind, 20, "kind_known"))
    state: Mapped[CaseState] = mapped_column(choice(CaseState, 20, "state_known"), default=CaseState.OPEN, index=True)
    origin: Mapped[Origin] = mapped_column(choice(Origin, 20, "origin_known"))
    organisation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    responsible_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id"), index=True)
    stand_in_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("users.id"), index=True)
    blocked: Mapped[bool] = mapped_column(default=False, server_default=false())
    consent: Mapped[ConsentState] = mapped_column(
        choice(ConsentState, 20, "consent_known"), default=ConsentState.UNASKED
    )
    consent_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    # A code of the table `result`; only of a closed case.
    outcome: Mapped[str | None] = mapped_column(String(40))
    legal_hold: Mapped[bool] = mapped_column(default=False, server_default=false())

    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation | None] = relationship()
    responsible: Mapped[User] = relationship(foreign_keys=[responsible_id])
    stand_in: Mapped[User | None] = relationship(foreign_keys=[stand_in_id])
    people: Mapped[list["CasePerson"]] = relationship(order_by="CasePerson.created_at", viewonly=True)
    requests: Mapped[list[HousingRequest]] = relationship(secondary="case_requests", viewonly=True)

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    @property
    def visibility(self) -> CaseVisibility:
        return CaseVisibility.BLOCKED if self.blocked else CaseVisibility.OFFICE

    @property
    def may_be_kept(self) -> bool:
        """Whether somebody has agreed that the office keeps this; of organisations nobody need be asked."""
        return self.kind == CaseKind.ORGANISATION or self.consent in (ConsentState.ORAL, ConsentState.WRITTEN)


class CasePerson(VersionMixin, TimestampMixin, Model):
    """Somebody besides the person of the case: `{"name", "phone", "email", "note"}`, sealed with the case's key."""

    __tablename__ = "case_people"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    role: Mapped[PersonRole] = mapped_column(choice(PersonRole, 20, "role_known"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content", key="case.person_key")
    consent: Mapped[ConsentState] = mapped_column(
        choice(ConsentState, 20, "consent_known"), default=ConsentState.UNASKED
    )
    consent_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="people")


class CaseRequest(Model):
    """A request for a home that belongs to a case."""

    __tablename__ = "case_requests"

    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    request_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    linked_at: Mapped[datetime] = mapped_column(default=clock.now)


class CaseEvent(Model):
    """What was done with the case itself; rows are added, never changed. `note` is a sealed text."""

    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    action: Mapped[str] = mapped_column(String(30))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[str | None] = mapped_column(PublicId)
    other_id: Mapped[str | None] = mapped_column(PublicId)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Bound to the case: the row's own number is not known before it is stored, and rows never change.
    plain_note = Sealed[str | None]("note", key="case.person_key", row="case.id")

    case: Mapped[Case] = relationship()


class CaseLookup(Model):
    """A keyed hash of a phone number or an address of somebody in a case: finds the case, tells nothing."""

    __tablename__ = "case_lookups"

    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(CHAR(64), primary_key=True, index=True)


class CaseLookupRules(Model):
    """By which rules and with which secret all lookups are made, as a keyed hash; no row where some are older."""

    __tablename__ = "case_lookup_rules"

    digest: Mapped[str] = mapped_column(CHAR(64), primary_key=True)


class Absence(TimestampMixin, Model):
    """From the first to the last day the stand-in works on the person's cases as if they were their own."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="period_ascends"),
        CheckConstraint("user_id <> stand_in_id", name="somebody_else"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    stand_in_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    stand_in: Mapped[User] = relationship(foreign_keys=[stand_in_id])


class CaseAccess(Model):
    """Somebody opened a case of others, with a reason (sealed with the case's key), until a moment.

    `noticed_at` is when the person responsible took note of it.
    """

    __tablename__ = "case_accesses"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    reason: Mapped[bytes] = mapped_column(LargeBinary)
    plain_reason = Sealed[str]("reason", key="case.person_key")
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime]
    noticed_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    user: Mapped[User] = relationship()


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
    """What is to be done on a day, perhaps at a time of day (`due_time`, Berlin). `text` is sealed; with `every`
    (`Every.key`) the next one is made when this one is done."""

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
    every: Mapped[str | None] = mapped_column(String(12))

    case: Mapped[Case] = relationship()

    @property
    def repeats(self) -> Every | None:
        """How often it comes again once it is done; None where it does not."""
        return Every.read(self.every) if self.every else None

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on < clock.today()


class CaseDraft(Model):
    """What somebody is typing about a case, saved every few seconds: form values, sealed with the case's key.
    `subject` is `NEW_TALK`, or the id of the consultation that is being changed."""

    __tablename__ = "case_drafts"
    __table_args__ = (UniqueConstraint("case_id", "user_id", "subject"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"))
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(60))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    plain_payload = Sealed[dict[str, object]]("payload", key="case.person_key")
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
