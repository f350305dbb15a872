"""Tables of the provider's side: people as they were presented, links to answer by, and what was told to whom."""

from datetime import date, datetime
from enum import StrEnum
from typing import NotRequired, TypedDict

from sqlalchemy import CHAR, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.projects.admission import CHOICES
from wohnberatung.projects.models import CountedVote


class Presentation(Model):
    """A match, once, before those who offer: a new one each time it comes back to them.

    `ask_again_on` is the day they named; `ended_at` is when it was out of their hands, by their `answer` (the key of a
    step) or without one.
    """

    __tablename__ = "presentations"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    presented_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    ask_again_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(20))

    match: Mapped[BrokeredMatch] = relationship()


class ProviderLink(Model):
    """A secret link in a mail to those who offer: whoever holds it may see and answer what was presented, until a
    day."""

    __tablename__ = "provider_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    presentation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("presentations.id", ondelete="CASCADE"), index=True
    )
    # Of a member of a group: then it opens their ballot, and nothing else.
    voter_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("match_voters.id", ondelete="CASCADE"), index=True
    )
    valid_until: Mapped[datetime]

    presentation: Mapped[Presentation] = relationship()
    voter: Mapped["MatchVoter | None"] = relationship()


class MatchVote(CountedVote, Model):
    """The group decides on somebody whom the office has presented, each member once."""

    __tablename__ = "match_votes"

    presentation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("presentations.id", ondelete="CASCADE"), primary_key=True
    )

    presentation: Mapped[Presentation] = relationship()


class GroupMember(TimestampMixin, Model):
    """Somebody who belongs to a group and has no account: they vote by a link from a mail. `content` is `{"name",
    "email"}`."""

    __tablename__ = "group_members"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = HouseSealed[dict[str, str]]("content")


class MatchVoter(Model):
    """Who may vote, with an account or without one. Their `choice` may be changed until the end, is shown to nobody
    else, and is gone once it was counted."""

    __tablename__ = "match_voters"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    presentation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("match_votes.presentation_id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("group_members.id", ondelete="CASCADE"), index=True
    )
    choice: Mapped[str | None] = mapped_column(choice(CHOICES, 10, "choice_known"))
    cast_at: Mapped[datetime | None]

    vote: Mapped[MatchVote] = relationship()
    member: Mapped[GroupMember | None] = relationship()


class Disclosed(StrEnum):
    """What a line of the ledger tells: something was told, the provider was asked to delete it, and has done so."""

    NEEDS = "needs"
    CONTACT = "contact"
    RECALLED = "recalled"
    DELETED = "deleted"


class ToldNeed(TypedDict):
    """What a home must be able to do, as it was told: the key of a criterion, and what is wanted."""

    key: str
    wanted: object


class ToldContent(TypedDict):
    """To whom, about which offer, and what: `needs`, or the names of parts of the `contact`."""

    to: str
    offer: str
    needs: NotRequired[list[ToldNeed]]
    contact: NotRequired[list[str]]


class Disclosure(Model):
    """One line of the ledger of what was told about a person. Rows are added, never changed.

    `content` is sealed like the match's result; `recorded_by` is who took the step, empty where it was the person or a
    timer.
    """

    __tablename__ = "disclosures"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    what: Mapped[Disclosed] = mapped_column(choice(Disclosed, 20, "what_known"))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by: Mapped[str | None] = mapped_column(PublicId)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[ToldContent]("content", key="match.request.person_key", row="match.id")

    match: Mapped[BrokeredMatch] = relationship()


class DeletionRequest(Model):
    """Those who offer are to delete what they know of somebody. It tells nothing about the person, and outlives their
    data: `match_id` names a row that may be gone."""

    __tablename__ = "deletion_requests"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    match_id: Mapped[str] = mapped_column(PublicId, index=True)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(PublicId)

    offer: Mapped[Offer] = relationship()


class QualityComment(VersionMixin, TimestampMixin, Model):
    """What those who offer say to one note about their offers and answers. The note itself is kept nowhere, see
    services/quality.py: `about` names the event or the fact it is made of, and may name one that is gone."""

    __tablename__ = "quality_comments"
    __table_args__ = (UniqueConstraint("organisation_id", "about"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id", ondelete="CASCADE"))
    about: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = HouseSealed[str]("content")
    written_by: Mapped[str | None] = mapped_column(PublicId)
