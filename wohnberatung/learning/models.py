"""The tables of what was learned: likelihoods of unknown facts, and weights of wishes that people decide about."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.bridge.leanings import LearnedLine
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import LongId, PublicId, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model


class LearnedLikelihoods(Model):
    """One night's learning about unknown facts of the published homes; the newest row is in force.

    `report` lists per criterion what was known and how well it is foretold; `leanings` is packed by
    ``bridge.leanings``. About dwellings only: nothing here comes from a person.
    """

    __tablename__ = "learned_likelihoods"

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    learned_at: Mapped[datetime] = mapped_column(default=clock.now)
    catalogue: Mapped[str] = mapped_column(String(80))
    offers: Mapped[int]
    report: Mapped[list[LearnedLine]] = mapped_column(JSON)
    leanings: Mapped[bytes] = mapped_column(LargeBinary)


class WeightsState(StrEnum):
    """`proposed` waits for a second person; one row at most is `in_force`."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    DISCARDED = "discarded"
    REPLACED = "replaced"


class ProposedWeights(VersionMixin, Model):
    """Factors of wishes by criterion, 1 where none is named, proposed by one person and decided by another.

    `cases` real outcomes spoke for them, 0 where somebody set them by hand; qualities are those of
    ``matching.learning.wish_weights``, of unseen cases. `based_on` and `base_factors` are what was in force when they
    were proposed: what they would change is only true beside those. Going back to earlier ones is a new row.
    """

    __tablename__ = "proposed_weights"
    __table_args__ = (
        Index(
            "uq_proposed_weights_in_force",
            "state",
            unique=True,
            sqlite_where=text("state = 'in_force'"),
            postgresql_where=text("state = 'in_force'"),
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(80))
    factors: Mapped[dict[str, float]] = mapped_column(JSON)
    based_on: Mapped[str] = mapped_column(String(80))
    base_factors: Mapped[dict[str, float]] = mapped_column(JSON)
    state: Mapped[WeightsState] = mapped_column(choice(WeightsState, 10, "state_known"), default=WeightsState.PROPOSED)
    cases: Mapped[int] = mapped_column(default=0)
    present_quality: Mapped[float | None]
    proposed_quality: Mapped[float | None]
    proposed_by: Mapped[str] = mapped_column(PublicId)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[str | None] = mapped_column(PublicId)
    decided_at: Mapped[datetime | None]
