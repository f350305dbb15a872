"""A case: whom the office advises, who belongs to it, which requests it holds, and what was done with it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CHAR, ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation, User
from wohnberatung.bridge.columns import LongId
from wohnberatung.core import clock
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.versions import VersionMixin
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
    """`content` is `{"name", "phone", "email", "address", "notes"}`, sealed with the case's own key.

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
    deed: Mapped[str] = mapped_column(String(30))
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
