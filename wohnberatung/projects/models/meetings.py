"""When a project meets, and what it gives to take away."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core.database import PublicId, TimestampMixin
from wohnberatung.core.ids import new_id
from wohnberatung.core.versions import VersionMixin
from wohnberatung.extensions import Model
from wohnberatung.projects.models.project import Project


class ProjectDate(VersionMixin, TimestampMixin, Model):
    """A date to which guests may come. One that is called off stays, so that calendars learn of it."""

    __tablename__ = "project_dates"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(1000), default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    called_off: Mapped[bool] = mapped_column(default=False)

    project: Mapped[Project] = relationship()


class ProjectFile(TimestampMixin, Model):
    """A PDF for everybody; `size` in bytes. The bytes are read only when somebody fetches them."""

    __tablename__ = "project_files"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    project: Mapped[Project] = relationship()
