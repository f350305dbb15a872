"""Tables of planning: one state of the figures for each month, and what was counted for it."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model


class PlanningSnapshot(Model):
    """The figures of one month, taken once and never changed: `month` is its first day. They name nobody, so they stay
    when the people in them are erased."""

    __tablename__ = "planning_snapshots"
    __table_args__ = (UniqueConstraint("month"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    month: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class PlanningCube(Model):
    """One cube of a month. `figures` are what everybody may read: by cell (its values joined by ``|``, ``*`` for all)
    one number for each measure, cells without any left out; `total` is the cell of all. `exact` is the same as counted,
    for those with the right; empty once it is forgotten."""

    __tablename__ = "planning_cubes"
    __table_args__ = (UniqueConstraint("snapshot_id", "key"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    snapshot_id: Mapped[str] = mapped_column(PublicId, ForeignKey("planning_snapshots.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    figures: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    total: Mapped[list[int]] = mapped_column(JSON)
    exact: Mapped[dict[str, list[int]] | None] = mapped_column(JSON(none_as_null=True))

    snapshot: Mapped[PlanningSnapshot] = relationship()
