"""Tables of planning: one state of the figures for each month, what was counted for it, and reports of a year."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model


class WaitingGroup(TypedDict):
    """Households of a group: `proposed` and `waiting` by whole weeks until their first proposal, or until today without
    one; how many proposals they got, and how many moved in or were refused by a provider."""

    proposed: dict[str, int]
    waiting: dict[str, int]
    proposals: int
    moved_in: int
    refused: int


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


class PlanningFairness(Model):
    """How long households waited, by group, as counted for one month (services/waiting.py says what is in `groups`).
    It is for those with the right alone, and forgotten with the exact figures."""

    __tablename__ = "planning_fairness"

    snapshot_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("planning_snapshots.id", ondelete="CASCADE"), primary_key=True
    )
    groups: Mapped[dict[str, dict[str, WaitingGroup]]] = mapped_column(JSON)

    snapshot: Mapped[PlanningSnapshot] = relationship()


class YearlyReportState(StrEnum):
    """`withdrawn` was public once; it may be changed and published again."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class YearlyReport(VersionMixin, TimestampMixin, Model):
    """What the office tells of a year, one report for each: `month` is the one whose figures it shows. `pdf` and
    `easy_pdf` are the papers as they were published, empty in a draft."""

    __tablename__ = "planning_reports"
    __table_args__ = (UniqueConstraint("year"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    year: Mapped[int]
    month: Mapped[date]
    state: Mapped[YearlyReportState] = mapped_column(
        choice(YearlyReportState, 20, "state_known"), default=YearlyReportState.DRAFT
    )
    published_at: Mapped[datetime | None]
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    easy_pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    sections: Mapped[list["ReportSection"]] = relationship(
        order_by="ReportSection.position", back_populates="report", cascade="all, delete-orphan"
    )


class ReportSection(VersionMixin, Model):
    """The words of one section in German and in easy German, paragraphs parted by empty lines; `key` is that of its
    outline (services/report_outline.py). An empty one is left out of the report."""

    __tablename__ = "planning_report_sections"
    __table_args__ = (UniqueConstraint("report_id", "key"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    report_id: Mapped[str] = mapped_column(PublicId, ForeignKey("planning_reports.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    easy_text: Mapped[str] = mapped_column(Text, default="")

    report: Mapped[YearlyReport] = relationship(back_populates="sections")
