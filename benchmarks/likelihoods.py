"""How well unknown facts are foretold: Brier scores where the truth is known to the benchmark, not to the engine."""

from typing import Any

import numpy as np

from benchmarks.invented_city import make_dwellings
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.timing import milliseconds
from matching.catalogue import HOMES
from matching.frame import Frame
from matching.learning.likelihood import Likelihood, holds, learn, read
from matching.requests import SupplyRow

SIZE, QUICK_SIZE = 3_000, 400


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[criterion]` with Brier scores on the facts that are unknown to the engine."""
    dwellings = make_dwellings(QUICK_SIZE if plan.quick else SIZE)
    frame = Frame(HOMES, [dwelling.known for dwelling in dwellings])
    facts = [{key: value for key, value in item.truth.items() if value is not None} for item in dwellings]
    truth = Frame(HOMES, [SupplyRow(item.known.id, known) for item, known in zip(dwellings, facts, strict=True)])
    spent, learned = milliseconds(lambda: learn(frame))
    plan.say(f"likelihoods of {len(frame):,} dwellings learned in {spent / 1000:.0f} s")
    kept.clear()
    for result in learned:
        if result.leans:
            kept[result.criterion.key] = _scores(frame, truth, result)


def _scores(frame: Frame, truth: Frame, result: Likelihood) -> dict[str, float]:
    values, _ = read(frame, result.criterion)
    real, _ = read(truth, result.criterion)
    asked = np.isnan(values) & ~np.isnan(real)
    outcome = holds(result.criterion, real[asked], result.parting)
    foretold = result.probabilities()[asked]
    return {
        "known": result.known,
        "unknown": int(asked.sum()),
        "base": float(((outcome - result.base) ** 2).mean()),
        "brier": float(((outcome - foretold) ** 2).mean()),
    }


def lines(cells: dict[str, Any]) -> list[str]:
    """One line per criterion that leans, and their mean."""
    head = ["criterion", "known", "unknown", "Brier, base rate", "Brier, learned", "learned / base"]
    rows = [
        [key, f"{of['known']:,}", f"{of['unknown']:,}", f"{of['base']:.4f}", f"{of['brier']:.4f}",
         figure(of["brier"] / of["base"])]
        for key, of in cells.items()
    ]  # fmt: skip
    if cells:
        base, brier = (float(np.mean([of[name] for of in cells.values()])) for name in ("base", "brier"))
        rows.append(["**mean**", "", "", f"{base:.4f}", f"{brier:.4f}", figure(brier / base)])
    return ["## Likelihoods of unknown facts", "", *table(head, rows)]
