"""The answers to what-if questions as JSON values, in the shapes of the stateless commands."""

from typing import Any

from matching.whatif.concessions import Concessions
from matching.whatif.whynot import Change, WhyNot


def why_not_answer(found: WhyNot) -> dict[str, Any]:
    """One pair. `changes` names all changes; `smallest_change` is the first of them, null where it fits."""
    return {
        "request": found.request,
        "offer": found.offer,
        "outlook": found.outlook.value,
        "missed": [
            {
                "key": item.key,
                "side": item.side,
                "wanted": item.wanted,
                "found": item.found,
                "sentence": item.sentence,
            }
            for item in found.missed
        ],
        "smallest_change": None if found.smallest_change is None else change_answer(found.smallest_change),
        "changes": [change_answer(change) for change in found.changes],
    }


def change_answer(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "key": change.key,
        "side": change.side,
        "to": change.to,
        "cost_eur": None if change.cost_eur is None else list(change.cost_eur),
        "sentence": change.sentence,
    }


def concessions_answer(found: Concessions) -> dict[str, Any]:
    """All musts of one request."""
    return {
        "request": found.request,
        "listed_now": found.listed_now,
        "items": [
            {
                "key": item.key,
                "wanted": item.wanted,
                "opens_if_dropped": item.opens_if_dropped,
                "steps": [
                    {"wanted": step.wanted, "opens": step.opens, "sentence": step.sentence} for step in item.steps
                ],
                "sentence": item.sentence,
            }
            for item in found.items
        ],
    }
