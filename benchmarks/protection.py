"""What protecting figures costs and what it leaves open, method by method: ``python -m benchmarks.protection``.

The attackers are those of the tests. It prints the table of docs/decisions/planning-figures.md; all is drawn from fixed
seeds, so that everybody gets the same numbers.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.planning.attackers import (
    Between,
    exactly,
    learnt_by_equations,
    sureness,
    within_rounding,
    within_shifts,
    within_suppression,
)
from tests.planning.populations import (
    CLASSICAL,
    KINDS,
    NEEDS,
    ONLY_FRESH,
    OURS,
    Draws,
    Population,
    Publish,
    as_counted,
    cell_key_method,
    counted,
    only_rounded,
    random_population,
    suppressed,
)

POPULATIONS, MONTHS, CROWD = 1_000, 12, 1_200
SECRET, TARGET = b"nobody knows this", "p0"
CERTAIN = 0.99


@dataclass(frozen=True)
class Method:
    """One way to publish, and how an attacker reads its figures; `draws` are the shifts of the cell key method, None
    where nothing is drawn."""

    name: str
    publish: Publish
    between: Between
    draws: Draws | None = None


def _drawn(name: str, draws: Draws) -> Method:
    return Method(name, cell_key_method(SECRET, draws), within_shifts, draws)


METHODS = (
    Method("as counted", as_counted, exactly),
    Method("counts below 5 suppressed", suppressed, within_suppression),
    Method("rounded to 5", only_rounded, within_rounding),
    _drawn("cell key, one shift by people", CLASSICAL),
    _drawn("one fresh shift every month", ONLY_FRESH),
    _drawn("**lasting and fresh shift** (ours)", OURS),
)


def main() -> None:
    drawn = np.random.default_rng(14)
    populations = [random_population(drawn) for _number in range(POPULATIONS)]
    print("| method | mean error | equations | somebody came | a year |\n|---|--:|--:|--:|--:|")
    for method in METHODS:
        print(f"| {method.name} | {' | '.join(_measured(method, populations))} |")
        sys.stdout.flush()


def _measured(method: Method, populations: Sequence[Population]) -> list[str]:
    learnt = learnt_by_equations([(each, [method.publish(each, 0)]) for each in populations], method.between)
    came = [_sure(method, [each.without(TARGET), each]) for each in populations]
    year = [_sure(method, [each] * MONTHS) for each in populations]
    return [f"{_error(method):.1f}", f"{learnt / len(populations):.1%}", _told(came), _told(year)]


def _error(method: Method) -> float:
    """Mean distance of a figure from its count, in a city of 1,200 households that differ in three ways."""
    crowd = Population({f"p{number}": number * 7 % 11 % len(KINDS) for number in range(CROWD)})
    true, figures = counted(crowd), method.publish(crowd, 0)
    return float(np.abs(true - figures).mean())


def _sure(method: Method, months: Sequence[Population]) -> float:
    """Of what the target needs, for who knows everybody else."""
    figures = [method.publish(month, number) for number, month in enumerate(months)]
    if method.draws is not None:
        return sureness(TARGET, months, figures, method.draws)
    kind = months[-1].people[TARGET]
    values = KINDS[kind]
    other = KINDS.index((*values[:2], next(need for need in NEEDS if need != values[2])))
    same = method.publish(months[-1].with_one(TARGET, other), 0).tolist() == figures[-1].tolist()
    return 0.5 if same else 1.0


def _told(sure: Sequence[float]) -> str:
    return f"{np.mean(sure):.0%} sure, {np.mean(np.array(sure) > CERTAIN):.1%} certain"


if __name__ == "__main__":
    main()
