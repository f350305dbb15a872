"""All that is offered in public: what people and organisations have entered, and the rooms of the directory, which are
described there and entered nowhere twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.frame import Frame
from wohnberatung.bridge.meeting_rooms import STEP_FREE, MeetingFact
from wohnberatung.bridge.neighbour_resources import (
    DISTRICT,
    KIND,
    fact_lines,
    kind_label,
    kinds_of_group,
    resource_frame,
    wanted_lines,
)
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.bridge.weekly_hours import Closure, NextTime, WeeklyWindow, next_time
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.directory.services.finding import HOSTS, public_entries
from wohnberatung.extensions import db
from wohnberatung.resources.models import Resource, ResourceSide, ResourceState

ROOM = "room"


@dataclass(frozen=True)
class Offered:
    """One offer or need as everybody may see it; `resource` is None for a room that only the directory knows. `facts`
    by key as the engine takes them; a private person's has neither address nor contact."""

    key: str
    title: str
    text: str
    kind: str
    facts: Mapping[str, object]
    resource: Resource | None = None
    entry: DirectoryEntry | None = None
    weekly: Sequence[WeeklyWindow] = field(default=())
    closures: Sequence[Closure] = field(default=())

    @property
    def place(self) -> CityPlace | None:
        return place_of(str(self.facts.get(DISTRICT) or ""))

    @property
    def is_room(self) -> bool:
        return self.kind in kinds_of_group(ROOM)

    @property
    def is_step_free(self) -> bool | None:
        """None where nobody has said."""
        known = self.facts.get(STEP_FREE.key)
        return None if known is None else bool(known)

    @property
    def address(self) -> str:
        own = self.resource.address if self.resource else ""
        return own or (self.entry.address if self.entry else "")

    @property
    def lines(self) -> list[MeetingFact]:
        """What is known and what is not; of a need what it requires. In the language being read."""
        if self.resource is not None and self.resource.side == ResourceSide.SEEKS:
            return wanted_lines(self.resource.requirements)
        return fact_lines(self.kind, self.facts)

    def next_time(self, asked: Sequence[str] = ()) -> NextTime | None:
        """The next day on which it is free, at one of the asked times where any are."""
        return next_time(self.weekly, self.closures, asked)


def all_offers() -> list[Offered]:
    """By title."""
    rows = [offered(row) for row in published(ResourceSide.GIVES)]
    taken = {row.entry.id for row in rows if row.entry}
    hosts = (entry for entry in public_entries() if entry.lies_in and entry.kind in HOSTS)
    rooms = [room_of(entry) for entry in hosts if entry.id not in taken]
    return sorted((*rows, *rooms), key=lambda each: (each.title.casefold(), each.key))


def all_needs() -> list[Offered]:
    """By title."""
    return sorted((offered(row) for row in published(ResourceSide.SEEKS)), key=lambda each: each.title.casefold())


def published(side: ResourceSide) -> list[Resource]:
    query = select(Resource).options(joinedload(Resource.entry), joinedload(Resource.organisation))
    shown = query.where(Resource.state == ResourceState.PUBLISHED, Resource.side == side)
    return list(db.session.scalars(shown.order_by(Resource.id)))


def offered(row: Resource) -> Offered:
    """What everybody may see of it; a room of a directory entry says of the way in what the entry says."""
    entry = row.entry if row.entry is not None and row.entry.is_public else None
    way_in = {**(entry.room_values() if entry else {}), **row.room_values()}
    facts = {**way_in, **row.resource_values()}
    return Offered(row.id, row.title, row.text, row.kind, facts, row, entry, row.weekly, row.closures)


def room_of(entry: DirectoryEntry) -> Offered:
    """The rooms of somebody in the directory: when they are free nobody has said."""
    facts = {KIND: ROOM, DISTRICT: entry.lies_in, **entry.room_values()}
    title = _("Räume: %(name)s", name=entry.name)
    return Offered(f"wegweiser-{entry.id}", title, entry.summary, ROOM, facts, None, entry)


def frame_of(rows: Sequence[Offered]) -> Frame:
    """As the engine takes them."""
    return resource_frame((row.key, row.facts, f"{row.title}\n{row.text}\n{kind_label(row.kind)}") for row in rows)
