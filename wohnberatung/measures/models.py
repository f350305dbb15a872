"""Goals and measures of a case. What they say about the person is sealed with the key of the case."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.cases.models import Case
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.measures.contents import MeasureContent
from wohnberatung.privacy.encryption import Sealed


class GoalState(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    GIVEN_UP = "given_up"


class MeasureKind(StrEnum):
    AID = "aid"
    ADAPTATION = "adaptation"
    MOVE = "move"
    SHARED_LIVING = "shared_living"
    SERVICE = "service"


class MeasureStatus(StrEnum):
    """Source: code list of the Begleitbogen, as in the domain notes on the advice record."""

    SUGGESTED = "suggested"
    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


class DropReason(StrEnum):
    """Why a measure was not realised."""

    COST = "cost"
    LANDLORD = "landlord"
    NOT_BUILDABLE = "not_buildable"
    CONDITION_CHANGED = "condition_changed"
    WISH_CHANGED = "wish_changed"
    NO_HOME = "no_home"


class Goal(VersionMixin, TimestampMixin, Model):
    """What the person wants to reach; `text` is theirs, sealed."""

    __tablename__ = "goals"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    state: Mapped[GoalState] = mapped_column(choice(GoalState, 20, "state_known"), default=GoalState.OPEN)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    plain_text = Sealed[str]("text", key="case.person_key")

    case: Mapped[Case] = relationship()


class CaseMeasure(VersionMixin, TimestampMixin, Model):
    """One thing to be done. `option` is the suggestion it came from, empty for one of the advisor's own.

    `content` is sealed: `{"title", "note", "outcome", "cost_low", "cost_high", "programs": [keys], "consents": [keys],
    "steps": {step: ISO day}}`.
    """

    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint("drop_reason IS NULL OR status IN ('dropped', 'refused')", name="reason_of_dropped"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    goal_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("goals.id", ondelete="SET NULL"), index=True)
    option: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[MeasureKind] = mapped_column(choice(MeasureKind, 20, "kind_known"))
    status: Mapped[MeasureStatus] = mapped_column(
        choice(MeasureStatus, 20, "status_known"), default=MeasureStatus.SUGGESTED
    )
    drop_reason: Mapped[DropReason | None] = mapped_column(choice(DropReason, 30, "drop_reason_known"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[MeasureContent]("content", key="case.person_key")

    case: Mapped[Case] = relationship()


class MeasureEvent(Model):
    """Which status a measure came to, and when; rows are added, never changed."""

    __tablename__ = "measure_events"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    measure_id: Mapped[str] = mapped_column(PublicId, ForeignKey("measures.id", ondelete="CASCADE"), index=True)
    status: Mapped[MeasureStatus] = mapped_column(choice(MeasureStatus, 20, "status_known"))
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[str | None] = mapped_column(PublicId)
