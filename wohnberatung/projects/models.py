"""Projects as they present themselves, their dates and downloads, and people who would like to join."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.columns import FactColumnsMixin
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.changes import OfferPart
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey
from wohnberatung.projects.admission import ACCEPTED, CHOICES, CONSENSUS, NOT_ACCEPTED, OUTCOMES, RULES, TOO_FEW

if TYPE_CHECKING:
    from wohnberatung.dwellings.models import Offer


class PageState(StrEnum):
    """`waiting` is not public and waits for the office, `changed` is public and the office is to look again."""

    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    CHANGED = "changed"


class Project(FactColumnsMixin, VersionMixin, TimestampMixin, OfferPart, Model, facts_of="project"):
    """A housing project, a tenant initiative or a shared flat; its free places are offers that name it.

    `review_asked_at` is set while the office is to look at the page: before it is public, or at what has changed
    since. With `published` it makes up `page_state`, which PAGE_STEPS alone changes. `admission_rule` is how the group
    decides on new people.
    """

    __tablename__ = "projects"
    offers_column = "project_id"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    shared_values: Mapped[str] = mapped_column(Text, default="")
    costs: Mapped[str] = mapped_column(Text, default="", server_default="")
    sharing: Mapped[str] = mapped_column(Text, default="", server_default="")
    admission_rule: Mapped[str] = mapped_column(
        choice(RULES, 20, "admission_rule_known"), default=CONSENSUS, server_default=CONSENSUS
    )
    published: Mapped[bool] = mapped_column(default=False, index=True)
    review_asked_at: Mapped[datetime | None] = mapped_column(index=True)

    offers: Mapped[list["Offer"]] = relationship(back_populates="project", order_by="Offer.created_at")

    @property
    def page_state(self) -> PageState:
        if self.published:
            return PageState.CHANGED if self.review_asked_at else PageState.PUBLISHED
        return PageState.WAITING if self.review_asked_at else PageState.DRAFT


class ProjectDate(VersionMixin, TimestampMixin, Model):
    """A date to which guests may come. One that is called off stays, so that calendars learn of it."""

    __tablename__ = "project_dates"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    called_off: Mapped[bool] = mapped_column(default=False)

    project: Mapped[Project] = relationship()


class ProjectFile(TimestampMixin, Model):
    """A PDF for everybody; `size` in bytes. The bytes are read only when somebody fetches them."""

    __tablename__ = "project_files"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    project: Mapped[Project] = relationship()


class JoinEnquiryState(StrEnum):
    """`open` waits for the group, `quarantined` looks like spam and waits for the office."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    QUARANTINED = "quarantined"


class JoinEnquiry(VersionMixin, TimestampMixin, Model):
    """Somebody would like to live with the group.

    `content` is `{"called", "text", "name", "phone", "email"}`, `messages` what was written since:
    `[{"by", "text", "at"}]`; both sealed with a key of this person alone. The group sees name, phone and mail only
    once `contact_released_at` is set. `consent_text` is the wording that was agreed to.
    """

    __tablename__ = "join_enquiries"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    state: Mapped[JoinEnquiryState] = mapped_column(choice(JoinEnquiryState, 20, "state_known"), index=True)
    held_for: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    messages: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_messages = Sealed[list[dict[str, str]] | None]("messages")
    consent_version: Mapped[str] = mapped_column(String(40))
    consent_text: Mapped[str] = mapped_column(Text)
    contact_released_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    legal_hold: Mapped[bool] = mapped_column(default=False)

    project: Mapped[Project] = relationship()
    person_key: Mapped[PersonKey] = relationship(lazy="joined", innerjoin=True)
    vote: Mapped["JoinVote | None"] = relationship(back_populates="enquiry", passive_deletes=True)


class VoteState(StrEnum):
    """`open`, or what the vote has come to."""

    OPEN = "open"
    ACCEPTED = ACCEPTED
    NOT_ACCEPTED = NOT_ACCEPTED
    TOO_FEW = TOO_FEW


class CountedVote:
    """A vote of a group, whatever it is about. `rule` and `electorate` are those of the first day."""

    rule: Mapped[str] = mapped_column(choice(RULES, 20, "rule_known"))
    electorate: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[str | None] = mapped_column(choice(OUTCOMES, 20, "outcome_known"))

    @property
    def state(self) -> VoteState:
        return VoteState(self.outcome or VoteState.OPEN)


class JoinVote(CountedVote, VersionMixin, TimestampMixin, Model):
    """The group decides on one person who wrote to it, each member once."""

    __tablename__ = "join_votes"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    enquiry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("join_enquiries.id", ondelete="CASCADE"), unique=True)
    opened_by: Mapped[str | None] = mapped_column(PublicId)

    enquiry: Mapped[JoinEnquiry] = relationship(back_populates="vote")
    ballots: Mapped[list["Ballot"]] = relationship(passive_deletes=True)


class Ballot(Model):
    """One member's vote, without a reason; it may be changed until the end and is shown to nobody else."""

    __tablename__ = "join_ballots"

    vote_id: Mapped[str] = mapped_column(PublicId, ForeignKey("join_votes.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    choice: Mapped[str] = mapped_column(choice(CHOICES, 10, "choice_known"))
    cast_at: Mapped[datetime] = mapped_column(default=clock.now)
