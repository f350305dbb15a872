"""Tables of introductions: who is to get to know whom, who agreed, what was told, written, arranged and what came of
it."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CHAR, JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.core.steps import Party
from wohnberatung.extensions import Model
from wohnberatung.network.models.sites import Site
from wohnberatung.pictures.received import ReceivedType
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey
from wohnberatung.projects.models import Project
from wohnberatung.seekers.models import HousingRequest

MEETING_DURATION = timedelta(hours=2)


class IntroductionKind(StrEnum):
    """An owner and an initiative; two initiatives; people who seek and want to found one together."""

    SITE = "site"
    INITIATIVES = "initiatives"
    FOUNDING = "founding"


class IntroductionState(StrEnum):
    """`asked` waits for the office, `offered` for every side's own yes; from `introduced` on they know each other."""

    ASKED = "asked"
    OFFERED = "offered"
    INTRODUCED = "introduced"
    SUCCEEDED = "succeeded"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


ACQUAINTED = (IntroductionState.INTRODUCED, IntroductionState.SUCCEEDED)


class Side(StrEnum):
    """What somebody is in an introduction, or who asked for it."""

    OWNER = "owner"
    INITIATIVE = "initiative"
    SEEKER = "seeker"
    OFFICE = "office"


class SideAnswer(StrEnum):
    """What a side has said to being introduced."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class IntroductionOutcome(StrEnum):
    """What came of it."""

    TALKING = "talking"
    ARRANGED = "arranged"
    HOUSE_FOUND = "house_found"
    GROUP_FOUNDED = "group_founded"
    NOT_FITTING = "not_fitting"


class Introduction(VersionMixin, TimestampMixin, Model):
    """Sides that should get to know each other. `pair` is a hash of who they are: the same are introduced once.

    `message` is what who asked wrote to the office, `note` what the office keeps for itself, `reasons` why they might
    suit, for all sides. What concerns people who seek is sealed with a key of this introduction alone (`person_key`),
    so that nothing of it can be read once it is erased. `due_at` is until when all sides must have agreed,
    `follow_up_on` when the office asks how it goes.
    """

    __tablename__ = "introductions"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    kind: Mapped[IntroductionKind] = mapped_column(
        choice(IntroductionKind, 20, "kind_known"), default=IntroductionKind.SITE
    )
    pair: Mapped[str] = mapped_column(CHAR(64), unique=True)
    state: Mapped[IntroductionState] = mapped_column(
        choice(IntroductionState, 20, "state_known"), default=IntroductionState.ASKED, index=True
    )
    asked_by: Mapped[Side] = mapped_column(choice(Side, 20, "side_known"))
    asked_by_user: Mapped[str | None] = mapped_column(PublicId)
    message: Mapped[bytes] = mapped_column(LargeBinary)
    plain_message = HouseSealed[str]("message")
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_note = HouseSealed[str | None]("note")
    person_key_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    reasons: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_reasons = Sealed[str | None]("reasons", or_house=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    outcome: Mapped[IntroductionOutcome | None] = mapped_column(choice(IntroductionOutcome, 20, "outcome_known"))
    outcome_reason: Mapped[str | None] = mapped_column(String(40))
    follow_up_on: Mapped[date | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(PublicId)

    person_key: Mapped[PersonKey | None] = relationship()
    sides: Mapped[list["IntroductionSide"]] = relationship(
        order_by="IntroductionSide.position", back_populates="introduction", passive_deletes=True
    )
    events: Mapped[list["IntroductionEvent"]] = relationship(
        order_by="IntroductionEvent.id", back_populates="introduction", passive_deletes=True
    )

    @property
    def all_agreed(self) -> bool:
        return len(self.sides) > 1 and all(side.answer == SideAnswer.AGREED for side in self.sides)

    @property
    def last_day(self) -> date | None:
        """The last day in Berlin on which a side may answer."""
        return None if self.due_at is None else clock.to_berlin(self.due_at - timedelta(seconds=1)).date()

    @property
    def is_acquainted(self) -> bool:
        """Whether the sides may know each other's names, write and meet: asked before each of these, so that the state
        alone opens nothing."""
        return self.state in ACQUAINTED and self.released_at is not None and self.all_agreed


class IntroductionSide(Model):
    """One side: an owner with a site, an initiative with its project, or somebody who seeks. `answer` is given with a
    wording (`consent_text` in `language`), through the desk, a link or the telephone."""

    __tablename__ = "introduction_sides"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN site_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN project_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    introduction_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("introductions.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    role: Mapped[Side] = mapped_column(choice((Side.OWNER, Side.INITIATIVE, Side.SEEKER), 20, "role_known"))
    site_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    request_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[SideAnswer] = mapped_column(choice(SideAnswer, 20, "answer_known"), default=SideAnswer.WAITING)
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_text: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None]
    answered_through: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(PublicId)

    introduction: Mapped[Introduction] = relationship(back_populates="sides")
    site: Mapped[Site | None] = relationship()
    project: Mapped[Project | None] = relationship()
    request: Mapped[HousingRequest | None] = relationship()

    @property
    def organisation_id(self) -> str | None:
        """None for somebody who seeks."""
        thing = self.site or self.project
        return thing.organisation_id if thing else None

    @property
    def party(self) -> Party:
        return Party.SEEKER if self.role == Side.SEEKER else Party.PROVIDER


class IntroductionEvent(Model):
    """One step that was taken: nothing is taken back but by another line."""

    __tablename__ = "introduction_events"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    introduction_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("introductions.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str] = mapped_column(String(40))
    state_before: Mapped[IntroductionState] = mapped_column(choice(IntroductionState, 20, "before_known"))
    state_after: Mapped[IntroductionState] = mapped_column(choice(IntroductionState, 20, "after_known"))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    party: Mapped[Party] = mapped_column(choice(Party, 10, "party_known"))
    side_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("introduction_sides.id", ondelete="SET NULL"), index=True
    )
    actor_id: Mapped[str | None] = mapped_column(PublicId)
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_note = Sealed[str | None]("note", key="introduction.person_key", row="introduction.id", or_house=True)

    introduction: Mapped[Introduction] = relationship(back_populates="events")
    side: Mapped[IntroductionSide | None] = relationship()


class SideLearned(StrEnum):
    """What of a side was told to another, or was taken back."""

    REASONS = "reasons"
    CONTACT = "contact"
    RECALLED = "recalled"


class IntroductionDisclosure(Model):
    """A line of the ledger: on `happened_at` side `to` learned this of side `about`."""

    __tablename__ = "introduction_disclosures"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    introduction_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("introductions.id", ondelete="CASCADE"), index=True
    )
    about_id: Mapped[str] = mapped_column(PublicId, ForeignKey("introduction_sides.id", ondelete="CASCADE"), index=True)
    to_id: Mapped[str] = mapped_column(PublicId, ForeignKey("introduction_sides.id", ondelete="CASCADE"), index=True)
    what: Mapped[SideLearned] = mapped_column(choice(SideLearned, 20, "what_known"))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)

    about: Mapped[IntroductionSide] = relationship(foreign_keys=[about_id])
    to: Mapped[IntroductionSide] = relationship(foreign_keys=[to_id])


class IntroductionLink(Model):
    """A secret link by which somebody who seeks opens their side without signing in, until a day."""

    __tablename__ = "introduction_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    side_id: Mapped[str] = mapped_column(PublicId, ForeignKey("introduction_sides.id", ondelete="CASCADE"), index=True)
    valid_until: Mapped[datetime]

    side: Mapped[IntroductionSide] = relationship()


class IntroductionMessage(TimestampMixin, Model):
    """What one side, or the office (no side), wrote to all others."""

    __tablename__ = "introduction_messages"
    __table_args__ = (Index(None, "introduction_id", "created_at"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    introduction_id: Mapped[str] = mapped_column(PublicId, ForeignKey("introductions.id", ondelete="CASCADE"))
    side_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("introduction_sides.id", ondelete="CASCADE"), index=True
    )
    written_by: Mapped[str | None] = mapped_column(PublicId)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    plain_body = Sealed[str]("body", key="introduction.person_key", or_house=True)

    introduction: Mapped[Introduction] = relationship()
    side: Mapped[IntroductionSide | None] = relationship()
    files: Mapped[list["IntroductionFile"]] = relationship(
        order_by="IntroductionFile.position", back_populates="message", passive_deletes=True
    )


class IntroductionFile(TimestampMixin, Model):
    """A file that came along with a message, looked at before it was kept."""

    __tablename__ = "introduction_files"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("introduction_messages.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    media_type: Mapped[ReceivedType] = mapped_column(choice(ReceivedType, 20, "media_type_known"))
    size: Mapped[int]
    name: Mapped[bytes] = mapped_column(LargeBinary)
    plain_name = Sealed[str]("name", key="message.introduction.person_key", or_house=True)
    file: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    plain_file = Sealed[bytes]("file", key="message.introduction.person_key", raw=True, or_house=True)

    message: Mapped[IntroductionMessage] = relationship(back_populates="files")


class MeetingState(StrEnum):
    """`proposed` waits for another side, `others_wanted` for new dates of whoever proposed."""

    PROPOSED = "proposed"
    OTHERS_WANTED = "others_wanted"
    AGREED = "agreed"
    CALLED_OFF = "called_off"


class IntroductionMeeting(VersionMixin, TimestampMixin, Model):
    """The date on which the sides meet: one row per introduction, which moves with the date, so that calendars know it
    again. `options` are the moments that side `proposed_by` (none: the office) offers, in UTC (ISO 8601)."""

    __tablename__ = "introduction_meetings"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    introduction_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("introductions.id", ondelete="CASCADE"), unique=True
    )
    state: Mapped[MeetingState] = mapped_column(choice(MeetingState, 20, "state_known"))
    proposed_by: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("introduction_sides.id", ondelete="SET NULL"), index=True
    )
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    place: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_place = Sealed[str | None]("place", key="introduction.person_key", or_house=True)

    introduction: Mapped[Introduction] = relationship()

    @property
    def moments(self) -> list[datetime]:
        """What may be chosen, the first first."""
        return [datetime.fromisoformat(each) for each in self.options]

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + MEETING_DURATION

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()
