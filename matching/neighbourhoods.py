"""A city's neighbourhoods: names, postcodes, who borders whom, how many hops and kilometres apart.

Data: `matching/data/`, centroids and borders computed from OpenStreetMap, © OpenStreetMap-Mitwirkende
(ODbL). A border that runs in the river counts as a hop only where a bridge stands.
"""

import csv
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Neighbourhood:
    """One statistical neighbourhood (in Dresden: Stadtteil)."""

    code: str
    name: str
    district: str
    lat: float
    lon: float
    neighbours: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class City:
    """All neighbourhoods of one city, in the order of their codes."""

    key: str
    neighbourhoods: tuple[Neighbourhood, ...]
    postcodes: dict[str, tuple[str, ...]]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.neighbourhoods)

    @cached_property
    def position(self) -> dict[str, int]:
        return {code: index for index, code in enumerate(self.codes)}

    def name(self, code: str) -> str:
        """Of the neighbourhood of that code; KeyError where there is none."""
        return self.neighbourhoods[self.position[code]].name

    @cached_property
    def hops(self) -> NDArray[np.float64]:
        """Shape (n, n): fewest borders to cross between two neighbourhoods, inf where there is no way."""
        size = len(self.codes)
        borders = np.zeros((size, size))
        for neighbourhood in self.neighbourhoods:
            for other in neighbourhood.neighbours:
                borders[self.position[neighbourhood.code], self.position[other]] = 1
        result: NDArray[np.float64] = shortest_path(csr_array(borders), unweighted=True, directed=False)
        return result

    def nearest(self, lat: float, lon: float) -> tuple[str, float]:
        """Code of the neighbourhood whose centroid is nearest to the point in degrees, and the distance in km."""
        distances = great_circle_km(
            np.radians([each.lat for each in self.neighbourhoods]),
            np.radians([each.lon for each in self.neighbourhoods]),
            np.radians(lat),
            np.radians(lon),
        )
        index = int(np.argmin(distances))
        return self.codes[index], float(distances[index])


def great_circle_km(
    lat_a: NDArray[np.float64],
    lon_a: NDArray[np.float64],
    lat_b: NDArray[np.float64],
    lon_b: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Haversine distance in kilometres; arguments in radians, broadcast against each other."""
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    result: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return result


def load(city: str) -> City:
    """Read the city's three tables: neighbourhoods, postcodes, borders in the river with their bridges."""
    without_bridge = {frozenset((row["a"], row["b"])) for row in _rows(f"{city}_elbe.csv") if not row["bridge"]}
    neighbourhoods = tuple(
        Neighbourhood(
            code=row["code"],
            name=row["name"],
            district=row["stadtbezirk"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            neighbours=tuple(
                other for other in row["neighbours"].split() if frozenset((row["code"], other)) not in without_bridge
            ),
        )
        for row in _rows(f"{city}_stadtteile.csv")
    )
    postcodes = {row["plz"]: tuple(row["stadtteile_first_is_geometric"].split()) for row in _rows(f"{city}_plz.csv")}
    return City(city, neighbourhoods, postcodes)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("matching").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


DRESDEN = load("dresden")
