"""A whole city at once: every request against every offer, and one new offer against all requests."""

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from benchmarks.asking import make_requests
from benchmarks.peers.plain_python import PlainPython, chance_of, satisfaction_of
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.rules import rules_of
from benchmarks.supply import Stock, make_stock
from benchmarks.table import table_of
from benchmarks.timing import milliseconds
from matching.batch import shortlist_all
from matching.mirror import face
from matching.requests import Request
from matching.reverse import scored
from matching.stack import RequestStack

TOP = 20
OFFERS, REQUESTS, LISTS = 100_000, 100_000, 5_000
SAMPLE = 3
ARRIVALS = 25
ONE_HOT_CLASSES = 8
"""Numbers cut into so many classes for the matrix product, which is therefore not exact."""


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[work][contestant]` with seconds; slow contestants are measured on a few and multiplied."""
    offers, lists, open_requests = (2_000, 40, 500) if plan.quick else (OFFERS, LISTS, REQUESTS)
    stock = make_stock(offers, unknown=0.2)
    _all_pairs(plan, kept, stock, make_requests(stock, lists, asked=21, musts=4.7))
    _arrivals(plan, kept, stock, make_requests(stock, open_requests, asked=21, musts=4.7))


def _all_pairs(plan: Plan, kept: dict[str, Any], stock: Stock, requests: Sequence[Request]) -> None:
    frame = stock.frame()
    contestants: dict[str, Callable[[], Any]] = {
        "engine, one process": partial(shortlist_all, requests, frame, TOP, n_jobs=1),
        "engine, all cores": partial(shortlist_all, requests, frame, TOP, n_jobs=-1),
    }
    shortlist_all(requests[:SAMPLE], frame, TOP, n_jobs=1)
    timed = {name: milliseconds(call) for name, call in contestants.items()}
    first, second = (answer for _, answer in timed.values())
    if first != second:
        raise AssertionError("the number of processes changed a list")
    peer = PlainPython(table_of(stock))
    plain = [milliseconds(partial(peer.top, rules_of(request, stock), TOP))[0] for request in requests[:SAMPLE]]
    cells = {name: spent / 1000 for name, (spent, _) in timed.items()}
    cells["plain Python"] = median(plain) * len(requests) / 1000
    cells["dense matrix product alone, inexact"] = _product(stock, len(requests))
    _keep(plan, kept, f"{len(requests):,} requests × {stock.size:,} offers", cells)


def _product(stock: Stock, requests: int) -> float:
    """Seconds of one-hot offers times weights of requests in single precision."""
    columns = sum(3 if len(np.unique(values)) < 4 else ONE_HOT_CLASSES for values in stock.values.values())
    offers = np.ones((stock.size // 10, columns), dtype=np.float32)
    weights = np.ones((columns, requests), dtype=np.float32)
    return 10 * milliseconds(lambda: offers @ weights)[0] / 1000


def _arrivals(plan: Plan, kept: dict[str, Any], stock: Stock, requests: Sequence[Request]) -> None:
    """New offers one by one: which requests they do not miss, with scores."""
    frame = stock.frame()
    stack = RequestStack(frame.market, requests)
    scored(face(stack, frame, 0))
    ours = [milliseconds(lambda row=row: scored(face(stack, frame, row))) for row in range(1, ARRIVALS)]
    offers = PlainPython(table_of(stock)).offers
    asked = [_prepared(rules_of(request, stock)) for request in requests]
    plain = [milliseconds(partial(_loop, offers[row], asked)) for row in range(1, SAMPLE + 1)]
    for (_, (_, places, scores)), (_, expected) in zip(ours, plain, strict=False):
        if len(places) != len(expected) or not np.allclose(np.sort(scores), np.sort(expected)):
            raise AssertionError("the loop over requests finds other requests")
    cells = {
        "engine, one process": median(spent for spent, _ in ours) / 1000,
        "plain Python": median(spent for spent, _ in plain) / 1000,
    }
    _keep(plan, kept, f"one new offer × {len(requests):,} requests", cells)


def _prepared(rules: Sequence[Any]) -> tuple[list[Any], list[tuple[float, Any]]]:
    musts = [chance_of(rule) for rule in rules if rule.must]
    return musts, [(rule.weight, satisfaction_of(rule)) for rule in rules if not rule.must]


def _loop(offer: Any, asked: Sequence[tuple[list[Any], list[tuple[float, Any]]]]) -> list[float]:
    found = []
    for musts, wishes in asked:
        score = 1.0
        for chance in musts:
            score *= chance(offer)
            if not score:
                break
        else:
            total = sum(weight for weight, _ in wishes)
            merit = sum(weight * satisfaction(offer) for weight, satisfaction in wishes)
            found.append(score * (0.5 + 0.5 * merit / total) if wishes else score)
    return found


def _keep(plan: Plan, kept: dict[str, Any], work: str, cells: dict[str, float]) -> None:
    kept[work] = cells
    plan.say(f"{work}: " + ", ".join(f"{name} {seconds:.4g} s" for name, seconds in cells.items()))


def lines(cells: dict[str, Any]) -> list[str]:
    """One table: seconds, and how often the engine's time."""
    rows = [
        [work, name, figure(seconds), figure(seconds / contestants["engine, one process"])]
        for work, contestants in cells.items()
        for name, seconds in contestants.items()
    ]
    return ["## A whole city at once", "", *table(["work", "contestant", "seconds", "×"], rows)]
