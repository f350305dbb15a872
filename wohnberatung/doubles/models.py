"""Tables of likely doubles and of what people made of them."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.columns import KnownBy
from wohnberatung.core import clock
from wohnberatung.core.database import PublicId, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model


class DoubleKind(StrEnum):
    DWELLING = "dwelling"
    REQUEST = "request"
    CASE = "case"


class DoubleState(StrEnum):
    """`open` waits for a person, `merged` by one, `distinct`: two after all."""

    OPEN = "open"
    MERGED = "merged"
    DISTINCT = "distinct"


class LikelyDouble(Model):
    """Two records that may be one. `fields` says per field agree, differ or blank, and nothing of the values.

    No foreign keys, as the kinds lie in different tables; what is gone is tidied away by the next search.
    """

    __tablename__ = "likely_doubles"
    __table_args__ = (
        UniqueConstraint("kind", "a_id", "b_id"),
        Index(None, "state", "kind", "probability"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    kind: Mapped[DoubleKind] = mapped_column(choice(DoubleKind, 10, "kind_known"))
    a_id: Mapped[str] = mapped_column(PublicId)
    b_id: Mapped[str] = mapped_column(PublicId)
    probability: Mapped[float]
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[DoubleState] = mapped_column(choice(DoubleState, 10, "state_known"), default=DoubleState.OPEN)
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by: Mapped[str | None] = mapped_column(PublicId)
    decided_at: Mapped[datetime | None]


class BeforeMerge(TypedDict, total=False):
    """All that undoing needs. Of dwellings: ids of the offers that moved, and the known facts before and after; of
    requests: the state it was in; of cases: ids of the requests that came along, and by table of the open work."""

    offers: list[str]
    before: dict[str, tuple[object, KnownBy | None]]
    after: dict[str, tuple[object, KnownBy | None]]
    state: str
    requests: list[str]
    open_work: dict[str, list[str]]


class Merge(Model):
    """That one record was put into another."""

    __tablename__ = "merges"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    double_id: Mapped[str] = mapped_column(PublicId, ForeignKey("likely_doubles.id", ondelete="CASCADE"), index=True)
    kept_id: Mapped[str] = mapped_column(PublicId, index=True)
    gone_id: Mapped[str] = mapped_column(PublicId, index=True)
    before: Mapped[BeforeMerge] = mapped_column(JSON)
    merged_by: Mapped[str | None] = mapped_column(PublicId)
    merged_at: Mapped[datetime] = mapped_column(default=clock.now)
    undone_by: Mapped[str | None] = mapped_column(PublicId)
    undone_at: Mapped[datetime | None]

    double: Mapped[LikelyDouble] = relationship()
