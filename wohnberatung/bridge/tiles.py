"""The city as a schematic map: one hexagon per neighbourhood, near where it lies, with the river between its banks.

Computed once from centroids and borders, © OpenStreetMap-Mitwirkende (ODbL); no picture and no map server is
needed. Every neighbourhood gets the cell that moves all of them least (Hungarian method), and cells beyond the
river belong to the other bank, so that nobody is drawn on the wrong side.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from matching.neighbourhoods import DRESDEN, Neighbourhood

COLUMNS, ROWS = 10, 8
EVENED = 0.6
"""How far places are spread evenly: 0 keeps distances, 1 keeps only the order, so that the centre gets room."""

ROW_HEIGHT = sqrt(3) / 2
WRONG_BANK = 1e3
SIDE = 30.0
"""Length of a hexagon's side in units of the picture; its width is √3 times that."""

Floats = NDArray[np.float64]
Point = tuple[float, float]


@dataclass(frozen=True)
class Tile:
    """One neighbourhood: the middle of its hexagon in units of the picture, and the hexagon's corners."""

    code: str
    name: str
    district: str
    x: float
    y: float
    corners: str


@dataclass(frozen=True)
class TileMap:
    """Tiles from north to south and west to east; `river` are line segments (x1, y1, x2, y2)."""

    width: float
    height: float
    tiles: tuple[Tile, ...]
    river: tuple[tuple[float, float, float, float], ...]


@cache
def tile_map() -> TileMap:
    """The map of the city, the same on every machine."""
    neighbourhoods = DRESDEN.neighbourhoods
    x, y = (
        _spread(np.array([each.lon for each in neighbourhoods])),
        _spread(-np.array([each.lat for each in neighbourhoods])),
    )
    x, y = x * (COLUMNS - 1), y * (ROWS - 1)
    cells = _cells()
    north = cells[:, 1] < _river(x, y, cells[:, 0])
    cost = (x[:, None] - cells[:, 0]) ** 2 + (y[:, None] - cells[:, 1]) ** 2
    cost += WRONG_BANK * (_north_bank()[:, None] != north)
    chosen = linear_sum_assignment(cost)[1]
    return _drawn(neighbourhoods, cells[chosen], cells, north)


def _spread(degrees: Floats) -> Floats:
    """Degrees to 0…1, crowded places pulled apart."""
    order = np.argsort(np.argsort(degrees, kind="stable"), kind="stable") / (len(degrees) - 1)
    share = (degrees - degrees.min()) / (degrees.max() - degrees.min())
    result: Floats = EVENED * order + (1 - EVENED) * share
    return result


def _cells() -> Floats:
    """Middles of all cells of the honeycomb, shape (cells, 2), a margin around included; the unit is their width."""
    return np.array(
        [
            (column + row % 2 / 2, row * ROW_HEIGHT)
            for row in range(-1, int(ROWS / ROW_HEIGHT) + 2)
            for column in range(-1, COLUMNS + 1)
        ]
    )


def _river_borders() -> list[tuple[int, int]]:
    """Positions of neighbourhoods whose common border runs in the river."""
    text = files("matching").joinpath("data", f"{DRESDEN.key}_elbe.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [(DRESDEN.position[row["a"]], DRESDEN.position[row["b"]]) for row in rows]


def _river(x: Floats, y: Floats, at: Floats) -> Floats:
    """How far south the river runs at these columns: through the middle of the pairs that face each other."""
    middles = np.array(sorted(((x[a] + x[b]) / 2, (y[a] + y[b]) / 2) for a, b in _river_borders()))
    smooth = np.convolve(np.pad(middles[:, 1], 1, "edge"), np.ones(3) / 3, "valid")
    return np.interp(at, middles[:, 0], smooth)


def _north_bank() -> NDArray[np.bool_]:
    """Which neighbourhoods lie north of the river: those that hang together without crossing it."""
    size = len(DRESDEN.codes)
    borders = np.zeros((size, size))
    for each in DRESDEN.neighbourhoods:
        for other in each.neighbours:
            borders[DRESDEN.position[each.code], DRESDEN.position[other]] = 1
    for a, b in _river_borders():
        borders[a, b] = borders[b, a] = 0
    banks = connected_components(csr_array(borders), directed=False)[1]
    latitude = np.array([each.lat for each in DRESDEN.neighbourhoods])
    southern = min(set(banks.tolist()), key=lambda bank: latitude[banks == bank].mean())
    result: NDArray[np.bool_] = banks != southern
    return result


def _drawn(
    neighbourhoods: tuple[Neighbourhood, ...], chosen: Floats, cells: Floats, north: NDArray[np.bool_]
) -> TileMap:
    unit = SIDE * sqrt(3)
    left, top = chosen.min(axis=0) * unit - (unit / 2 + 4, SIDE + 4)
    right, bottom = chosen.max(axis=0) * unit + (unit / 2 + 4, SIDE + 4)
    tiles = [
        Tile(each.code, each.name, each.district, *middle, _corners(middle))
        for each, middle in zip(neighbourhoods, _points(chosen * unit - (left, top)), strict=True)
    ]
    inside = (cells * unit > (left, top)).all(axis=1) & (cells * unit < (right, bottom)).all(axis=1)
    river = _segments(cells[inside] * unit - (left, top), north[inside])
    ordered = sorted(tiles, key=lambda tile: (tile.y, tile.x))
    return TileMap(round(right - left, 1), round(bottom - top, 1), tuple(ordered), tuple(river))


def _points(middles: Floats) -> list[Point]:
    return [(round(float(x), 1), round(float(y), 1)) for x, y in middles]


def _corners(middle: Point) -> str:
    """The hexagon around a point, standing on a corner, as SVG wants it."""
    turns = [pi / 6 + corner * pi / 3 for corner in range(6)]
    return " ".join(f"{middle[0] + SIDE * cos(turn):.1f},{middle[1] + SIDE * sin(turn):.1f}" for turn in turns)


def _segments(middles: Floats, north: NDArray[np.bool_]) -> list[tuple[float, float, float, float]]:
    """The common sides of neighbouring cells on different banks."""
    segments = []
    for one in range(len(middles)):
        for other in range(one):
            step = middles[other] - middles[one]
            length = float(np.hypot(*step))
            if north[one] != north[other] and length < SIDE * 2:
                middle, along = (middles[one] + middles[other]) / 2, np.array([-step[1], step[0]]) / length * SIDE / 2
                (x1, y1), (x2, y2) = (middle - along).round(1).tolist(), (middle + along).round(1).tolist()
                segments.append((x1, y1, x2, y2))
    return segments
