"""Projects as they present themselves."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.columns import home_columns
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.versions import VersionMixin
from wohnberatung.dwellings.changes import OfferPart
from wohnberatung.extensions import Model
from wohnberatung.projects.admission import CONSENSUS, RULES

if TYPE_CHECKING:
    from wohnberatung.dwellings.models import Offer


class Project(home_columns("project"), VersionMixin, TimestampMixin, OfferPart, Model):
    """A housing project, a tenant initiative or a shared flat; its free places are offers that name it.

    `review_asked_at` is set while the office is to look at the page: before it is public, or at what has changed
    since. `admission_rule` is how the group decides on new people.
    """

    __tablename__ = "projects"
    offers_column = "project_id"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    shared_values: Mapped[str] = mapped_column(Text, default="")
    costs: Mapped[str] = mapped_column(Text, default="", server_default="")
    sharing: Mapped[str] = mapped_column(Text, default="", server_default="")
    admission_rule: Mapped[str] = mapped_column(
        choice(RULES, 20, "admission_rule_known"), default=CONSENSUS, server_default=CONSENSUS
    )
    published: Mapped[bool] = mapped_column(default=False, index=True)
    review_asked_at: Mapped[datetime | None] = mapped_column(index=True)

    offers: Mapped[list["Offer"]] = relationship(back_populates="project", order_by="Offer.created_at")
