"""The results as one Markdown page; every run renews only what it measured."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.timing import machine, today

FOLDER = Path(__file__).parent
KEPT = FOLDER / "results.json"
PAGE = FOLDER / "results.md"
INTRODUCTION = """\
`make bench` measures all of this again. In one run everybody gets the same synthetic stock and the same distinct
requests, one after the other on one thread where not stated otherwise; a figure is the median over requests. An exact
contestant whose list differs from the engine's stops the run. "×" is its time divided by the engine's on the requests
that both answered. The peers are given what the engine works out while its clock runs: derived columns, and how
likely an unknown fact is to pass."""


def load() -> dict[str, Any]:
    return json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}


def save(results: dict[str, Any]) -> None:
    KEPT.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")


def renewed(cells: dict[str, Any]) -> dict[str, Any]:
    """Figures with the day and the machine they were measured on."""
    return {"date": today().isoformat(), "machine": machine(), "cells": cells}


def figure(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table, with an empty line behind it."""
    return [*(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)), ""]


def page(results: dict[str, Any], parts: Mapping[str, Callable[[dict[str, Any]], list[str]]]) -> str:
    """The whole page; `parts` says how each part's figures are laid out."""
    lines = ["# What the engine costs, beside what one would take instead", "", *INTRODUCTION.splitlines(), ""]
    for name, lay_out in parts.items():
        if name in results:
            measured = results[name]
            lines += lay_out(measured["cells"])
            lines += [f"Measured {measured['date']} on {measured['machine']}.", ""]
    return "\n".join(lines)
