"""Tables of initiatives: what a group tells beside its page, its minutes, how far it is with each step."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.initiatives.progress import MarkState, ProgressShown
from wohnberatung.projects.models import Project


class Initiative(VersionMixin, TimestampMixin, Model):
    """What a group of a caring neighbourhood tells beside the page of its project, one for each project.

    Name, story, dates, downloads, people who would like to join and whether it is public are those of the `project`.
    `slug` is its word in addresses and stays the same for good. `serves` are codes of neighbourhoods. `members` names
    people, one in a line, and is shown only where these agreed. `progress_shown` is how much of its list of steps
    everybody reads. `confirmed_at` is when somebody last said that all of it is right, `asked_at` when the group was
    asked that and has not answered; `moved_at` when it last changed a step.
    """

    __tablename__ = "initiatives"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    serves: Mapped[list[str]] = mapped_column(JSON, default=list)
    aims: Mapped[str] = mapped_column(Text, default="")
    members: Mapped[str] = mapped_column(Text, default="")
    members_agreed: Mapped[bool] = mapped_column(default=False)
    seeks_people: Mapped[str] = mapped_column(Text, default="")
    seeks_rooms: Mapped[str] = mapped_column(Text, default="")
    seeks_skills: Mapped[str] = mapped_column(Text, default="")
    progress_shown: Mapped[ProgressShown] = mapped_column(
        choice(ProgressShown, 20, "progress_shown_known"), default=ProgressShown.STEPS
    )
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    asked_at: Mapped[datetime | None]
    moved_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    project: Mapped[Project] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        return self.project.name

    @property
    def is_public(self) -> bool:
        return self.project.published


class Minutes(TimestampMixin, Model):
    """What was said and decided at a meeting, for everybody who may see the initiative: a text, a PDF (`content`,
    `size` in bytes), or both."""

    __tablename__ = "initiative_minutes"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    initiative_id: Mapped[str] = mapped_column(PublicId, ForeignKey("initiatives.id", ondelete="CASCADE"), index=True)
    held_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int | None]

    initiative: Mapped[Initiative] = relationship()


class ChecklistMark(VersionMixin, TimestampMixin, Model):
    """How far an initiative is with one step of `checklist.STEPS`; where there is no row the step is open.

    `note` may be read by everybody where the group shows notes, `who` does it is for the group and the office.
    """

    __tablename__ = "initiative_marks"
    __table_args__ = (UniqueConstraint("initiative_id", "step"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    initiative_id: Mapped[str] = mapped_column(PublicId, ForeignKey("initiatives.id", ondelete="CASCADE"))
    step: Mapped[str] = mapped_column(String(40))
    state: Mapped[MarkState] = mapped_column(choice(MarkState, 20, "state_known"), default=MarkState.OPEN)
    note: Mapped[str] = mapped_column(String(500), default="")
    who: Mapped[str] = mapped_column(String(200), default="")
