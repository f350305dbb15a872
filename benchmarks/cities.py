"""A whole city at once: every request against every offer.

Contestants that would take hours answer a few of the requests, and their time is multiplied.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.asking import make_requests
from benchmarks.peers import PEERS, Missing
from benchmarks.peers.neighbours import features
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.rules import Rulebook
from benchmarks.single import DENSITIES
from benchmarks.supply import Stock, make_stock
from benchmarks.table import Table, table_of
from benchmarks.timing import each, middle, milliseconds
from matching.batch import Shortlist, shortlist_all
from matching.requests import Request

TOP = 20
OFFERS, REQUESTS = 100_000, 5_000
SAMPLED = {"python": 3, "sqlite": 5, "scikit-learn": 60}
ASKED, MUSTS = 21, 4.7
ENGINE = "engine, one process"
PRODUCT = "dense matrix product alone, one thread, inexact"


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[work][contestant]` with seconds."""
    offers, number = (2_000, 40) if plan.quick else (OFFERS, REQUESTS)
    for density, unknown in DENSITIES.items():
        stock = make_stock(offers, unknown)
        requests = make_requests(stock, number, ASKED, MUSTS)
        cells = kept.setdefault(f"{number:,} requests × {offers:,} offers; {density}", {})
        lists = _engine(plan, stock, requests, cells)
        held = table_of(stock)
        for name, sample in SAMPLED.items():
            if name in plan.peers:
                _sampled(plan, name, sample, held, stock, requests, lists, cells)
        cells[PRODUCT] = _product(held, number)
        plan.say(f"  {PRODUCT}: {cells[PRODUCT]:.2f} s")


def _engine(plan: Plan, stock: Stock, requests: Sequence[Request], cells: dict[str, float]) -> list[Shortlist]:
    frame = stock.frame()
    shortlist_all(requests[:50], frame, TOP, n_jobs=1)
    answers = []
    for name, jobs in ((ENGINE, 1), ("engine, all cores", -1)):
        spent, lists = milliseconds(partial(shortlist_all, requests, frame, TOP, n_jobs=jobs))
        cells[name] = spent / 1000
        plan.say(f"  {name}: {spent / 1000:.2f} s")
        answers.append(lists)
    if answers[0] != answers[1]:
        raise AssertionError("the number of processes changed a list")
    return answers[0]


def _sampled(
    plan: Plan,
    name: str,
    sample: int,
    held: Table,
    stock: Stock,
    requests: Sequence[Request],
    lists: Sequence[Shortlist],
    cells: dict[str, float],
) -> None:
    try:
        peer = PEERS[name](held)
    except Missing as reason:
        plan.say(f"  {name} is left out: {reason}")
        return
    book = Rulebook(stock)
    timed = each([partial(peer.top, book.of(request), TOP) for request in requests[:sample]], budget=60.0)
    for (_, answer), ours in zip(timed, lists, strict=False):
        if peer.exact and not np.allclose([score for _, score in answer], ours.scores):
            raise AssertionError(f"{peer.name} has other scores")
    cells[f"{peer.name}, from {len(timed)} requests"] = middle(timed) * len(requests) / 1000
    plan.say(f"  {peer.name}: {middle(timed):.1f} ms a request")
    peer.close()


def _product(held: Table, requests: int) -> float:
    """Seconds of the offers' features times the requests' weights in single precision: scores without musts,
    without best ones picked."""
    offers = np.hstack([block for block, _, _ in features(held).values()])
    weights = np.ones((offers.shape[1], requests), dtype=np.float32)
    with threadpool_limits(1):
        spent = [milliseconds(lambda part=part: part @ weights)[0] for part in np.array_split(offers, 20)]
    return sum(spent) / 1000


def lines(cells: dict[str, Any]) -> list[str]:
    """One table: seconds, and how often the engine's time."""
    rows = [
        [work, f"**{name}**" if name == ENGINE else name, figure(seconds), figure(seconds / contestants[ENGINE])]
        for work, contestants in cells.items()
        for name, seconds in contestants.items()
    ]
    return ["## A whole city at once", "", *table(["work", "contestant", "seconds", "×"], rows)]
