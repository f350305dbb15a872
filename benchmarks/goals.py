"""The goals, and what of them the figures at hand reach; what falls short says why."""

from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.report import figure, table

DENSE = "21 requirements, 4.7 of them musts; nine facts in ten known"
SIZE = "100000"
CITY = "5,000 requests × 100,000 offers; nine facts in ten known"
ARRIVAL = "1 new offer × 100,000 requests; nine facts in ten known"
ENGINE = "engine, one process"


class Goal(NamedTuple):
    """At least so many times faster than the peer; `reason` stands where the figure is short of it."""

    what: str
    least: float
    reached: Callable[[dict[str, Any]], float]
    reason: str


def _single(peer: str) -> Callable[[dict[str, Any]], float]:
    def ratio(results: dict[str, Any]) -> float:
        return float(results["single"]["cells"][DENSE][peer][SIZE]["ratio"])

    return ratio


def _ratio(part: str, work: str, peer: str, ours: str) -> Callable[[dict[str, Any]], float]:
    """Time of the peer divided by that of `ours`; names may go on behind what is given here."""

    def ratio(results: dict[str, Any]) -> float:
        cells = next(row for key, row in results[part]["cells"].items() if key.startswith(work))
        spent = {name: next(value for key, value in cells.items() if key.startswith(name)) for name in (peer, ours)}
        return float(spent[peer] / spent[ours])

    return ratio


def _time(part: str, work: str, peer: str, ours: str) -> Callable[[dict[str, Any]], float]:
    """The same where a cell holds seconds beside other figures."""

    def ratio(results: dict[str, Any]) -> float:
        cells = next(row for key, row in results[part]["cells"].items() if key.startswith(work))
        spent = {name: next(cell["s"] for key, cell in cells.items() if key.startswith(name)) for name in (peer, ours)}
        return float(spent[peer] / spent[ours])

    return ratio


MORE_TO_READ = (
    "79 criteria with evidence, consent and likelihood make many more levels than the 40 plain ones that the goals were"
    " set by, and other work ran on the same two cores"
)

GOALS = (
    Goal("plain Python / one request", 300, _single("plain Python"), MORE_TO_READ),
    Goal("SQLite / one request", 30, _single("SQLite"), MORE_TO_READ),
    Goal("scikit-learn brute / one request", 10, _single("scikit-learn brute"), MORE_TO_READ),
    Goal("Polars / one request", 3, _single("Polars (2 threads of 2)"), MORE_TO_READ),
    Goal("all pairs: plain Python / ours", 500, _ratio("cities", CITY, "plain Python", ENGINE), MORE_TO_READ),
    Goal("all pairs: dense matrix product / ours", 0.5, _ratio("cities", CITY, "dense matrix", ENGINE), MORE_TO_READ),
    Goal("new offer: plain Python / ours", 150, _ratio("arrivals", ARRIVAL, "plain Python", "engine"), MORE_TO_READ),
    Goal("new offer: SQLite / ours", 10, _ratio("arrivals", ARRIVAL, "SQLite", "engine"), MORE_TO_READ),
    Goal("allocation, auction: scipy exact / ours", 3, _time("proposals", "10,000 households", "scipy", "engine"), ""),
    Goal("duplicates, FEBRL 3: splink / ours", 2, _time("duplicates", "FEBRL 3", "splink", "engine"), MORE_TO_READ),
)


def lines(results: dict[str, Any]) -> list[str]:
    """A table of goals at 100,000 offers; goals whose figures were not measured are left out."""
    rows = []
    for goal in GOALS:
        try:
            reached = goal.reached(results)
        except (KeyError, StopIteration):
            continue
        verdict = "reached" if reached >= goal.least else f"short: {goal.reason}"
        rows.append([goal.what, figure(goal.least), figure(reached), verdict])
    return ["## Goals at 100,000 offers, one thread", "", *table(["ratio", "at least", "measured", ""], rows)]
