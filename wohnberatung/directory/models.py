"""Tables of the directory: entries, links by which their owners confirm them, lists that the office takes in."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import CHAR, JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.meeting_rooms import MeetingRoomMixin
from wohnberatung.core import clock
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.directory.kinds import BodyKind
from wohnberatung.extensions import Model


class EntryState(StrEnum):
    """`waiting` is not public and waits for the office, `changed` is public and the office is to look again."""

    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    CHANGED = "changed"


PUBLIC = (EntryState.PUBLISHED, EntryState.CHANGED)


class DirectoryEntry(MeetingRoomMixin, VersionMixin, TimestampMixin, Model):
    """Somebody who does something for a neighbourhood.

    `organisation_id` is who keeps the entry; where there is none the office does. `serves` are codes of neighbourhoods
    where they work, all of them where `citywide`; `lies_in` is where their rooms are. `contacts` names people of theirs
    and is shown only where these agreed. `confirmed_at` is when somebody last said that all of it is right, `asked_at`
    when the owner was asked that and has not answered.
    """

    __tablename__ = "directory_entries"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    state: Mapped[EntryState] = mapped_column(
        choice(EntryState, 20, "state_known"), default=EntryState.DRAFT, index=True
    )
    waits_since: Mapped[datetime | None] = mapped_column(index=True)
    kind: Mapped[BodyKind] = mapped_column(choice(BodyKind, 40, "kind_known"))
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(String(500), default="")
    citywide: Mapped[bool] = mapped_column(default=False)
    serves: Mapped[list[str]] = mapped_column(JSON, default=list)
    lies_in: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200), default="")
    spoken: Mapped[list[str]] = mapped_column(JSON, default=list)
    opening_hours: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    contacts: Mapped[str] = mapped_column(Text, default="")
    contacts_agreed: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    asked_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC


class EntryLink(Model):
    """A link in a mail by which an owner says without signing in that an entry is still right."""

    __tablename__ = "directory_links"

    token_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    entry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("directory_entries.id", ondelete="CASCADE"), index=True)
    valid_until: Mapped[datetime]

    entry: Mapped[DirectoryEntry] = relationship()


class ListState(StrEnum):
    """`staged` is a preview that nobody has taken over yet."""

    STAGED = "staged"
    APPLIED = "applied"
    DISCARDED = "discarded"


class ListRow(TypedDict):
    """One row of a list: where it stands, and its cells as text by heading."""

    where: str
    cells: dict[str, str]


class DirectoryList(VersionMixin, TimestampMixin, Model):
    """A table of entries as the office sent it, kept as read until it is taken over or discarded. `notes` say what of
    the file was not read."""

    __tablename__ = "directory_lists"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ListState] = mapped_column(choice(ListState, 20, "state_known"), default=ListState.STAGED)
    sent_by: Mapped[str | None] = mapped_column(PublicId)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    rows: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # Sealed, as lists name people who answer the telephone.
    plain_rows = HouseSealed[list[ListRow] | None]("rows")
    taken: Mapped[int] = mapped_column(default=0)
