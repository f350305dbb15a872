"""Who offers what where: by Stadtbezirk, and by the Stadtteile of one; what is missing, and who might work together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import CityPlace, places, quarters, slug_of
from wohnberatung.cooperation.kinds import ServiceKind, service_label
from wohnberatung.cooperation.models import OfferedService
from wohnberatung.cooperation.services.offered import public_services

SEVERAL = 2


@dataclass(frozen=True)
class MatrixQuery:
    """What is asked; empty where it does not matter. `quarter` is the word of a Stadtbezirk in addresses."""

    quarter: str = ""
    kind: str = ""
    law: str = ""
    language: str = ""
    free_only: bool = False


@dataclass(frozen=True)
class Cell:
    """One service in one place. `count` is how many offer it there, `reached` in how many of `places` somebody does;
    `level` is none, some or all of it."""

    count: int
    reached: int
    places: int
    free: int

    @property
    def level(self) -> str:
        if not self.reached:
            return "none"
        if self.places > 1:
            return "all" if self.reached == self.places else "some"
        return "all" if self.count >= SEVERAL else "some"

    @property
    def words(self) -> str:
        """What stands in the cell, to be understood without its colour."""
        if not self.reached:
            return _("niemand")
        if self.places > 1:
            return _("in %(reached)s von %(places)s", reached=self.reached, places=self.places)
        return str(self.count)


@dataclass(frozen=True)
class CoverageRow:
    """One kind of service, with a cell for each column."""

    kind: ServiceKind
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class CoverageColumn:
    """A Stadtbezirk, or a Stadtteil where `place` is given."""

    name: str
    slug: str
    codes: tuple[str, ...]
    place: CityPlace | None = None


@dataclass(frozen=True)
class Finding:
    """A place with kinds of services, and for overlaps who offers them: they may work together."""

    place: CityPlace
    kind: str
    providers: list[OfferedService]


@dataclass(frozen=True)
class Coverage:
    """The matrix for a question; `gaps` by place and `partners` only for one Stadtbezirk."""

    columns: list[CoverageColumn]
    rows: list[CoverageRow]
    gaps: list[tuple[CityPlace, list[str]]]
    partners: list[Finding]
    quarter: str


def coverage(query: MatrixQuery) -> Coverage:
    """Everything the page shows, from one reading of all services."""
    services, chosen = _asked_for(query), _quarter_of(query.quarter)
    columns = [_of_place(place) for place in chosen[1]] if chosen else _quarter_columns()
    kinds = [kind for kind in ServiceKind if query.kind in ("", kind)]
    rows = [
        CoverageRow(kind, service_label(kind), [_cell(services, kind, column) for column in columns]) for kind in kinds
    ]
    found = chosen[1] if chosen else ()
    gaps = [(place, missing) for place in found if (missing := _missing(services, kinds, place.code))]
    partners = [each for place in found for each in overlaps_in(place, services, kinds)]
    return Coverage(columns, rows, gaps, partners, chosen[0] if chosen else "")


def overlaps_in(
    place: CityPlace, services: Iterable[OfferedService], kinds: Sequence[ServiceKind] = tuple(ServiceKind)
) -> list[Finding]:
    """Kinds that several offer in this place alone or for the whole city."""
    there = [row for row in services if row.is_there(place.code)]
    found = ((kind, [row for row in there if row.kind == kind]) for kind in kinds)
    return [Finding(place, service_label(kind), rows) for kind, rows in found if len(rows) >= SEVERAL]


def gaps_of_city() -> list[tuple[str, int]]:
    """For the office: kinds with how many Stadtteile nobody offers them in, the most first; those of none left out."""
    services = public_services()
    missing = ((kind, sum(not offered_there(services, kind, place.code) for place in places())) for kind in ServiceKind)
    counted = [(service_label(kind), count) for kind, count in missing if count]
    return sorted(counted, key=lambda each: -each[1])


@dataclass(frozen=True)
class ServicesHere:
    """What the page of a neighbourhood says: kinds with who offers them, and kinds that nobody does."""

    offered: list[tuple[str, list[OfferedService]]]
    missing: list[str]


def services_in(code: str) -> ServicesHere:
    """By kind, in declared order."""
    services = public_services()
    offered = [(service_label(kind), offered_there(services, kind, code)) for kind in ServiceKind]
    return ServicesHere(
        [(label, rows) for label, rows in offered if rows], [label for label, rows in offered if not rows]
    )


def _asked_for(query: MatrixQuery) -> list[OfferedService]:
    return [
        row
        for row in public_services()
        if (not query.law or query.law in row.laws)
        and (not query.language or query.language in row.languages)
        and (not query.free_only or row.is_free)
    ]


def _cell(services: list[OfferedService], kind: ServiceKind, column: CoverageColumn) -> Cell:
    by_place = [offered_there(services, kind, code) for code in column.codes]
    offering = {row.id: row for rows in by_place for row in rows}
    free = sum(row.is_free for row in offering.values())
    return Cell(len(offering), sum(bool(rows) for rows in by_place), len(column.codes), free)


def offered_there(services: Iterable[OfferedService], kind: ServiceKind, code: str) -> list[OfferedService]:
    return [row for row in services if row.kind == kind and row.is_there(code)]


def _missing(services: list[OfferedService], kinds: Sequence[ServiceKind], code: str) -> list[str]:
    return [service_label(kind) for kind in kinds if not offered_there(services, kind, code)]


def _quarter_of(slug: str) -> tuple[str, tuple[CityPlace, ...]] | None:
    return next(((name, found) for name, found in quarters() if slug_of(name) == slug), None)


def _quarter_columns() -> list[CoverageColumn]:
    return [CoverageColumn(name, slug_of(name), tuple(place.code for place in found)) for name, found in quarters()]


def _of_place(place: CityPlace) -> CoverageColumn:
    return CoverageColumn(place.name, place.slug, (place.code,), place)
