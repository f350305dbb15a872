"""Small random populations, the tables that are published of them, and the methods by which they are published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from wohnberatung.planning.protection import RANGE, STEP, Protection, cell_name, rounded

# Who somebody is, which an attacker may know: where they seek, how many they are. And what nobody shall learn: whether
# they need a home for a wheelchair.
QUARTERS, SIZES, NEEDS = ("A", "B", "C"), ("1", "2"), ("wheelchair", "none")
AXES = {"quarter": QUARTERS, "persons": SIZES, "profile": NEEDS}
KINDS = tuple(product(QUARTERS, SIZES, NEEDS))
"""Every kind of person there can be: one unknown count each."""
TABLES = (("quarter", "profile"), ("persons", "profile"), ("quarter", "persons"))
HIDDEN = ("quarter", "persons", "profile")


@dataclass(frozen=True)
class Cell:
    """One published cell: its values by axis, and which kinds of people it counts, shape (kinds,)."""

    values: Mapping[str, str]
    counts: NDArray[np.bool_]

    @cached_property
    def name(self) -> str:
        return cell_name("seeking", self.values, "all")

    @cached_property
    def kinds(self) -> list[int]:
        return [int(kind) for kind in np.flatnonzero(self.counts)]


def _cells() -> list[Cell]:
    found: dict[str, Cell] = {}
    for axes in TABLES:
        for values in product(*((*AXES[axis], None) for axis in axes)):
            said = {axis: value for axis, value in zip(axes, values, strict=True) if value is not None}
            kinds = [all(dict(zip(HIDDEN, kind, strict=True))[axis] == said[axis] for axis in said) for kind in KINDS]
            cell = Cell(said, np.array(kinds))
            found[cell.name] = cell
    return list(found.values())


CELLS = _cells()
MATRIX = np.array([cell.counts for cell in CELLS], dtype=float)
"""Shape (cells, kinds): the true figures are MATRIX @ counts of kinds."""


@dataclass(frozen=True)
class Population:
    """`people` are positions in KINDS by id."""

    people: Mapping[str, int]

    @cached_property
    def counts(self) -> NDArray[np.int_]:
        """Shape (kinds,)."""
        return np.bincount(list(self.people.values()), minlength=len(KINDS))

    def inside(self, cell: Cell) -> frozenset[str]:
        """Who is in the cell."""
        return frozenset(person for person, kind in self.people.items() if cell.counts[kind])

    def with_one(self, person: str, kind: int) -> "Population":
        return Population({**self.people, person: kind})

    def without(self, person: str) -> "Population":
        return Population({key: kind for key, kind in self.people.items() if key != person})


def random_population(drawn: np.random.Generator, name: str = "p") -> Population:
    """Twelve to forty people, unevenly spread: many kinds nobody is of."""
    shares = drawn.dirichlet(np.full(len(KINDS), 0.5))
    size = int(drawn.integers(12, 41))
    kinds = drawn.choice(len(KINDS), size=size, p=shares)
    return Population({f"{name}{number}": int(kind) for number, kind in enumerate(kinds)})


Figures = NDArray[np.int_]
"""Published figures, shape (cells,)."""
Publish = Callable[[Population, int], Figures]
"""The figures of a month."""


def counted(population: Population) -> Figures:
    """The truth."""
    result: Figures = (MATRIX @ population.counts).astype(int)
    return result


@dataclass(frozen=True)
class Draws:
    """Which shifts are added: a lasting one for each cell, a fresh one in every month, and for the cell key method as
    others use it one for each set of people."""

    lasting: bool = True
    fresh: bool = True
    by_people: bool = False


OURS, ONLY_LASTING, ONLY_FRESH = Draws(), Draws(fresh=False), Draws(lasting=False)
CLASSICAL = Draws(lasting=False, fresh=False, by_people=True)


def cell_key_method(secret: bytes, draws: Draws = OURS) -> Publish:
    """What the house publishes, or some of it for comparison. In every month somebody changes who is in none of these
    tables, so that all fresh shifts are drawn anew."""
    shields = Protection(secret)

    def publish(population: Population, month: int) -> Figures:
        keys = [0] * len(KINDS)
        for person, kind in population.people.items():
            keys[kind] += shields.record_key(person)
        told = [
            (cell.name, int(count), sum(keys[kind] for kind in cell.kinds) % RANGE)
            for cell, count in zip(CELLS, counted(population), strict=True)
        ]
        whole = shields.in_state([*told, ("elsewhere", month, 0)])
        return np.array([rounded(cell[1] + _shift(cell, draws, shields, whole)) for cell in told])

    return publish


def _shift(cell: tuple[str, int, int], draws: Draws, shields: Protection, whole: Protection) -> int:
    lasting, fresh = whole.shifts(*cell)
    # Without a state the fresh shift follows from the people of the cell alone.
    of_people = shields.shifts(*cell)[1]
    return draws.lasting * lasting + draws.fresh * fresh + draws.by_people * of_people


def as_counted(population: Population, _month: int = 0) -> Figures:
    """No protection at all."""
    return counted(population)


def only_rounded(population: Population, _month: int = 0) -> Figures:
    """To the nearest 5, as many offices do."""
    return STEP * ((counted(population) + STEP // 2) // STEP)


FEW = 5
SUPPRESSED = -1


def suppressed(population: Population, _month: int = 0) -> Figures:
    """Counts below 5 are left out, all others told as they are; nobody is told as nobody."""
    true = counted(population)
    return np.where((true > 0) & (true < FEW), SUPPRESSED, true)
