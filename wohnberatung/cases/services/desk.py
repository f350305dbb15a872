"""The office's desk: what waits for this person today. Each area contributes sections in its ``on_desk.py``:

@desk_section("appointments", _l("Termine heute"), position=10)
def appointments_today(actor: Actor) -> Found: …
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from wohnberatung import AREAS
from wohnberatung.core.actors import Actor, only_office

# So many lines stand on the desk; the count leads to the rest.
SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One thing that waits, and the page where it is dealt with."""

    title: Any
    detail: Any = ""
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    urgent: bool = False


@dataclass(frozen=True)
class Found:
    """What a section has: how many in all, the first of them, and the list they are in."""

    count: int
    lines: Sequence[Line] = ()
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    key: str
    title: Any
    found: Found


Finder = Callable[[Actor], Found]
_SECTIONS: dict[str, tuple[int, Any, Finder]] = {}


def desk_section(key: str, title: Any, *, position: int) -> Callable[[Finder], Finder]:
    """Decorator: put a section on the desk; those with a small position come first."""

    def add(finder: Finder) -> Finder:
        _SECTIONS[key] = (position, title, finder)
        return finder

    return add


def desk_of(actor: Actor) -> list[Section]:
    """All sections in their order, also the empty ones."""
    only_office(actor)
    _ask_areas()
    ordered = sorted(_SECTIONS.items(), key=lambda item: item[1][0])
    return [Section(key, title, finder(actor)) for key, (_position, title, finder) in ordered]


@cache
def _ask_areas() -> None:
    for area in AREAS:
        if find_spec(f"wohnberatung.{area}") and find_spec(f"wohnberatung.{area}.on_desk"):
            import_module(f"wohnberatung.{area}.on_desk")
