"""What the areas have declared in their ``background.py``."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from wohnberatung import AREAS
from wohnberatung.core.work import Periodic, Steady, Task

Work = Task | Periodic | Steady


def declared() -> Iterator[Work]:
    """Everything, in the order of the areas."""
    for area in AREAS:
        name = f"wohnberatung.{area}.background"
        if find_spec(f"wohnberatung.{area}") and find_spec(name):
            yield from import_module(name).WORK


def periodic() -> list[Periodic]:
    return [work for work in declared() if isinstance(work, Periodic)]


def steady() -> list[Steady]:
    return [work for work in declared() if isinstance(work, Steady)]


def find(kind: str) -> Task | Periodic | None:
    """What to do for a job of this kind; None if no area knows it any more."""
    return next((work for work in declared() if work.kind == kind and not isinstance(work, Steady)), None)
