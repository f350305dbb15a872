"""What the areas have declared to be done in the background."""

from collections.abc import Iterator

from wohnberatung.core.manifests import areas
from wohnberatung.core.work import Periodic, Steady, Task, Work


def declared() -> Iterator[Work]:
    """Everything, in the order of the areas."""
    for area in areas():
        yield from area.work


def periodic() -> list[Periodic]:
    return [work for work in declared() if isinstance(work, Periodic)]


def steady() -> list[Steady]:
    return [work for work in declared() if isinstance(work, Steady)]


def find(kind: str) -> Task | Periodic | None:
    """What to do for a job of this kind; None if no area knows it any more."""
    return next((work for work in declared() if work.kind == kind and not isinstance(work, Steady)), None)
