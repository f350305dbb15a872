"""The JSON contract of what became of proposals, and of weights as a file."""

import json
from collections.abc import Sequence
from typing import Any

from matching.catalogue import Market
from matching.json_input import ContractError, json_list
from matching.language import GERMAN, mark
from matching.learning.outcomes import Outcome
from matching.learning.wish_weights import LEAST, MOST, Weights

FIELDS = frozenset({"request", "offer", "accepted", "because", "counts"})


def read_outcomes(content: bytes, market: Market) -> dict[str, list[Outcome]]:
    """Outcomes by request: `[{"request", "offer", "accepted", "because"?, "counts"?}]`; raises `ContractError`."""
    found: dict[str, list[Outcome]] = {}
    faults: list[str] = []
    for number, item in enumerate(json_list(content), 1):
        wrong = list(_faults(item, market))
        if wrong:
            faults += [f"{GERMAN.say(mark('Ergebnis Nr. %(number)s'), number=str(number))}, {fault}" for fault in wrong]
            continue
        outcome = Outcome(item["offer"], item["accepted"], item.get("because"), item.get("counts", True))
        found.setdefault(item["request"], []).append(outcome)
    if faults:
        raise ContractError(faults)
    return found


def _faults(item: Any, market: Market) -> Sequence[str]:
    if not isinstance(item, dict):
        return [mark("Erwartet wird ein Objekt in geschweiften Klammern.")]
    wrong = [f"{key}: {mark('Das Feld gibt es nicht.')}" for key in sorted(item.keys() - FIELDS)]
    for key in ("request", "offer"):
        if not isinstance(item.get(key), str):
            wrong.append(f"{key}: {mark('Die Kennung fehlt oder ist kein Text.')}")
    for key, missing in (("accepted", None), ("counts", True)):
        if not isinstance(item.get(key, missing), bool):
            wrong.append(f"{key}: {mark('Erwartet wird true oder false.')}")
    because = item.get("because")
    if because is not None and because not in {criterion.key for criterion in market.criteria}:
        wrong.append(f"because: {mark('Dieses Kriterium gibt es nicht.')}")
    return wrong


def read_weights(content: bytes, market: Market) -> Weights:
    """Weights that people approved: `{"version", "factors": {key: factor}}`; raises `ContractError`."""
    try:
        item = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        raise ContractError([mark("Das ist kein JSON.")]) from None
    if not isinstance(item, dict) or not isinstance(item.get("version"), str):
        raise ContractError([mark("Erwartet wird ein Objekt mit version und factors.")])
    factors = item.get("factors")
    if not isinstance(factors, dict):
        raise ContractError([mark("factors: Erwartet wird ein Objekt in geschweiften Klammern.")])
    known = {criterion.key for criterion in market.criteria}
    faults = [f"{key}: {mark('Dieses Kriterium gibt es nicht.')}" for key in sorted(factors.keys() - known)]
    for key, factor in factors.items():
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not LEAST <= factor <= MOST:
            message = GERMAN.say(
                mark("Der Faktor ist eine Zahl von %(low)s bis %(high)s."),
                low=GERMAN.number(LEAST),
                high=GERMAN.number(MOST),
            )
            faults.append(f"{key}: {message}")
    if faults:
        raise ContractError(faults)
    return Weights(item["version"], {key: float(factor) for key, factor in factors.items()})
