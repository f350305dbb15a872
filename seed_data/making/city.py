"""Addresses: streets that exist in kind, house numbers by chance, places near the middle of the Stadtteil."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from math import cos, pi, radians, sin

from matching.neighbourhoods import DRESDEN
from seed_data.making.chance import Chance

JITTER_M = 300
METRES_PER_DEGREE = 111_195


@dataclass(frozen=True)
class Neighbourhood:
    """What the generator assumes of a Stadtteil: level of net cold rents (€ per m²), kinds of houses, streets."""

    code: str
    rent: float
    houses: dict[str, int]
    streets: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """Where a house stands."""

    district: str
    street: str
    house_number: str
    postcode: str
    lat: float
    lon: float


def neighbourhoods() -> dict[str, Neighbourhood]:
    """All Stadtteile with homes, by code."""
    text = files("seed_data").joinpath("making/city_profile.csv").read_text(encoding="utf-8")
    return {row["stadtteil"]: _neighbourhood(row) for row in csv.DictReader(text.splitlines())}


def site(chance: Chance, neighbourhood: Neighbourhood) -> Site:
    """A place for a house in that Stadtteil."""
    lat, lon = _near(chance, neighbourhood.code)
    number = f"{chance.randint(1, 148)}{chance.pick({'': 8, 'a': 1, 'b': 1})}"
    postcode = chance.choice(postcodes(neighbourhood.code))
    return Site(neighbourhood.code, chance.choice(neighbourhood.streets), number, postcode, lat, lon)


def postcodes(district: str) -> list[str]:
    """The postcodes for which the Stadtteil is named first, or as early as it is named at all."""
    places = {code: parts.index(district) for code, parts in DRESDEN.postcodes.items() if district in parts}
    return sorted(code for code, place in places.items() if place == min(places.values()))


def _near(chance: Chance, district: str) -> tuple[float, float]:
    middle = DRESDEN.neighbourhoods[DRESDEN.position[district]]
    far, turn = chance.uniform(0, JITTER_M), chance.uniform(0, 2 * pi)
    north = far * cos(turn) / METRES_PER_DEGREE
    east = far * sin(turn) / METRES_PER_DEGREE / cos(radians(middle.lat))
    return round(middle.lat + north, 5), round(middle.lon + east, 5)


def _neighbourhood(row: dict[str, str]) -> Neighbourhood:
    houses = dict(part.split(":") for part in row["houses"].split())
    return Neighbourhood(
        code=row["stadtteil"],
        rent=float(row["rent"]),
        houses={kind: int(weight) for kind, weight in houses.items()},
        streets=tuple(row["streets"].split("|")),
    )
