"""Attackers who want to know of one person what they need. They know how figures are protected, and not the secret.

* **equations**: every figure says between what its count lies; linear programming tells of which kinds of people there
  can be nobody. Who is known to be of the one kind or the other is then of the other.
* **everybody else**: knows all people but one, with all they need, and for the one the two worlds that can be; weighs
  them by how likely they are to give the figures of all months (Bayes: nobody can do better).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag

from tests.planning.populations import (
    CELLS,
    FEW,
    HIDDEN,
    KINDS,
    MATRIX,
    NEEDS,
    OURS,
    SUPPRESSED,
    Draws,
    Figures,
    Population,
)
from wohnberatung.planning.protection import FEWEST_TOLD, STEP, chance_of_shift, rounded

Between = Callable[[int], tuple[int, int]]
"""Between which counts a published figure lies."""
Chances = NDArray[np.float64]
MOST, REACH = 60, 60
SHIFTS = range(-REACH, REACH + 1)
AT_ONCE = 50
# What the attacker with equations takes for certain: a bound holds for all but one figure in a thousand.
SURE = 0.999


def exactly(figure: int) -> tuple[int, int]:
    return figure, figure


def within_rounding(figure: int) -> tuple[int, int]:
    return max(figure - STEP // 2, 0), figure + STEP // 2


def within_suppression(figure: int) -> tuple[int, int]:
    return (1, FEW - 1) if figure == SUPPRESSED else (figure, figure)


def drawn() -> Chances:
    """How likely each shift is, by one draw."""
    return np.array([chance_of_shift(shift) for shift in SHIFTS])


def never() -> Chances:
    """A draw that is left out."""
    return np.array([float(shift == 0) for shift in SHIFTS])


@cache
def _told_as(fresh: bool) -> Chances:
    """Shape (counts from -REACH on, figures ÷ 5): how likely a count with its lasting shift is told as that figure."""
    chances = drawn() if fresh else never()
    table = np.zeros((2 * REACH + MOST + 1, (2 * REACH + MOST) // STEP + 2))
    for row in range(len(table)):
        for shift, chance in zip(SHIFTS, chances, strict=True):
            table[row, rounded(row - REACH + shift) // STEP] += chance
    return table


@cache
def within_shifts(figure: int) -> tuple[int, int]:
    """Counts that may well have been told so. No bound is certain, as no shift is the greatest."""
    chances = np.array(
        [drawn() @ _told_as(fresh=True)[count : count + len(SHIFTS), figure // STEP] for count in range(MOST)]
    )
    told = np.flatnonzero(chances > (1 - SURE) * chances.max())
    return (int(told[0]) if figure >= FEWEST_TOLD else 0), int(told[-1])


def learnt_by_equations(published: Sequence[tuple[Population, Sequence[Figures]]], between: Between) -> int:
    """In how many populations the attacker learns of somebody what they need, from one or more states of the figures of
    the same people."""
    cases = [(number, case) for number, each in enumerate(published) for case in _cases(*each, between)]
    learnt: set[int] = set()
    for start in range(0, len(cases), AT_ONCE):
        learnt |= _excluded(cases[start : start + AT_ONCE])
    return len(learnt)


@dataclass(frozen=True)
class _Case:
    """Whether there can be anybody of a kind, where each figure's count lies between low and high."""

    kind: int
    low: Chances
    high: Chances


def _cases(population: Population, states: Sequence[Figures], between: Between) -> list[_Case]:
    limits = np.array([[between(int(figure)) for figure in state] for state in states])
    low, high = limits[:, :, 0].max(axis=0), limits[:, :, 1].min(axis=0)
    true = MATRIX @ population.counts
    # Whoever takes a wrong bound for certain is misled, and learns nothing.
    if (true < low).any() or (true > high).any():
        return []
    return [_Case(kind, low, high) for kind in _nobodys(population.counts)]


def _nobodys(counts: NDArray[np.int_]) -> list[int]:
    """Kinds that nobody is of, beside somebody who is alike but for what they need. Of other kinds no true bound can
    say that there is nobody."""
    empty = []
    for kind, values in enumerate(KINDS):
        other = KINDS.index((*values[:2], next(need for need in NEEDS if need != values[2])))
        if counts[kind] == 0 and counts[other] > 0:
            empty.append(kind)
    return empty


def _excluded(cases: Sequence[tuple[int, _Case]]) -> set[int]:
    """Solved as one programme of blocks that have nothing to do with each other: the most people of each kind."""
    goals = np.zeros((len(cases), len(KINDS)))
    goals[np.arange(len(cases)), [case.kind for _number, case in cases]] = -1
    found = milp(
        goals.ravel(),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(
            block_diag([MATRIX] * len(cases), format="csr"),
            np.concatenate([case.low for _number, case in cases]),
            np.concatenate([case.high for _number, case in cases]),
        ),
    )
    if found.x is None:
        raise AssertionError(found.message)
    most = -(found.x.reshape(goals.shape) * goals).sum(axis=1)
    return {number for (number, _case), value in zip(cases, most, strict=True) if value < 1 - 1e-6}


def sureness(target: str, months: Sequence[Population], figures: Sequence[Figures], draws: Draws = OURS) -> float:
    """How sure somebody is of what the target truly needs who knows everybody else in every month, 0 to 1; ½ is not to
    know. In some of the months the target is not there yet, which they know too."""
    true = next(month.people[target] for month in months if target in month.people)
    need = NEEDS.index(KINDS[true][2])
    other = KINDS.index((*KINDS[true][:2], NEEDS[1 - need]))
    worlds = [_likelihood(_world(months, target, kind), figures, draws) for kind in (true, other)]
    return 1 / (1 + math.exp(min(worlds[1] - worlds[0], 700)))


def _world(months: Sequence[Population], target: str, kind: int) -> list[Population]:
    """The months if the target were of that kind; the same month stays one."""
    imagined: dict[int, Population] = {}
    for month in months:
        imagined.setdefault(id(month), month.with_one(target, kind) if target in month.people else month)
    return [imagined[id(month)] for month in months]


def _likelihood(months: Sequence[Population], figures: Sequence[Figures], draws: Draws) -> float:
    """Logarithm, over the cells that tell needs apart. What lasts is the same in all months of a spell: for ever where
    it follows from the cell, as long as the same people are in it where it follows from them."""
    lasts = drawn() if draws.lasting or draws.by_people else never()
    told = _told_as(draws.fresh)
    counts = {id(month): MATRIX @ month.counts for month in months}
    total = 0.0
    for place, cell in enumerate(CELLS):
        if HIDDEN[2] not in cell.values:
            continue
        spells: dict[object, Chances] = {}
        for population, state in zip(months, figures, strict=True):
            spell = population.inside(cell) if draws.by_people else None
            count = int(counts[id(population)][place])
            seen = told[count : count + len(SHIFTS), int(state[place]) // STEP]
            spells[spell] = spells.get(spell, lasts) * seen
        total += sum(math.log(max(float(chances.sum()), 1e-300)) for chances in spells.values())
    return total
