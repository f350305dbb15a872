"""Tables of cooperation: declared services; joint cases with their partners, what was consented to, and tasks."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.cooperation.kinds import Capacity, ServiceKind
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.seekers.models import HousingRequest

# What is older may have changed since.
CAPACITY_HOLDS = timedelta(days=90)


class OfferedService(VersionMixin, TimestampMixin, Model):
    """One kind of service of an entry of the directory. `laws` are keys of Law; `serves` and `spoken` say it for this
    service alone: where they are empty, it is as the entry says. `capacity` is as of the day `as_of`."""

    __tablename__ = "offered_services"
    __table_args__ = (UniqueConstraint("entry_id", "kind"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    entry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("directory_entries.id", ondelete="CASCADE"))
    kind: Mapped[ServiceKind] = mapped_column(choice(ServiceKind, 30, "kind_known"))
    laws: Mapped[list[str]] = mapped_column(JSON, default=list)
    serves: Mapped[list[str]] = mapped_column(JSON, default=list)
    spoken: Mapped[list[str]] = mapped_column(JSON, default=list)
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity, 20, "capacity_known"), default=Capacity.UNKNOWN)
    as_of: Mapped[date] = mapped_column(default=clock.today)

    entry: Mapped[DirectoryEntry] = relationship()

    def is_there(self, code: str) -> bool:
        """Whether it is offered in this neighbourhood."""
        return code in self.serves if self.serves else self.entry.citywide or code in self.entry.serves

    @property
    def languages(self) -> list[str]:
        return self.spoken or self.entry.spoken

    @property
    def is_stale(self) -> bool:
        """Whether its capacity was said so long ago that somebody should ask."""
        return self.as_of < clock.today() - CAPACITY_HOLDS

    @property
    def is_free(self) -> bool:
        return self.capacity == Capacity.FREE


class JointState(StrEnum):
    """`prepared` is known to the office and its person alone; while it is `open` its partners see it."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


class PartnerState(StrEnum):
    """Where the consent stands that this provider learns anything."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class JointTaskState(StrEnum):
    """`dropped` is no longer needed."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class JointCase(VersionMixin, TimestampMixin, Model):
    """What several providers do together for one person who seeks a home. `prepared_by` is the advisor."""

    __tablename__ = "joint_cases"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    request_id: Mapped[str] = mapped_column(PublicId, ForeignKey("housing_requests.id", ondelete="CASCADE"), index=True)
    state: Mapped[JointState] = mapped_column(
        choice(JointState, 20, "state_known"), default=JointState.PREPARED, index=True
    )
    prepared_by: Mapped[str | None] = mapped_column(PublicId)

    request: Mapped[HousingRequest] = relationship()
    partners: Mapped[list["JointPartner"]] = relationship(order_by="JointPartner.id", back_populates="joint")
    tasks: Mapped[list["JointTask"]] = relationship(order_by="[JointTask.due_on, JointTask.id]", back_populates="joint")

    @property
    def agreed(self) -> list["JointPartner"]:
        """Those who may see it while it is open."""
        return [partner for partner in self.partners if partner.state == PartnerState.AGREED]


class JointPartner(VersionMixin, TimestampMixin, Model):
    """A provider whom the person is asked about. `need` is what this one learns, in functional words, sealed for the
    person; `with_contact` says that it learns their name and how to reach them too."""

    __tablename__ = "joint_partners"
    __table_args__ = (UniqueConstraint("joint_id", "entry_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    joint_id: Mapped[str] = mapped_column(PublicId, ForeignKey("joint_cases.id", ondelete="CASCADE"))
    entry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("directory_entries.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ServiceKind] = mapped_column(choice(ServiceKind, 30, "kind_known"))
    state: Mapped[PartnerState] = mapped_column(
        choice(PartnerState, 20, "state_known"), default=PartnerState.ASKED, index=True
    )
    with_contact: Mapped[bool] = mapped_column(default=False)
    need: Mapped[bytes] = mapped_column(LargeBinary)
    plain_need = Sealed[str]("need", key="joint.request.person_key")

    joint: Mapped[JointCase] = relationship(back_populates="partners")
    entry: Mapped[DirectoryEntry] = relationship()
    consents: Mapped[list["JointConsent"]] = relationship(order_by="JointConsent.id", back_populates="partner")


class JointConsent(Model):
    """One consent that one provider learns something: the wording as it was agreed to, sealed, as it quotes what is
    needed. Withdrawn, it stays as proof. `recorded_by` is who took it down, empty where the person gave it by link."""

    __tablename__ = "joint_consents"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    partner_id: Mapped[str] = mapped_column(PublicId, ForeignKey("joint_partners.id", ondelete="CASCADE"), index=True)
    text_version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[bytes] = mapped_column(LargeBinary)
    plain_text = Sealed[str]("text", key="partner.joint.request.person_key")
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by: Mapped[str | None] = mapped_column(PublicId)
    withdrawn_at: Mapped[datetime | None]

    partner: Mapped[JointPartner] = relationship(back_populates="consents")


class JointTask(VersionMixin, TimestampMixin, Model):
    """Something that somebody does until a day: `partner` does it, or the office where it is empty."""

    __tablename__ = "joint_tasks"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    joint_id: Mapped[str] = mapped_column(PublicId, ForeignKey("joint_cases.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("joint_partners.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[JointTaskState] = mapped_column(
        choice(JointTaskState, 20, "state_known"), default=JointTaskState.OPEN, index=True
    )
    due_on: Mapped[date] = mapped_column(index=True)
    title: Mapped[bytes] = mapped_column(LargeBinary)
    plain_title = Sealed[str]("title", key="joint.request.person_key")

    joint: Mapped[JointCase] = relationship(back_populates="tasks")
    partner: Mapped[JointPartner | None] = relationship()

    @property
    def is_late(self) -> bool:
        return self.state == JointTaskState.OPEN and self.due_on < clock.today()
