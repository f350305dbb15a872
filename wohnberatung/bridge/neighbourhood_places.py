"""Neighbourhoods (Stadtteile) as places with a page: a word for the address, the name, the Stadtbezirk around it."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby

from matching.neighbourhoods import DRESDEN
from wohnberatung.bridge.neighbourhood_names import plain


@dataclass(frozen=True)
class CityPlace:
    """One neighbourhood; `slug` is its word in addresses, `quarter` the Stadtbezirk it belongs to."""

    code: str
    slug: str
    name: str
    quarter: str


@cache
def places() -> tuple[CityPlace, ...]:
    """All of the city, in the order of their codes."""
    return tuple(CityPlace(each.code, slug_of(each.name), each.name, each.district) for each in DRESDEN.neighbourhoods)


@cache
def quarters() -> tuple[tuple[str, tuple[CityPlace, ...]], ...]:
    """(Stadtbezirk, its places by name), in the city's order."""
    grouped = groupby(places(), key=lambda place: place.quarter)
    return tuple((name, tuple(sorted(found, key=lambda place: place.name))) for name, found in grouped)


def place_at(slug: str) -> CityPlace | None:
    """The neighbourhood that this word of an address means; None for what is none."""
    return _by_slug().get(slug)


def place_of(code: str | None) -> CityPlace | None:
    """The neighbourhood of this code; None for what is none of this city."""
    return _by_code().get(code or "")


def slug_of(name: str) -> str:
    """Small letters, digits and dashes: "Äußere Neustadt (Antonstadt)" is aeussere-neustadt-antonstadt."""
    return plain(name).replace(" ", "-")


@cache
def _by_slug() -> dict[str, CityPlace]:
    return {place.slug: place for place in places()}


@cache
def _by_code() -> dict[str, CityPlace]:
    return {place.code: place for place in places()}
