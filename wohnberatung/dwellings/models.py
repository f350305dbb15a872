"""Tables of the supply: dwellings that last, offers that come and go, and the history of every fact."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CHAR, JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.bridge.columns import FactColumnsMixin
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.core import clock
from wohnberatung.core.changes import NumberedMixin, VersionMixin
from wohnberatung.core.database import FlatJson, LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.dwellings.changes import OfferPart
from wohnberatung.extensions import Model

LEVELS = ("claimed", "stated", "measured")
# Letters of an offer's number, the first ones of its id: 40 random bits, enough for all of a city.
OFFER_NUMBER = 8
SUBJECT_KINDS = ("dwelling", "offer", "project", "site")


class OfferStatus(StrEnum):
    """`draft` by the provider, `review` by the office, `published` is ranked, `reserved` locks the place."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RESERVED = "reserved"
    LET = "let"
    WITHDRAWN = "withdrawn"


class Dwelling(FactColumnsMixin, VersionMixin, TimestampMixin, OfferPart, Model, facts_of="dwelling"):
    """One flat or room for good: it outlives its offers, and so does what was measured in it."""

    __tablename__ = "dwellings"
    __table_args__ = (
        CheckConstraint("lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180", name="on_earth"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="point_is_whole"),
    )
    offers_column = "dwelling_id"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    street: Mapped[str] = mapped_column(String(120), default="")
    house_number: Mapped[str] = mapped_column(String(20), default="")
    unit: Mapped[str] = mapped_column(String(60), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    town: Mapped[str] = mapped_column(String(80), default="")
    address_key: Mapped[str] = mapped_column(String(300), default="", index=True)
    address_released: Mapped[bool] = mapped_column(default=False)
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    # The dwelling that this one turned out to be; its offers are there.
    merged_into_id: Mapped[str | None] = mapped_column(PublicId, index=True)

    offers: Mapped[list["Offer"]] = relationship(back_populates="dwelling", order_by="Offer.created_at")

    @property
    def display_title(self) -> str:
        """What a page calls it, for those who may know the address."""
        return self.title or self.display_address

    @property
    def display_address(self) -> str:
        """Where it is, else what it is called."""
        return self.address or self.title or _("Wohnung ohne Adresse")

    @property
    def address(self) -> str:
        """Street and number, postcode and town; for those who may know it."""
        lines = (f"{self.street} {self.house_number}", f"{self.postcode} {self.town}")
        return ", ".join(line.strip() for line in lines if line.strip())

    @property
    def public_address(self) -> str:
        """The address where the owner released it, else postcode and town."""
        return self.address if self.address_released else f"{self.postcode} {self.town}".strip()


class Offer(FactColumnsMixin, VersionMixin, TimestampMixin, NumberedMixin, Model, facts_of="offer"):
    """That a dwelling, or a place in a project, can be had, on which conditions.

    `demands` lists what the offer asks of a household: `[{"key", "wanted", "importance", "weight",
    "tolerance"}]` in the terms of the catalogue.
    """

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("dwelling_id IS NOT NULL OR project_id IS NOT NULL", name="of_something"),
        UniqueConstraint("source", "external_id"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    dwelling_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("dwellings.id"), index=True)
    project_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("projects.id"), index=True)
    status: Mapped[OfferStatus] = mapped_column(
        choice(OfferStatus, 20, "status_known"), default=OfferStatus.DRAFT, index=True
    )
    source: Mapped[str] = mapped_column(String(80), default="manual")
    external_id: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    demands: Mapped[list[StoredRequirement]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # Since when it waits for the office, and why the office last gave it back.
    submitted_at: Mapped[datetime | None]
    review_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    # When the provider last said that it can still be had, and was last asked.
    confirmed_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    dwelling: Mapped[Dwelling | None] = relationship(back_populates="offers")
    project: Mapped[Any] = relationship("Project", back_populates="offers")

    @property
    def own_title(self) -> str:
        """Its own title, else that of its dwelling or project; empty where nobody gave one. Names no address."""
        of_home = self.dwelling.title if self.dwelling else ""
        return self.title or of_home or (self.project.name if self.project else "")

    @property
    def display_title(self) -> str:
        """What a page of the office or the provider calls it."""
        return self.own_title or _("Angebot ohne Titel")

    @property
    def number(self) -> str:
        """How people name the offer on the telephone and in the form: the beginning of its id, as two groups."""
        return f"{self.id[:4]}-{self.id[4:OFFER_NUMBER]}".upper()

    @property
    def parts(self) -> tuple[Any, ...]:
        """The rows whose facts make up the offer: itself, its dwelling, its project."""
        return tuple(part for part in (self, self.dwelling, self.project) if part is not None)


class OfferSpell(Model):
    """From when on an offer stood so: in which status, of which dwelling and project, asking what of a household. Ends
    where its next one begins. Kept in the transaction of the deed, so that no spell is too short to be known of; facts
    have their own history (`FactRecord`)."""

    __tablename__ = "offer_spells"
    __table_args__ = (Index(None, "offer_id", "since"),)

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id", ondelete="CASCADE"))
    since: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    status: Mapped[OfferStatus] = mapped_column(choice(OfferStatus, 20, "status_known"))
    dwelling_id: Mapped[str | None] = mapped_column(PublicId)
    project_id: Mapped[str | None] = mapped_column(PublicId)
    demands: Mapped[list[StoredRequirement]] = mapped_column(JSON, default=list)

    offer: Mapped[Offer] = relationship()


class AvailabilityLink(Model):
    """A link in a mail by which an organisation says without signing in which of its offers can still be had."""

    __tablename__ = "availability_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    valid_until: Mapped[datetime]


class FactRecord(Model):
    """What somebody once said or measured. Rows are added, never changed or deleted.

    `value` NULL means: declared unknown. `current` tells whether the value took effect then, or was kept
    beside a stronger one. `sentence` is the wording a claim was read from.
    """

    __tablename__ = "fact_records"
    __table_args__ = (Index(None, "subject_id", "key"),)

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(choice(SUBJECT_KINDS, 20, "subject_kind_known"))
    subject_id: Mapped[str] = mapped_column(PublicId)
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(FlatJson, nullable=True)
    level: Mapped[str] = mapped_column(choice(LEVELS, 10, "level_known"))
    current: Mapped[bool]
    observed_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by: Mapped[str | None] = mapped_column(PublicId)
    source: Mapped[str] = mapped_column(String(200), default="")
    sentence: Mapped[str] = mapped_column(Text, default="")
