"""A reproducible order: by score, best case, and among equals by a number that depends on the id and the seed alone."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Positions
from matching.constants import TIE_DIGITS

Hashes = NDArray[np.uint64]
ROUNDING = 10.0**-TIE_DIGITS


def hashes_of(ids: Sequence[str]) -> Hashes:
    """Shape (ids,): 64 bits of each id's hash, the same on every machine."""
    joined = b"".join(hashlib.blake2b(row_id.encode(), digest_size=8).digest() for row_id in ids)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


def tie_breaks(hashes: Hashes, seed: int) -> Hashes:
    """The hashes mixed with the seed (splitmix64); the smaller number comes first."""
    mixed = hashes + np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def rounded(scores: Floats) -> Floats:
    """Scores as they are compared."""
    return np.round(scores, TIE_DIGITS)


def bar_of(scores: Floats, top: int) -> float:
    """What a score must reach to stand among the `top` best of at least so many, rounding allowed for."""
    return float(np.partition(scores, len(scores) - top)[len(scores) - top]) - ROUNDING


def best_first(
    scores: Floats,
    top: int | None,
    best_cases: Callable[[Positions], Floats],
    ties: Callable[[Positions], Hashes],
) -> Positions:
    """Positions of the `top` best scores (all for None) in order. Best cases and tie-breaks are asked for the positions
    that come into question, and only where scores tie."""
    wanted = len(scores) if top is None else min(top, len(scores))
    if wanted == 0:
        return np.zeros(0, dtype=np.intp)
    candidates = (scores >= bar_of(scores, wanted)).nonzero()[0]
    compared = rounded(scores.take(candidates))
    order = (-compared).argsort()
    ranked = compared.take(order)
    if (ranked[1:] == ranked[:-1]).any():
        order = np.lexsort((ties(candidates), -rounded(best_cases(candidates)), -compared))
    result: Positions = candidates.take(order)[:wanted]
    return result
