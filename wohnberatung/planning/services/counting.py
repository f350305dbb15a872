"""From records to cubes: which records are in which cell, totals included, and what of that is published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from wohnberatung.planning.cubes import ALL, Cube
from wohnberatung.planning.protection import RANGE, Protection, cell_name
from wohnberatung.planning.services.categories import Category

Coordinates = tuple[str, ...]
Figures = dict[str, list[int]]
SEPARATOR = "|"


def whole_of(cube: Cube) -> str:
    """The cell of everybody."""
    return SEPARATOR.join([ALL] * len(cube.dimensions))


@dataclass(frozen=True)
class CountedRecord:
    """Somebody or something that is counted: `values` by dimension, several where several are so; `so` the measures
    that count it besides ``all``; `pairs` by cube the only combinations in which it has its values."""

    id: str
    values: Mapping[str, tuple[str, ...]]
    so: frozenset[str] = frozenset()
    pairs: Mapping[str, tuple[Coordinates, ...]] = field(default_factory=dict)

    def cells_in(self, cube: Cube) -> set[Coordinates]:
        """All cells that count it, each once."""
        named = self.pairs.get(cube.key)
        if named is None:
            named = tuple(product(*(self.values.get(each.key, ()) for each in cube.dimensions)))
        return {cell for combination in named for cell in product(*((value, ALL) for value in combination))}


Rows = Mapping[tuple[Coordinates, str], NDArray[np.intp]]
"""By cell and measure: positions of the records in it."""


@dataclass(frozen=True)
class CountedPopulation:
    """The ids of all records, and for each cube who is in which cell."""

    ids: Sequence[str]
    rows: Mapping[str, Rows]


def population_of(records: Sequence[CountedRecord], cubes: Iterable[Cube]) -> CountedPopulation:
    """What the records amount to in these cubes."""
    return CountedPopulation([record.id for record in records], {cube.key: _rows(cube, records) for cube in cubes})


def _rows(cube: Cube, records: Sequence[CountedRecord]) -> Rows:
    found: dict[tuple[Coordinates, str], list[int]] = defaultdict(list)
    for position, record in enumerate(records):
        counting = [each.key for each in cube.measures if each.key == "all" or each.key in record.so]
        for cell in record.cells_in(cube):
            for measure in counting:
                found[cell, measure].append(position)
    return {place: np.array(positions, dtype=np.intp) for place, positions in found.items()}


@dataclass(frozen=True)
class CubeFigures:
    """`published` is for everybody, `exact` as counted; both by the joined values of a cell."""

    published: Figures
    exact: Figures


def figures_of(
    population: CountedPopulation,
    cubes: Sequence[Cube],
    categories: Mapping[str, Sequence[Category]],
    protection: Protection,
) -> dict[str, CubeFigures]:
    """By cube. `categories` are the values of every dimension: cells that hold nobody are protected like all others, so
    that a figure never proves that there is somebody."""
    keys = np.array([protection.record_key(record_id) for record_id in population.ids], dtype=np.uint64)
    counted = {cube.key: _counted(cube, population.rows[cube.key], categories, keys) for cube in cubes}
    every = {cell.name: (cell.name, cell.count, cell.key) for cells in counted.values() for cell in cells if cell.count}
    shifted = protection.in_state(every.values())
    return {key: _figures(cells, shifted) for key, cells in counted.items()}


@dataclass(frozen=True)
class _Cell:
    place: str
    name: str
    count: int
    key: int


def _counted(
    cube: Cube, rows: Rows, categories: Mapping[str, Sequence[Category]], keys: NDArray[np.uint64]
) -> list[_Cell]:
    values = [[*(code for code, _label in categories[each.key]), ALL] for each in cube.dimensions]
    nobody = np.zeros(0, dtype=np.intp)
    cells = []
    for place in product(*values):
        said = {each.key: value for each, value in zip(cube.dimensions, place, strict=True) if value != ALL}
        for measure in cube.measures:
            inside = rows.get((place, measure.key), nobody)
            # Unsigned numbers wrap around, which is what adding modulo 2^64 means.
            key = int(keys[inside].sum(dtype=np.uint64)) % RANGE
            name = cell_name(cube.population, said, measure.key)
            cells.append(_Cell(SEPARATOR.join(place), name, len(inside), key))
    return cells


def _figures(cells: Sequence[_Cell], protection: Protection) -> CubeFigures:
    published: Figures = defaultdict(list)
    exact: Figures = defaultdict(list)
    for cell in cells:
        figure = protection.figure(cell.name, cell.count, cell.key)
        # Nobody finds more homes than seek: what comes after the first measure is part of the one before it.
        published[cell.place].append(min([figure, *published[cell.place][-1:]]))
        exact[cell.place].append(cell.count)
    return CubeFigures(_told(published), _told(exact))


def _told(figures: Mapping[str, list[int]]) -> Figures:
    return {place: numbers for place, numbers in figures.items() if any(numbers)}
