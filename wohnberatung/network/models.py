"""Tables of the network: sites for shared living, what groups seek, introductions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.columns import FactColumnsMixin
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.extensions import Model
from wohnberatung.projects.models import Project


class SiteStatus(StrEnum):
    """`review` waits for the office; only `published` sites are ranked."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class IntroductionState(StrEnum):
    """`asked` waits for the office; with `introduced` both sides know each other."""

    ASKED = "asked"
    INTRODUCED = "introduced"
    DECLINED = "declined"


class Side(StrEnum):
    """Who asked to be introduced."""

    OWNER = "owner"
    INITIATIVE = "initiative"
    OFFICE = "office"


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


class Introduction(VersionMixin, TimestampMixin, Model):
    """One site and one project that should get to know each other. `message` is what who asked wrote to the office,
    `note` what the office keeps for itself; both sealed."""

    __tablename__ = "introductions"
    __table_args__ = (UniqueConstraint("site_id", "project_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    site_id: Mapped[str] = mapped_column(PublicId, ForeignKey("sites.id", ondelete="CASCADE"))
    project_id: Mapped[str] = mapped_column(PublicId, ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    state: Mapped[IntroductionState] = mapped_column(
        choice(IntroductionState, 20, "state_known"), default=IntroductionState.ASKED, index=True
    )
    asked_by: Mapped[Side] = mapped_column(choice(Side, 20, "side_known"))
    asked_by_user: Mapped[str | None] = mapped_column(PublicId)
    message: Mapped[bytes] = mapped_column(LargeBinary)
    plain_message = HouseSealed[str]("message")
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_note = HouseSealed[str | None]("note")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(PublicId)

    site: Mapped[Site] = relationship()
    project: Mapped[Project] = relationship()
