"""Sections of the page of a neighbourhood (Stadtteil). Each area says in its ``AREA`` what it knows of a place; the
page shows all of them in their order, and leaves out those that have nothing to say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared, areas

# Of each list so many stand on the page of a place, and a link leads to all: on a telephone it stays short.
SHOWN_OF_PLACE = 3


@dataclass(frozen=True)
class PlaceSection(Declared):
    """A section as an area declares it: `find` takes the code of the neighbourhood and who looks, and gives what the
    `template` draws as `content`, or None where there is nothing. Those with a small `position` come first. What is
    `for_office` is exact and stands on the office's page of the place, never on the public one."""

    key: str
    title: Words
    position: int
    template: str
    find: Callable[[str, Actor], Any]
    for_office: bool = False


@dataclass(frozen=True)
class ShownPlaceSection:
    """A section with what it has for one neighbourhood."""

    section: PlaceSection
    content: Any


def sections_of(code: str, actor: Actor, *, for_office: bool = False) -> list[ShownPlaceSection]:
    """All sections of this neighbourhood's public page that have something, or of the office's, in their order."""
    meant = (each for area in areas() for each in area.place_sections if each.for_office is for_office)
    declared = sorted(meant, key=lambda each: each.position)
    found = ((each, each.find(code, actor)) for each in declared)
    return [ShownPlaceSection(each, content) for each, content in found if content is not None]
