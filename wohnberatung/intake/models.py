"""Tables of imports: who sends, which of his objects are which of our offers, and every delivery as staged."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.columns import LongId
from wohnberatung.core.database import PublicId, TimestampMixin
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db


class RunState(StrEnum):
    """`staged` is a preview; `promoted` is in the offers."""

    STAGED = "staged"
    PROMOTED = "promoted"


class ObjectState(StrEnum):
    """What a delivery does with one object. `gone`: a full delivery names it no more; `unknown`: it deletes
    what we never had; `skipped`: it is no home."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


def _one_of(column: str, states: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(state.value) for state in states)})"


class ImportSource(TimestampMixin, db.Model):
    """A sender: format and provider key, and the organisation whose offers these are."""

    __tablename__ = "import_sources"

    source: Mapped[str] = mapped_column(String(80), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))


class ImportedObject(TimestampMixin, db.Model):
    """An object of a sender and the offer it became. `listed`: the sender offers it at present, so that an
    offer withdrawn by somebody else is not brought back by the next delivery."""

    __tablename__ = "imported_objects"

    source: Mapped[str] = mapped_column(String(80), ForeignKey("import_sources.source"), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    reference: Mapped[str] = mapped_column(String(200), default="")
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id"), index=True)
    listed: Mapped[bool] = mapped_column(default=True)

    offer: Mapped[Offer] = relationship()


class ImportRun(TimestampMixin, db.Model):
    """One delivered file. The same bytes are the same run, however often they come."""

    __tablename__ = "import_runs"
    __table_args__ = (
        UniqueConstraint("format", "file_hash"),
        CheckConstraint(_one_of("state", RunState), name="state_known"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    format: Mapped[str] = mapped_column(String(20))
    file_hash: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20), default=RunState.STAGED)
    is_full: Mapped[bool]
    sent_on: Mapped[date | None]
    providers: Mapped[dict[str, str]] = mapped_column(JSON)
    organisation: Mapped[str] = mapped_column(String(160), default="")
    promoted_at: Mapped[datetime | None]


class ImportRecord(db.Model):
    """One object of a delivery: as read (`raw`; NULL for one the delivery names no more), what becomes of it,
    and the report about it in words (see `services.outcomes.Outcome`)."""

    __tablename__ = "import_records"
    __table_args__ = (
        UniqueConstraint("run_id", "provider_key", "external_id"),
        CheckConstraint(_one_of("state", ObjectState), name="state_known"),
    )

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    run_id: Mapped[str] = mapped_column(PublicId, ForeignKey("import_runs.id", ondelete="CASCADE"))
    number: Mapped[int]
    provider_key: Mapped[str] = mapped_column(String(80))
    external_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20))
    raw: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    offer_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("offers.id"))
