"""Tables of sites for shared living, and of what groups seek."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.columns import FactColumnsMixin
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.projects.models import Project


class SiteStatus(StrEnum):
    """`review` waits for the office; only `published` sites are ranked."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Site(FactColumnsMixin, VersionMixin, TimestampMixin, Model, facts_of="site"):
    """A house, a storey or a plot that an owner could give to a group. `address` is for the office and, once they
    are introduced, for the group; groups that look around learn the neighbourhood only."""

    __tablename__ = "sites"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    status: Mapped[SiteStatus] = mapped_column(
        choice(SiteStatus, 20, "status_known"), default=SiteStatus.DRAFT, index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()


class SiteSearch(VersionMixin, TimestampMixin, Model):
    """What a group needs of a site, one per project: `requirements` as `read_search` gives them, `text` in its own
    words. While it is not `active` nobody sees it."""

    __tablename__ = "site_searches"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), unique=True)
    requirements: Mapped[list[StoredRequirement]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text, default="")
    active: Mapped[bool] = mapped_column(default=True)

    project: Mapped[Project] = relationship()
