"""Tables of resources and needs of a neighbourhood, the links of those who wrote them, and requests for contact."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import CHAR, JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.meeting_rooms import MeetingRoomMixin
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.neighbour_resources import DESCRIPTION, FREE, KIND, ResourceColumnsMixin
from wohnberatung.bridge.weekly_hours import Closure, WeeklyWindow
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class ResourceSide(StrEnum):
    """Whether somebody gives something or needs it."""

    GIVES = "gives"
    SEEKS = "seeks"


class ResourceState(StrEnum):
    """`waiting` waits for the office and is not public, nor is what is `paused` or `declined`."""

    WAITING = "waiting"
    PUBLISHED = "published"
    PAUSED = "paused"
    DECLINED = "declined"


class ContactRequestState(StrEnum):
    """`asked` waits for the office, `passed_on` for the other side; with `released` both know each other."""

    ASKED = "asked"
    PASSED_ON = "passed_on"
    RELEASED = "released"
    DECLINED = "declined"
    ENDED = "ended"


class PersonContact(TypedDict):
    """How somebody is reached; empty where they did not say."""

    name: str
    email: str
    phone: str


class Resource(MeetingRoomMixin, ResourceColumnsMixin, VersionMixin, TimestampMixin, Model):
    """Something that somebody gives or needs.

    It belongs to an organisation (`organisation_id`), to a private person (`person_key`, with a sealed `contact` that
    nobody reads in public), or else to the office. Of a room that is one of a directory entry's (`entry_id`) address,
    contact and way in are the entry's. `weekly` are windows of a week, `closures` days on which they are not free;
    `requirements` is what a need asks beside its kind, place and times.
    """

    __tablename__ = "resources"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    side: Mapped[ResourceSide] = mapped_column(choice(ResourceSide, 10, "side_known"), index=True)
    state: Mapped[ResourceState] = mapped_column(
        choice(ResourceState, 20, "state_known"), default=ResourceState.WAITING, index=True
    )
    waits_since: Mapped[datetime | None] = mapped_column(index=True)
    organisation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    entry_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("directory_entries.id", ondelete="SET NULL"), index=True
    )
    person_key_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_contact = Sealed[PersonContact | None]("contact")
    language: Mapped[str] = mapped_column(String(10), default="de")
    consent_version: Mapped[str | None] = mapped_column(String(40))
    consent_text: Mapped[str | None] = mapped_column(Text)
    held_for: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    booking: Mapped[str] = mapped_column(String(300), default="")
    weekly: Mapped[list[WeeklyWindow]] = mapped_column(JSON, default=list)
    closures: Mapped[list[Closure]] = mapped_column(JSON, default=list)
    requirements: Mapped[list[StoredRequirement]] = mapped_column(JSON, default=list)
    decline_reason: Mapped[str] = mapped_column(String(500), default="")
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    asked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()
    entry: Mapped[DirectoryEntry | None] = relationship()
    person_key: Mapped[PersonKey | None] = relationship()

    @property
    def kind(self) -> str:
        """A key of the declared kinds."""
        return str(getattr(self, KIND))

    @property
    def text(self) -> str:
        return getattr(self, DESCRIPTION) or ""

    @property
    def times(self) -> list[str]:
        """When it is free, as the catalogue says it; none where nobody has said."""
        return getattr(self, FREE) or []

    @property
    def is_public(self) -> bool:
        return self.state == ResourceState.PUBLISHED

    @property
    def is_private(self) -> bool:
        """Whether it is a person's own, whose contact only the office passes on."""
        return self.person_key_id is not None


class ContactRequest(VersionMixin, TimestampMixin, Model):
    """Somebody asks the office for contact with the person behind a resource or need. `content` (sealed) is how they
    are reached and what they write; the other side reads the text once it is passed on, and the contact once both
    agree. `released` lists, by side, the names of what was told to the other one."""

    __tablename__ = "resource_contact_requests"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    resource_id: Mapped[str] = mapped_column(PublicId, ForeignKey("resources.id", ondelete="CASCADE"), index=True)
    state: Mapped[ContactRequestState] = mapped_column(
        choice(ContactRequestState, 20, "state_known"), default=ContactRequestState.ASKED, index=True
    )
    person_key_id: Mapped[str] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[dict[str, str]]("content")
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    language: Mapped[str] = mapped_column(String(10), default="de")
    consent_version: Mapped[str] = mapped_column(String(40))
    consent_text: Mapped[str] = mapped_column(Text)
    held_for: Mapped[str | None] = mapped_column(String(40))
    released: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    released_at: Mapped[datetime | None]

    resource: Mapped[Resource] = relationship()
    person_key: Mapped[PersonKey] = relationship()


class ResourceLink(TimestampMixin, Model):
    """A secret link to one's own entry: the one of the receipt, and those in mails. All of them are valid as long as
    the entry is there."""

    __tablename__ = "resource_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    resource_id: Mapped[str] = mapped_column(PublicId, ForeignKey("resources.id", ondelete="CASCADE"), index=True)

    resource: Mapped[Resource] = relationship()
