"""Sections of the page of a neighbourhood (Stadtteil). Each area says in its ``AREA`` what it knows of a place; the
page shows all of them in their order, and leaves out those that have nothing to say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared, areas


@dataclass(frozen=True)
class PlaceSection(Declared):
    """A section as an area declares it: `find` takes the code of the neighbourhood and who looks, and gives what the
    `template` draws as `content`, or None where there is nothing. Those with a small `position` come first."""

    key: str
    title: Words
    position: int
    template: str
    find: Callable[[str, Actor], Any]


@dataclass(frozen=True)
class ShownPlaceSection:
    """A section with what it has for one neighbourhood."""

    section: PlaceSection
    content: Any


def sections_of(code: str, actor: Actor) -> list[ShownPlaceSection]:
    """All sections of this neighbourhood that have something, in their order."""
    declared = sorted((each for area in areas() for each in area.place_sections), key=lambda each: each.position)
    found = ((each, each.find(code, actor)) for each in declared)
    return [ShownPlaceSection(each, content) for each, content in found if content is not None]
