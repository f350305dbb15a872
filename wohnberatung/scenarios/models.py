"""The table of scenarios: what was to be changed, what it was worked out from, and what came of it."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from wohnberatung.core import clock
from wohnberatung.core.database import PublicId, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.scenarios.kinds import ScenarioChange, ScenarioKind


class Counts(TypedDict):
    """Households: those that seek; for whom something comes into question, works included, and for whom something fits
    as it is, today and then; and for whom something is new that misses nothing and needs no works, while nothing fits
    today (`newly`: answers may still be open)."""

    seeking: int
    possible: int
    possible_then: int
    fits: int
    fits_then: int
    newly: int


class GapThen(TypedDict):
    """One line of the engine's gap, today and then."""

    kind: str
    key: str
    label: str
    demand: float
    supply: list[float]
    shortage: list[float]


class Findings(TypedDict):
    """`total` and `cells` (by dimension of planning, then value) count households; `gap` are the lines that change."""

    total: Counts
    shortage: list[float]
    cells: dict[str, dict[str, Counts]]
    gap: list[GapThen]


class PlanningScenario(Model):
    """One scenario; empty until it is worked out. `catalogue` names the rules, `inputs` is the SHA-256 of requests and
    homes: the same change of the same inputs by the same rules gives the same to the letter. `touched` says how many
    homes are new or changed. It holds exact counts and nothing of any person."""

    __tablename__ = "planning_scenarios"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    kind: Mapped[ScenarioKind] = mapped_column(choice(ScenarioKind, 10, "kind_known"))
    change: Mapped[ScenarioChange] = mapped_column(JSON)
    asked_by: Mapped[str] = mapped_column(PublicId)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    job_id: Mapped[str | None] = mapped_column(PublicId)
    made_at: Mapped[datetime | None]
    catalogue: Mapped[str] = mapped_column(String(80), default="")
    inputs: Mapped[str] = mapped_column(String(64), default="")
    requests: Mapped[int] = mapped_column(default=0)
    homes: Mapped[int] = mapped_column(default=0)
    touched: Mapped[int] = mapped_column(default=0)
    findings: Mapped[Findings | None] = mapped_column(JSON(none_as_null=True))
