"""City-wide proposals: the optimum and the auction beside scipy's exact answer, greedy and first come, first served."""

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.asking import make_requests
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.supply import make_stock
from benchmarks.timing import milliseconds
from matching.arrays import Floats
from matching.catalogue import HOMES
from matching.proposals.allocation import CANDIDATES, allocate
from matching.proposals.assignment_values import Priorities, assignment_values
from matching.proposals.auction import auction

Slots = NDArray[np.intp]
CITY = 2_000
LARGE = 10_000


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept` with seconds and with the share of the greatest possible sum of scores."""
    _city(plan, kept, 200 if plan.quick else CITY)
    _large(plan, kept, 500 if plan.quick else LARGE)


def _city(plan: Plan, kept: dict[str, Any], size: int) -> None:
    """Households × homes of the catalogue, 12 requirements each, three of them musts."""
    stock = make_stock(size, unknown=0.3)
    stock.values[HOMES.capacity.key][:] = 1  # one household a home: places for many would make it easy
    frame = stock.frame()
    requests = make_requests(stock, size, asked=12, musts=3.0)
    spent, proposal = milliseconds(partial(allocate, requests, frame))
    values = assignment_values(sorted(requests, key=lambda item: item.id), frame, Priorities(), None).values
    name = f"{size:,} households × {size:,} homes"
    sums = {"first come, first served": _first_come(values), "greedy, best pair first": _greedy(values)}
    kept[name] = {"engine, exact, scores included": {"s": spent / 1000, "share": 1.0}}
    kept[name] |= {other: {"s": None, "share": total / proposal.total} for other, total in sums.items()}
    plan.say(f"{name}: {spent / 1000:.1f} s, " + ", ".join(f"{key} {v['share']:.2%}" for key, v in kept[name].items()))


def _large(plan: Plan, kept: dict[str, Any], size: int) -> None:
    """Households that each want some of the same homes, the more the better these are."""
    wanted, worth = _market(size)
    spent, (chosen, gap) = milliseconds(partial(auction, wanted, worth, size))
    exact_spent, optimum = milliseconds(partial(_exact, wanted, worth, size))
    reached = float((worth * (wanted == chosen[:, None])).max(axis=1).sum())
    greedy = _greedy(_dense(wanted, worth, size))
    name = f"{size:,} households, {CANDIDATES} candidates each"
    kept[name] = {
        "engine, auction": {"s": spent / 1000, "share": reached / optimum, "gap": gap / optimum},
        "scipy, exact": {"s": exact_spent / 1000, "share": 1.0},
        "greedy, best pair first": {"s": None, "share": greedy / optimum},
    }
    plan.say(f"{name}: auction {spent / 1000:.2f} s, {reached / optimum:.4%}; scipy {exact_spent / 1000:.2f} s")


def _market(size: int) -> tuple[Slots, Floats]:
    rng = np.random.default_rng(2)
    appeal = rng.random(size)
    wanted = np.sort(np.argsort(rng.random((size, size)) + 0.3 * appeal, axis=1)[:, -CANDIDATES:], axis=1)
    return wanted, rng.random((size, CANDIDATES)) * (0.5 + 0.5 * appeal[wanted])


def _exact(wanted: Slots, worth: Floats, size: int) -> float:
    """The greatest sum; a slot of their own with next to no worth lets every household go without."""
    rows = np.repeat(np.arange(size), CANDIDATES)
    own = np.arange(size)
    data = np.concatenate([worth.ravel(), np.full(size, 1e-9)])
    columns = np.concatenate([wanted.ravel(), size + own])
    graph = csr_array((data, (np.concatenate([rows, own]), columns)), shape=(size, 2 * size))
    chosen_rows, chosen = min_weight_full_bipartite_matching(graph, maximize=True)
    return float(graph[chosen_rows, chosen].sum())


def _dense(wanted: Slots, worth: Floats, size: int) -> Floats:
    values = np.zeros((len(wanted), size), dtype=np.float32)
    np.put_along_axis(values, wanted, worth.astype(np.float32), axis=1)
    return values


def _greedy(values: Floats) -> float:
    """Take the best pair, then the best of what is left."""
    total, free_rows = 0.0, np.ones(values.shape[0], dtype=bool)
    free_columns = np.ones(values.shape[1], dtype=bool)
    rows, columns = np.nonzero(values)
    for pair in np.argsort(-values[rows, columns], kind="stable"):
        row, column = rows[pair], columns[pair]
        if free_rows[row] and free_columns[column]:
            total += float(values[row, column])
            free_rows[row] = free_columns[column] = False
    return total


def _first_come(values: Floats) -> float:
    """Everybody in turn takes the best that is left."""
    free, total = np.ones(values.shape[1]), 0.0
    for line in values:
        best = int(np.argmax(line * free))
        total += float(line[best] * free[best])
        free[best] = 0.0
    return total


def lines(cells: dict[str, Any]) -> list[str]:
    """One table: seconds and share of the optimum."""
    rows = [
        [name, contestant, figure(of["s"]), f"{100 * of['share']:.3f} %"]
        for name, contestants in cells.items()
        for contestant, of in contestants.items()
    ]
    return ["## City-wide proposals", "", *table(["market", "contestant", "seconds", "of the optimum"], rows)]
