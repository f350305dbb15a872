"""Tables of advice: amounts and funding programmes with their dates and sources."""

from datetime import date

from sqlalchemy import CheckConstraint, Double, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core.database import PublicId, TimestampMixin
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db


class DatedMixin:
    """Valid from day to day, ends included; NULL where it is open or not known. `to_verify`: read in no reliable
    public source yet, so it may be shown only with that remark."""

    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    checked_on: Mapped[date]
    to_verify: Mapped[bool]


class Parameter(DatedMixin, TimestampMixin, db.Model):
    """An amount that rules and hints use: `value`, or the range from `value` to `value_high`.

    Where sources contradict each other, `alternative` 0 is the value we use and the others tell of the dispute.
    """

    __tablename__ = "parameters"
    __table_args__ = (
        UniqueConstraint("key", "valid_from", "alternative"),
        CheckConstraint("value_high >= value", name="range_ascends"),
        CheckConstraint("valid_to >= valid_from", name="period_ascends"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60), index=True)
    label: Mapped[str] = mapped_column(String(200))
    value: Mapped[float] = mapped_column(Double)
    value_high: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str] = mapped_column(String(40))
    alternative: Mapped[int]
    note: Mapped[str] = mapped_column(String(500))


class FundingProgram(DatedMixin, TimestampMixin, db.Model):
    """Who may pay for what, in plain words. `position` orders the programmes as one should ask for them."""

    __tablename__ = "funding_programs"
    __table_args__ = (
        UniqueConstraint("key", "valid_from"),
        CheckConstraint("valid_to >= valid_from", name="period_ascends"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(Text)
    amount: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text)
    steps: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
