"""Figures for tests: a month is taken of what there is, or invented so that there is something to read."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from tests.cases.factories import actor_of
from tests.people import make_user
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import CUBES
from wohnberatung.planning.models import PlanningCube, PlanningSnapshot, YearlyReport
from wohnberatung.planning.services.counting import CubeFigures, Figures
from wohnberatung.planning.services.reports import begin_report
from wohnberatung.planning.services.snapshots import keep_snapshot, take_snapshot
from wohnberatung.planning.services.waiting import WaitingGroups

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


def taken() -> PlanningSnapshot:
    """The figures of this month, of what is stored."""
    db.session.commit()
    snapshot = take_snapshot()
    assert snapshot is not None
    return snapshot


def invented(
    month: date = NOVEMBER, waited: WaitingGroups | None = None, **figures: Mapping[str, list[int]]
) -> PlanningSnapshot:
    """A month with these figures by cube, and with nobody in all others; exact figures are by one more."""
    found = {cube.key: CubeFigures({}, {}) for cube in CUBES}
    for key, published in figures.items():
        counted: Figures = {place: [number + 1 for number in numbers] for place, numbers in published.items()}
        found[key] = CubeFigures(dict(published), counted)
    return keep_snapshot(month, found, waited or {})


def make_report_of_year() -> YearlyReport:
    """A draft of 2026, with figures of its November; the same whenever it is asked for."""
    if db.session.scalar(select(PlanningSnapshot.id).where(PlanningSnapshot.month == NOVEMBER)) is None:
        invented(bedarf={"*|*": [100, 90, 80], "wheelchair|*": [45, 20, 0]})
    return begin_report(NOVEMBER.year, actor_of(make_user("admin")))


def exact_of(snapshot: PlanningSnapshot, key: str) -> Figures:
    """What was counted."""
    query = select(PlanningCube.exact).where(PlanningCube.snapshot_id == snapshot.id, PlanningCube.key == key)
    return db.session.scalars(query).one() or {}


def published_of(snapshot: PlanningSnapshot, key: str) -> Figures:
    """What everybody may read."""
    query = select(PlanningCube.figures).where(PlanningCube.snapshot_id == snapshot.id, PlanningCube.key == key)
    return db.session.scalars(query).one()
