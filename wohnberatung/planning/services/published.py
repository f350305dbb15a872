"""The newest published figures of those who seek, line by line, for the pages of other areas."""

from dataclasses import dataclass

from wohnberatung.planning.cubes import ALL, BY_KEY, Cube
from wohnberatung.planning.services.categories import categories_of
from wohnberatung.planning.services.snapshots import newest_figures
from wohnberatung.planning.services.tables import line_of

PLACES, NEEDS, CRITERIA, RENTS = (BY_KEY[key] for key in ("stadtteile", "bedarf", "merkmale", "mieten"))


@dataclass(frozen=True)
class Sought:
    """About how many households seek, and for how many of them nothing comes into question at present; 0 stands for
    fewer than ten. `key` is the value that they have in common, `label` its words."""

    key: str
    label: str
    seeking: int
    lacking: int


def everybody() -> Sought:
    """All who seek."""
    figures = newest_figures(PLACES)
    return Sought(ALL, "", *line_of(PLACES, figures, ALL))


def by_profile(quarter: str = ALL) -> list[Sought]:
    """By the profile that their needs began with, in the whole city or of those who seek in a Stadtbezirk."""
    return _lines(NEEDS, 0, quarter)


def by_neighbourhood() -> list[Sought]:
    """By each neighbourhood that they name."""
    return _lines(PLACES, 0)


def by_rent() -> list[Sought]:
    """By the band of the highest rent that they can pay."""
    return _lines(RENTS, 1)


def by_criterion(quarter: str = ALL) -> list[Sought]:
    """By what their home must be able to do, in the whole city or of those who seek in a Stadtbezirk."""
    return _lines(CRITERIA, 0, quarter)


def _lines(cube: Cube, dimension: int, other: str = ALL) -> list[Sought]:
    figures = newest_figures(cube)
    found = []
    for key, label in categories_of(cube.dimensions[dimension]):
        place = [other] * len(cube.dimensions)
        place[dimension] = key
        found.append(Sought(key, label, *line_of(cube, figures, *place)))
    return found
