"""Asking less: the wanted value one step easier, or just easy enough for what was found.

Both answers are wanted values of the same kind that a person could have given. Where nothing lies in between
(a yes or no, a text), there is no easier value: `None` says that only giving the requirement up helps.
"""

import math
from functools import singledispatch
from typing import Any

import numpy as np

from matching.constants import EPSILON
from matching.facts import Choice, Fact, Measure
from matching.kinds import AtLeast, AtMost, Criterion, IsFalse, NotLater, Within
from matching.option_kinds import Near, OneOf, Options, Overlaps

STEPS_PER_REACH = 4.0
"""Where a criterion declares no step, about a quarter of its reach is one: 25 € of 100 €."""

MONTH = 30.0
ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
DECIMALS = 9


def step_of(criterion: Criterion) -> float:
    """How far one step of loosening goes, in the unit of the fact: declared, or a round part of the reach."""
    if criterion.step:
        return criterion.step
    if isinstance(criterion, NotLater):
        return MONTH
    if not isinstance(criterion.fact, Measure):
        return 1.0  # an option, a hop
    part, finest = criterion.reach / STEPS_PER_REACH, criterion.fact.step
    size = 10.0 ** math.floor(math.log10(part))
    even = (nice * size for nice in ROUND_STEPS if _is_multiple(nice * size, finest))
    return max((step for step in even if step <= part + EPSILON), default=finest)


def _is_multiple(step: float, finest: float) -> bool:
    return math.isclose(step / finest, round(step / finest), abs_tol=EPSILON) and step >= finest


@singledispatch
def loosened(criterion: Criterion, wanted: Any, by: float) -> Any:
    """The wanted value, `by` units easier (both ends of a range); None where it cannot be any easier.

    Options that exclude one another have no order of ease: see `OneOf` and `Overlaps` in `enlarged`.
    """
    return None


@loosened.register
def _(criterion: AtLeast, wanted: Any, by: float) -> Any:
    return _moved(criterion.fact, wanted, -by)


@loosened.register
def _(criterion: AtMost, wanted: Any, by: float) -> Any:
    return _moved(criterion.fact, wanted, by)


@loosened.register
def _(criterion: Within, wanted: Any, by: float) -> Any:
    low, high = wanted
    easier = [
        None if low is None else _moved(criterion.fact, low, -by),
        None if high is None else _moved(criterion.fact, high, by),
    ]
    if easier == [None, None]:
        return None
    return [now if new is None else new for now, new in zip(wanted, easier, strict=True)]


@loosened.register
def _(criterion: Near, wanted: Any, by: float) -> Any:
    within = np.flatnonzero(criterion.table(wanted) <= by)
    area = [criterion.fact.decode(float(position)) for position in within]
    return area if len(area) > len(set(wanted)) else None


def enlarged(criterion: Criterion, wanted: Any) -> list[Any]:
    """Every wanted value with one more option, where options have no order; empty for any other kind."""
    fact = criterion.fact
    if not isinstance(criterion, OneOf | Overlaps) or not isinstance(fact, Choice):
        return []
    return [criterion.read_wanted([*wanted, option]) for option in fact.options if option not in wanted]


@singledispatch
def admitting(criterion: Criterion, wanted: Any, value: float, tolerance: float) -> Any:
    """The least change of the wanted value under which the found `value` (encoded) passes with the tolerance
    as it is; None where only giving the requirement up helps."""
    return None


@admitting.register
def _(criterion: AtLeast, wanted: Any, value: float, tolerance: float) -> Any:
    return _decoded(criterion.fact, value + tolerance, down=True)


@admitting.register
def _(criterion: AtMost, wanted: Any, value: float, tolerance: float) -> Any:
    return _decoded(criterion.fact, value - tolerance, down=False)


@admitting.register
def _(criterion: Within, wanted: Any, value: float, tolerance: float) -> Any:
    low, high = criterion.bounds(wanted)
    if value < low:
        easier = _decoded(criterion.fact, value + tolerance, down=True)
        # A room of a flat may be smaller than any flat: then only a range without that end admits it.
        return [easier if criterion.fact.encode(easier) <= value + tolerance + EPSILON else None, wanted[1]]
    return [wanted[0], _decoded(criterion.fact, value - tolerance, down=False)] if value > high else wanted


@admitting.register
def _(criterion: IsFalse, wanted: Any, value: float, tolerance: float) -> Any:
    return False  # asks nothing any more


@admitting.register
def _(criterion: Options, wanted: Any, value: float, tolerance: float) -> Any:
    found = criterion.fact.decode(value)
    option = next(item for item in found if item not in wanted) if isinstance(criterion, Overlaps) else found
    return criterion.read_wanted([*wanted, option])


def _moved(fact: Fact, wanted: Any, by: float) -> Any:
    """The value moved by that much inside what the fact can be; None where it stands at the end already."""
    now = fact.encode(wanted)
    low, high = _ends(fact)
    moved = min(max(now + by, low), high)
    return None if math.isclose(moved, now, abs_tol=EPSILON) else fact.decode(round(moved, DECIMALS))


def _decoded(fact: Fact, value: float, down: bool) -> Any:
    """The value of the fact's own precision that is nearest to a number on its easier side."""
    finest = fact.step if isinstance(fact, Measure) else 1.0
    steps = math.floor(value / finest + EPSILON) if down else math.ceil(value / finest - EPSILON)
    low, high = _ends(fact)
    return fact.decode(round(min(max(steps * finest, low), high), DECIMALS))


def _ends(fact: Fact) -> tuple[float, float]:
    if isinstance(fact, Measure):
        return float(fact.low), float(fact.high)
    if isinstance(fact, Choice):
        return 0.0, len(fact.options) - 1.0
    return -math.inf, math.inf
