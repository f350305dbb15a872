"""What one measures in a home, room by room, and what of it matters for a household."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.facts import Fact
from wohnberatung.bridge.presets import presets_for
from wohnberatung.bridge.wording import by_theme

# Themes one can look at on the spot; the rest is about the neighbourhood, money and people.
ROOMS = ("access", "rooms", "bathroom", "size", "senses")
OWNER = "dwelling"


@dataclass(frozen=True)
class Room:
    """A theme with the facts to be looked at there."""

    theme: str
    label: str
    facts: tuple[Fact, ...]


def rooms_of(needed: Iterable[str] | None = None) -> tuple[Room, ...]:
    """All rooms with everything that some criterion asks about; only the facts of these keys where given."""
    wanted = None if needed is None else set(needed)
    facts = [fact for fact in _surveyed() if wanted is None or fact.key in wanted]
    return tuple(Room(theme, _(label), group) for theme, label, group in by_theme(facts) if theme in ROOMS)


def needed_facts(requirements: Iterable[Mapping[str, Any]]) -> set[str]:
    """Keys of the facts of a home that these stored requirements are judged by."""
    criteria = [HOMES.criterion(entry["key"]) for entry in requirements]
    return {fact.key for criterion in criteria for fact in (criterion.fact, *criterion.others) if fact.owner == OWNER}


def home_requirements(requirements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those that a home itself fulfils or not, wherever it lies, each once; of several a must comes before a wish."""
    found: dict[str, dict[str, Any]] = {}
    for entry in sorted(requirements, key=lambda entry: entry["importance"] != "must"):
        fact = HOMES.criterion(entry["key"]).fact
        if fact.owner == OWNER and fact.theme in ROOMS:
            found.setdefault(entry["key"], dict(entry))
    return list(found.values())


def profile_requirements(profiles: Iterable[str]) -> list[dict[str, Any]]:
    """What needs profiles ask of a home, for a household without a request."""
    return [wish.as_requirement() for wish in presets_for(list(profiles), {})]


def fact_words(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, words) of values in the order of the catalogue."""
    return [(_(fact.label), fact.format(values[fact.key])) for fact in _surveyed() if values.get(fact.key) is not None]


def _surveyed() -> list[Fact]:
    judged = {fact.key for criterion in HOMES.criteria for fact in (criterion.fact, *criterion.others)}
    return [fact for fact in HOMES.facts if fact.owner == OWNER and fact.key in judged and fact.theme in ROOMS]
