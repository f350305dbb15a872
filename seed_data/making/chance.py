"""Chance that always falls the same way: one stream of random numbers per record, named after the record.

A record that is added or changed leaves all others as they were, on every machine and Python version.
"""

from collections.abc import Mapping
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """Random numbers in the words of this trade."""

    def yes(self, share: float) -> bool:
        """True in that share of cases."""
        return self.random() < share

    def number(self, low: float, high: float, step: float = 1) -> float:
        """A multiple of `step` between both ends, ends included; an int where step is whole."""
        steps = round((high - low) / step)
        value = round(low + self.randrange(steps + 1) * step, 2)
        return int(value) if float(step).is_integer() and float(low).is_integer() else value

    def pick(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]


def stream(*names: object) -> Chance:
    """The stream of that name."""
    return Chance("/".join(map(str, names)))
