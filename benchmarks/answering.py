"""How long pages take while a delivery of thousands of homes is read and taken over, on both databases.

The real servers and the real worker, in processes of their own; one person who seeks, one who offers and one advisor
ask for pages one after the other the whole time. Nothing of this can be had from a test: it depends on the machine.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from threading import Event, Thread
from typing import Any

from benchmarks.office import Office, Visitor, running_office
from benchmarks.plan import Plan
from benchmarks.report import table

ROWS, FEW = 5_000, 60
PATIENCE_SECONDS = 1_800
BETWEEN_SECONDS = 0.1
QUIET_SECONDS = 20
DATABASES = ("SQLite", "PostgreSQL")
READ, TAKEN_OVER = ("reading",), ("applying",)
OVER = ("promoted", "refused", "staged", "review")


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[database][phase][page]` with median and worst seconds, and how often it was asked for."""
    rows = FEW if plan.quick else ROWS
    for database in DATABASES:
        plan.say(f"  {database}: the office is filled")
        with running_office(database, rows) as office:
            kept[database] = _asked_meanwhile(office, plan)


def _asked_meanwhile(office: Office, plan: Plan) -> dict[str, dict[str, list[float]]]:
    told: dict[str, dict[str, list[float]]] = {}
    with _asking(office, told, plan) as begin:
        begin("nobody delivers")
        time.sleep(plan.budget if plan.quick else QUIET_SECONDS)
        for number, what in enumerate(("all of them new", "one text changed")):
            _deliver(office, number, what, begin)
    return {
        phase: {page: [median(each), max(each), float(len(each))] for page, each in pages.items()}
        for phase, pages in told.items()
    }


def _deliver(office: Office, number: int, what: str, begin: Any) -> None:
    begin(f"read: {what}")
    run, until = office.deliver(office.tables[number]), time.monotonic() + PATIENCE_SECONDS
    while (state := office.state_of(run)) not in OVER:
        begin(f"{'read' if state in READ else 'taken over'}: {what}")
        if time.monotonic() > until:
            raise TimeoutError(f"the delivery is still {state}")
        time.sleep(0.2)
    if state != "promoted":
        raise RuntimeError(f"the delivery is {state}")


@contextmanager
def _asking(office: Office, told: dict[str, dict[str, list[float]]], plan: Plan) -> Iterator[Any]:
    """People who ask for pages until the block ends; gives what begins a phase."""
    stop, phase = Event(), [""]

    def begin(name: str) -> None:
        if phase[0] != name:
            phase[0] = name
            plan.say(f"    {name}")

    def ask(visitor: Visitor) -> None:
        while not stop.is_set():
            for page in visitor.pages:
                name, begun = phase[0], time.monotonic()
                visitor.get(page)
                told.setdefault(name, defaultdict(list))[f"{visitor.name} {visitor.shown(page)}"].append(
                    time.monotonic() - begun
                )
                if stop.wait(BETWEEN_SECONDS):
                    return

    for visitor in office.visitors:
        for page in visitor.pages:
            visitor.get(page)  # the first look warms the office up
    begin("nobody delivers")
    threads = [Thread(target=ask, args=(visitor,)) for visitor in office.visitors]
    for thread in threads:
        thread.start()
    try:
        yield begin
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def lines(cells: dict[str, Any]) -> list[str]:
    """One table a database: a page a line, a phase a column, median / worst in milliseconds."""
    said = ["## Pages while 5,000 homes are delivered", ""]
    said += [
        "Median / worst time of an answer in milliseconds, asked over HTTP; servers and worker share this machine.",
        "",
    ]
    for database, phases in cells.items():
        pages = sorted({page for each in phases.values() for page in each})
        said += [f"### {database}", ""]
        rows = [[page, *(_cell(each.get(page)) for each in phases.values())] for page in pages]
        said += table(["page", *phases], rows)
    return said


def _cell(figures: Sequence[float] | None) -> str:
    return "–" if not figures else f"{figures[0] * 1000:,.0f} / {figures[1] * 1000:,.0f}"
