"""Tables of viewings: the date of a match, links to it for those who offer, how it was, what is to be put right."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CHAR, JSON, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import FlatJson, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed

DURATION = timedelta(hours=1)
SIDES = (Party.SEEKER, Party.PROVIDER)


class ViewingState(StrEnum):
    """`proposed` waits for the other side, `others_wanted` for new dates of the side that proposed."""

    PROPOSED = "proposed"
    OTHERS_WANTED = "others_wanted"
    AGREED = "agreed"
    CALLED_OFF = "called_off"
    MISSED = "missed"
    HELD = "held"


class Viewing(VersionMixin, TimestampMixin, Model):
    """The date on which the one who seeks sees the home: one row per match, which moves with the date, so that
    calendars know it again.

    `options` are the moments that `proposed_by` offers, in UTC (ISO 8601); `starts_at` is what was chosen among them.
    `asked_at` is when both were asked how it was. `arrival` is the way in (way_in.PARTS), sealed for the person.
    `seeker_missed` and `provider_missed` count the dates to which that side did not come.
    """

    __tablename__ = "viewings"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), unique=True)
    state: Mapped[ViewingState] = mapped_column(choice(ViewingState, 20, "state_known"))
    proposed_by: Mapped[Party] = mapped_column(choice(SIDES, 10, "proposed_by_known"))
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    seeker_missed: Mapped[int] = mapped_column(default=0)
    provider_missed: Mapped[int] = mapped_column(default=0)
    arrival: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_arrival = Sealed[dict[str, str] | None]("arrival", key="match.request.person_key")

    match: Mapped[BrokeredMatch] = relationship()

    @property
    def moments(self) -> list[datetime]:
        """What may be chosen, the first first."""
        return [datetime.fromisoformat(each) for each in self.options]

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at and self.starts_at + DURATION

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()


class ViewingLink(Model):
    """A secret link to one viewing, mailed to those who offer: it opens this one without signing in, until a day."""

    __tablename__ = "viewing_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    valid_until: Mapped[datetime]


class WishToGoOn(StrEnum):
    """Whether a side wants to go on."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class ViewingFeedback(VersionMixin, TimestampMixin, Model):
    """How it was for one side: the last word counts. `words` are sealed for the person, and read by the office only."""

    __tablename__ = "viewing_feedbacks"
    __table_args__ = (UniqueConstraint("match_id", "side"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"))
    side: Mapped[Party] = mapped_column(choice(SIDES, 10, "side_known"))
    verdict: Mapped[WishToGoOn] = mapped_column(choice(WishToGoOn, 10, "verdict_known"))
    words: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_words = Sealed[str | None]("words", key="match.request.person_key")

    match: Mapped[BrokeredMatch] = relationship()


class CorrectionState(StrEnum):
    """`waiting` for the office; `taken` into the home's facts, or `left` as they were."""

    WAITING = "waiting"
    TAKEN = "taken"
    LEFT = "left"


class FactCorrection(VersionMixin, TimestampMixin, Model):
    """What a side saw differently from what is known of the home: the fact's `key` and `value`. With `measured` they
    say that they measured it. It is about the home; that it came from this match goes with the match."""

    __tablename__ = "fact_corrections"
    __table_args__ = (CheckConstraint("key <> ''", name="key_given"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"), index=True)
    side: Mapped[Party] = mapped_column(choice(SIDES, 10, "side_known"))
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(FlatJson)
    measured: Mapped[bool]
    state: Mapped[CorrectionState] = mapped_column(
        choice(CorrectionState, 10, "state_known"), default=CorrectionState.WAITING, index=True
    )

    match: Mapped[BrokeredMatch] = relationship()
