"""The table of requests for discretion."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.discretion.rules import Rule
from wohnberatung.extensions import Model
from wohnberatung.projects.models import Project


class DiscretionState(StrEnum):
    """`asked` waits for the responsible office."""

    DRAFT = "draft"
    ASKED = "asked"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DECIDED = (DiscretionState.GRANTED, DiscretionState.PARTLY, DiscretionState.REFUSED)


class DiscretionRequest(VersionMixin, TimestampMixin, Model):
    """One request to deviate from a rule. It tells of a house and of rules, never of people.

    `authority` is the responsible office as it was called then, `authority_id` its entry in the directory. Everybody
    reads `summary`, `lessons`, rule and decision once `published_at` is set, and nothing else.
    """

    __tablename__ = "discretion_requests"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    state: Mapped[DiscretionState] = mapped_column(
        choice(DiscretionState, 20, "state_known"), default=DiscretionState.DRAFT, index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    project_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="SET NULL"), index=True)
    rule: Mapped[Rule] = mapped_column(choice(Rule, 20, "rule_known"), index=True)
    paragraph: Mapped[str] = mapped_column(String(200), default="")
    deviation: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    authority_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("directory_entries.id", ondelete="SET NULL"), index=True
    )
    authority: Mapped[str] = mapped_column(String(200), default="")
    asked_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None] = mapped_column(index=True)

    project: Mapped[Project | None] = relationship()
    authority_entry: Mapped[DirectoryEntry | None] = relationship()

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def is_late(self) -> bool:
        """Whether the day has passed by which the responsible office should have decided."""
        waits = self.state == DiscretionState.ASKED and self.due_on is not None
        return waits and self.due_on is not None and self.due_on < clock.today()
