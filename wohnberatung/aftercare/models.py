"""The table of aftercare: that somebody was asked how it goes, and what they said."""

from datetime import date, datetime
from typing import NotRequired, TypedDict

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed


class LivingAnswer(TypedDict):
    """What they said, as JSON keeps it; `missing` is in their words."""

    living: str
    missing: NotRequired[str]


class LivingCheck(VersionMixin, Model):
    """One time of asking, due on a day after moving in. `told` says who got the mail, seeker or helper, or `post`;
    empty where nobody reads either and the office has to call. `answer` is sealed with the key of the request's person;
    `recorded_by` took it down on the telephone; `ask_again` is their consent to the next time; `handled_at` is when the
    office had done what it asked for."""

    __tablename__ = "living_checks"
    __table_args__ = (UniqueConstraint("match_id", "due_on"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    match_id: Mapped[str] = mapped_column(PublicId, ForeignKey("matches.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    asked_at: Mapped[datetime]
    told: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    recorded_by: Mapped[str | None] = mapped_column(PublicId)
    ask_again: Mapped[bool | None]
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_answer = Sealed[LivingAnswer | None]("answer", key="match.request.person_key")
    handled_at: Mapped[datetime | None]

    match: Mapped[BrokeredMatch] = relationship()
