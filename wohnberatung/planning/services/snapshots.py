"""The figures of a month: counted from what is there, protected, kept for good; and how they are found again."""

import hmac
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Select, select

from wohnberatung.core import clock
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import ADVICE, BROKERAGE, BY_KEY, CUBES, SEEKING, STOCK, Cube
from wohnberatung.planning.models import PlanningCube, PlanningFairness, PlanningSnapshot
from wohnberatung.planning.protection import Protection
from wohnberatung.planning.services.advising import advised
from wohnberatung.planning.services.brokering import brokered
from wohnberatung.planning.services.categories import categories_of
from wohnberatung.planning.services.counting import (
    CountedPopulation,
    CubeFigures,
    Figures,
    figures_of,
    population_of,
    whole_of,
)
from wohnberatung.planning.services.seeking import seeking
from wohnberatung.planning.services.stock import stock
from wohnberatung.planning.services.waiting import WaitingGroups, groups_of, waits
from wohnberatung.privacy.encryption import digest_keys

PURPOSE = "planning figures"


def cubes_of(population: str) -> list[Cube]:
    """All cubes that count the same records."""
    return [cube for cube in CUBES if cube.population == population]


def counted_city(day: date, job: Running | None = None) -> dict[str, CountedPopulation]:
    """By population: everybody and everything that is counted on that day."""
    return {
        SEEKING: population_of(seeking(job), cubes_of(SEEKING)),
        STOCK: stock(),
        ADVICE: population_of(advised(day), cubes_of(ADVICE)),
        BROKERAGE: population_of(brokered(day), cubes_of(BROKERAGE)),
    }


def take_snapshot(job: Running | None = None) -> PlanningSnapshot | None:
    """The figures of this month, unless they are taken: once a month, as with every new draw an attacker would learn
    more. What takes long happens outside of transactions."""
    month = clock.today().replace(day=1)
    if _taken(month):
        return None
    found, waited = protected(counted_city(clock.today(), job)), groups_of(waits(clock.today()))
    db.session.rollback()
    with transaction():
        return None if _taken(month) else keep_snapshot(month, found, waited)


def protected(counted: Mapping[str, CountedPopulation]) -> dict[str, CubeFigures]:
    """By cube, what may be published of these populations beside what was counted."""
    found: dict[str, CubeFigures] = {}
    shields = Protection(_secret())
    for population, records in counted.items():
        cubes = cubes_of(population)
        dimensions = {each.key: each for cube in cubes for each in cube.dimensions}
        categories = {key: categories_of(dimension) for key, dimension in dimensions.items()}
        found |= figures_of(records, cubes, categories, shields)
    return found


def keep_snapshot(month: date, found: Mapping[str, CubeFigures], waited: WaitingGroups) -> PlanningSnapshot:
    """Flushes and never commits."""
    snapshot = PlanningSnapshot(month=month)
    db.session.add(snapshot)
    db.session.flush()
    for key, figures in found.items():
        row = PlanningCube(snapshot_id=snapshot.id, key=key, figures=figures.published, exact=figures.exact)
        row.total = figures.published.get(whole_of(BY_KEY[key]), [])
        db.session.add(row)
    db.session.add(PlanningFairness(snapshot_id=snapshot.id, groups=waited))
    db.session.flush()
    return snapshot


def _taken(month: date) -> bool:
    return db.session.scalar(select(PlanningSnapshot.id).where(PlanningSnapshot.month == month)) is not None


def _secret() -> bytes:
    """Of the house's keys for digests the one in use, for this purpose alone."""
    key = next(iter(digest_keys().values()))
    return hmac.digest(key, PURPOSE.encode(), "sha256")


def newest_figures(cube: Cube) -> Figures:
    """What everybody may read of the newest month; empty before the first one."""
    query = select(PlanningCube.figures).join(PlanningSnapshot).where(PlanningCube.key == cube.key)
    return db.session.scalar(query.order_by(PlanningSnapshot.month.desc()).limit(1)) or {}


def exact_before(moment: datetime) -> Select[PlanningCube]:
    """Cubes that were counted before and are still known to the last one."""
    counted = select(PlanningCube).join(PlanningSnapshot).where(PlanningSnapshot.taken_at < moment)
    return counted.where(PlanningCube.exact.is_not(None))


def forget_exact(cube: PlanningCube) -> None:
    """What was counted goes; what was published stays."""
    cube.exact = None
    db.session.flush()


def waits_before(moment: datetime) -> Select[PlanningFairness]:
    """How long households waited, as counted before."""
    return select(PlanningFairness).join(PlanningSnapshot).where(PlanningSnapshot.taken_at < moment)


def forget_waits(fairness: PlanningFairness) -> None:
    """They go with the exact figures of that month."""
    db.session.delete(fairness)
    db.session.flush()
