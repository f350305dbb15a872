"""How a count becomes a figure that may be published: the cell key method, with two shifts instead of one.

Every record has a key that follows from its id and a secret. The keys of all records of a cell, added up, are the key
of the cell; from it, the name of the cell and the secret follows by how much the count is shifted. So a cell is shifted
by the same in every table and however often somebody asks (Fraser and Wooton 2005; Thompson, Broadfoot and Elazar 2013,
the method of Eurostat's census grid and of the Australian TableBuilder).

Two shifts are added, as in RAPPOR (Erlingsson and others 2014). The **lasting** one follows from the name of the cell:
whoever takes the mean of many months never comes nearer than it. The **fresh** one follows from the key of the cell and
from all that was counted: if anybody comes, goes or changes, all figures are drawn anew, and nobody sees from what has
moved whom it was about. Both are two-sided geometric (Ghosh, Roughgarden and Sundararajan 2009): no greatest shift
exists that an attacker could rely on, so no system of equations ever pins a count.

Then it is rounded to 5, and below 10 nothing is told: "fewer than 10", be it nobody or nine.
"""

import hmac
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping

STEP = 5
FEWEST_TOLD = 10
SCALE = 1.5
"""Of each shift: one unit more is e^(-1/1.5), about half as likely. Both together have a standard deviation of 2.9."""

LONGEST = 60
RANGE = 2**64


def chance_of_shift(shift: int, scale: float = SCALE) -> float:
    """How likely one draw shifts by so much: what an attacker knows who has read this file."""
    ratio = math.exp(-1 / scale)
    return (1 - ratio) / (1 + ratio) * ratio ** abs(shift)


def perturbation_table(scale: float = SCALE) -> list[int]:
    """Upper ends of the ranges of a number below 2^64 that mean a shift by -60, -59 … 60."""
    ends, total = [], 0.0
    shares = [chance_of_shift(shift, scale) for shift in range(-LONGEST, LONGEST + 1)]
    whole = math.fsum(shares)
    for share in shares:
        total += share
        ends.append(min(int(total / whole * RANGE), RANGE))
    return ends


TABLE = perturbation_table()


def rounded(count: int) -> int:
    """To the nearest 5, and 0 below 10: what is told of a shifted count."""
    near = STEP * ((count + STEP // 2) // STEP)
    return near if near >= FEWEST_TOLD else 0


class Protection:
    """Shifts and rounds the counts of one population. `state` stands for all that was counted of it."""

    def __init__(self, secret: bytes, state: str = "") -> None:
        self.secret = secret
        self.whole = state

    def in_state(self, cells: Iterable[tuple[str, int, int]]) -> "Protection":
        """For a population of which (cell, count, key) are all cells: other records, other fresh shifts."""
        told = "\n".join(f"{cell}|{count}|{key}" for cell, count, key in sorted(cells))
        return Protection(self.secret, hmac.digest(self.secret, told.encode(), "sha256").hex())

    def record_key(self, record_id: str) -> int:
        """Below 2^64; to be added up modulo 2^64."""
        return self._drawn(f"record|{record_id}")

    def figure(self, cell: str, count: int, key: int) -> int:
        """What is published: a multiple of 5, 0 for fewer than 10. `cell` names it the same in every table, `key` is
        the sum of the keys of its records."""
        return rounded(count + sum(self.shifts(cell, count, key)))

    def shifts(self, cell: str, count: int, key: int) -> tuple[int, int]:
        """The lasting and the fresh one of a cell."""
        return self._shift(f"lasting|{cell}"), self._shift(f"fresh|{self.whole}|{cell}|{count}|{key}")

    def _shift(self, place: str) -> int:
        return bisect_right(TABLE, self._drawn(place)) - LONGEST

    def _drawn(self, place: str) -> int:
        return int.from_bytes(hmac.digest(self.secret, place.encode(), "sha256")[:8], "big")


def cell_name(population: str, values: Mapping[str, str], measure: str) -> str:
    """The name of a logical cell: who is counted, with what values by dimension, in whatever table it stands."""
    said = "&".join(f"{dimension}={value}" for dimension, value in sorted(values.items()))
    return f"{population}?{said}#{measure}"
