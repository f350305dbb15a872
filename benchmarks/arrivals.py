"""One new offer and all open requests: whom it does not exclude, with scores, and whose list it enters."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from benchmarks.asking import make_requests
from benchmarks.peers.reversed import Reversed, ReversedPython, ReversedSQLite
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.rules import Rulebook
from benchmarks.single import DENSITIES
from benchmarks.supply import Stock, make_stock
from benchmarks.table import table_of
from benchmarks.timing import each, middle
from matching.frame import Frame
from matching.offer_against_requests import judge_offer
from matching.request_index import RequestIndex
from matching.whatif.newcomers import Bars, newcomers

REQUESTS, OFFERS, ARRIVALS = 100_000, 10_000, 41
ASKED, MUSTS = 21, 4.7
ENGINE = "engine, all that are not excluded"
PEERS: dict[str, type[Reversed]] = {"python": ReversedPython, "sqlite": ReversedSQLite}


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[work][contestant]` with milliseconds."""
    number, offers = (500, 1_000) if plan.quick else (REQUESTS, OFFERS)
    for density, unknown in DENSITIES.items():
        stock = make_stock(offers, unknown)
        requests = make_requests(stock, number, ASKED, MUSTS)
        cells = kept.setdefault(f"1 new offer × {number:,} requests; {density}", {})
        frame, index = stock.frame(), RequestIndex(stock.market, requests)
        found = _engine(plan, frame, index, cells)
        book = Rulebook(stock)
        rules = [book.of(request) for request in requests]
        for name, peer in PEERS.items():
            if name in plan.peers:
                _peer(plan, peer, stock, rules, found, cells)


def _engine(plan: Plan, frame: Frame, index: RequestIndex, cells: dict[str, float]) -> list[np.ndarray]:
    arrivals = range(1, ARRIVALS)
    judge_offer(index, frame, 0).scored()
    timed = each([partial(lambda row: judge_offer(index, frame, row).scored(), row) for row in arrivals], plan.budget)
    bars = _bars(len(index))
    entering = each([partial(newcomers, [frame.ids[row]], frame, index, bars) for row in arrivals], plan.budget)
    cells[ENGINE] = middle(timed)
    cells["engine, lists it enters"] = middle(entering)
    plan.say(f"  engine: {middle(timed):.1f} ms, {middle(entering):.1f} ms for the lists it enters")
    return [np.sort(scores) for _, (_, _, scores) in timed]


def _bars(requests: int) -> Bars:
    """Bars as a large supply makes them: few requests would take just any offer."""
    scores = np.random.default_rng(0).uniform(0.8, 1.0, requests).round(6)
    return Bars(20, 0, scores, scores, np.zeros(requests, dtype=np.uint64))


def _peer(
    plan: Plan,
    kind: type[Reversed],
    stock: Stock,
    rules: Sequence[Sequence[Any]],
    found: Sequence[np.ndarray],
    cells: dict[str, float],
) -> None:
    peer = kind(table_of(stock), rules)
    timed = each([partial(peer.scores, row) for row in range(1, len(found) + 1)], plan.budget)
    for expected, (_, scores) in zip(found, timed, strict=False):
        if len(scores) != len(expected) or not np.allclose(np.sort(scores), expected):
            raise AssertionError(f"{peer.name} finds other requests for an offer")
    cells[peer.name] = middle(timed)
    plan.say(f"  {peer.name}: {middle(timed):.1f} ms")


def lines(cells: dict[str, Any]) -> list[str]:
    """One table: milliseconds, and how often the engine's time."""
    rows = [
        [work, f"**{name}**" if name == ENGINE else name, figure(spent), figure(spent / contestants[ENGINE])]
        for work, contestants in cells.items()
        for name, spent in contestants.items()
    ]
    return ["## A new offer and all open requests", "", *table(["work", "contestant", "ms", "×"], rows)]
