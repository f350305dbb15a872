"""The office's desk: what waits for this person today. Each area declares its sections in its ``AREA``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared, areas

# So many lines stand on the desk; the count leads to the rest.
SHOWN = 5


@dataclass(frozen=True)
class DeskLine:
    """One thing that waits, and the page where it is dealt with."""

    title: Words
    detail: Any = ""
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    urgent: bool = False


@dataclass(frozen=True)
class DeskContent:
    """What a section has: how many in all, the first of them, and the list they are in."""

    count: int
    lines: Sequence[DeskLine] = ()
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DeskSection(Declared):
    """A section as an area declares it: `find` says what waits there for the acting person. Those with a small
    `position` come first."""

    key: str
    title: Words
    position: int
    find: Callable[[Actor], DeskContent]


@dataclass(frozen=True)
class ShownSection:
    """A section with what it has for one person."""

    key: str
    title: Words
    found: DeskContent


def desk_of(actor: Actor) -> list[ShownSection]:
    """All sections in their order, also the empty ones. Forbidden for everybody but the office."""
    only_office(actor)
    declared = [section for area in areas() for section in area.desk]
    ordered = sorted(declared, key=lambda section: section.position)
    return [ShownSection(section.key, section.title, section.find(actor)) for section in ordered]
