"""The neighbourhoods (Stadtteile) as a list to tick, and what somebody may mean who types instead."""

from dataclasses import dataclass
from itertools import groupby

from matching.neighbourhoods import DRESDEN
from wohnberatung.bridge.districts import suggest_districts
from wohnberatung.bridge.place_names import named_in
from wohnberatung.bridge.wording import spoken

_CLEARLY_WORSE = 0.2
MOST_GUESSES = 3


@dataclass(frozen=True)
class PlaceGroup:
    """One Stadtbezirk or group of villages with its neighbourhoods as (code, name), by name."""

    name: str
    places: tuple[tuple[str, str], ...]


def place_groups() -> list[PlaceGroup]:
    """All neighbourhoods of the city, grouped as the city does, in its order."""
    return [
        PlaceGroup(name, tuple(sorted(((place.code, place.name) for place in places), key=lambda place: place[1])))
        for name, places in groupby(DRESDEN.neighbourhoods, key=lambda place: place.district)
    ]


def places_meant(text: str) -> list[str]:
    """Codes of what a typed name, misspelt name or postcode may mean, the likeliest first; empty for none."""
    typed = text.strip()
    if typed in DRESDEN.postcodes:
        return list(DRESDEN.postcodes[typed])
    found = suggest_districts(typed)
    return [place.code for place in found if place.certainty >= found[0].certainty - _CLEARLY_WORSE]


def places_named(text: str) -> list[str]:
    """Codes of what a typed name or postcode clearly says, a slip of the finger forgiven; empty where it is a guess."""
    typed = text.strip()
    named = named_in(typed)
    return list(DRESDEN.postcodes.get(typed, named.codes if named else ()))


def names_meant(text: str) -> str:
    """Names of what a guess may mean, as one phrase; empty for none."""
    return spoken().alternatives([DRESDEN.name(code) for code in places_meant(text)[:MOST_GUESSES]])
