"""A reproducible order among equals: a number per id that depends on the id and the run's seed alone."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]


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
