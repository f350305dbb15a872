"""The order in which kept homes stood: the engine's own, worked out again from what was kept of their scores.

Ranks themselves are not kept. If they were, one home that enters on the first place would be twenty rows.
"""

from collections.abc import Iterable
from operator import itemgetter

from matching.tie_breaking import hashes_of, tie_breaks
from wohnberatung.lists.models import JudgedHome

MISSES = "misses"
SEED = 0


def in_order(homes: Iterable[tuple[str, JudgedHome]]) -> list[tuple[str, JudgedHome]]:
    """(offer, how it was judged): first those that missed nothing, by score, best case, and the tie-break of the run;
    then the others, by the fewest musts missed."""
    there = list(homes)
    if not there:
        return []
    ties = tie_breaks(hashes_of([offer for offer, _judged in there]), SEED).tolist()
    placed = [(_place(judged, tie), (offer, judged)) for (offer, judged), tie in zip(there, ties, strict=True)]
    return [home for _place, home in sorted(placed, key=itemgetter(0))]


def _place(judged: JudgedHome, tie: int) -> tuple[bool, float, float, int]:
    if judged["outlook"] == MISSES:
        missed = sum(value["grade"] == "missed" and value["importance"] == "must" for value in judged["values"])
        return True, missed, 0.0, tie
    return False, -judged["score"], -judged["best"], tie
