"""How homes stood for one request, from what was kept: at a moment, from day to day, and one of them alone."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.lists.models import JudgedHome, KeptHome
from wohnberatung.lists.services.judging import UsedValue, musts_missed, values_used
from wohnberatung.lists.services.ordering import MISSES, in_order
from wohnberatung.seekers.models import HousingRequest

KeptRows = Sequence[tuple[KeptHome, JudgedHome]]
"""All homes that were ever kept for a request, oldest first, opened."""


@dataclass(frozen=True)
class HomeThen:
    """A home as it stood: its rank among those that missed nothing, None where it missed a must."""

    kept: KeptHome
    judged: JudgedHome
    rank: int | None

    @property
    def offer(self) -> Offer:
        return self.kept.offer

    @property
    def is_public(self) -> bool:
        return self.offer.status == OfferStatus.PUBLISHED

    @property
    def used(self) -> list[UsedValue]:
        """What weighed against it first."""
        return values_used(self.judged)

    @property
    def missed(self) -> list[UsedValue]:
        """The musts that kept it off the list."""
        return musts_missed(self.judged)


@dataclass(frozen=True)
class ListChangeOfDay:
    """What entered and left the list on one day, which homes changed their rank (home, before, after), and which stood
    on it for a part of the day only."""

    day: date
    entered: tuple[HomeThen, ...]
    left: tuple[HomeThen, ...]
    moved: tuple[tuple[HomeThen, int, int], ...]
    passed: tuple[HomeThen, ...]

    def __bool__(self) -> bool:
        return bool(self.entered or self.left or self.moved or self.passed)


@dataclass(frozen=True)
class Stay:
    """One home from a moment to another: as it stood then, or, without `home`, that it was not among those kept."""

    since: datetime
    until: datetime | None
    home: HomeThen | None


def rows_of(request: HousingRequest) -> KeptRows:
    """With offers, their dwellings and projects, in one query."""
    offers = joinedload(KeptHome.offer)
    query = select(KeptHome).options(offers.joinedload(Offer.dwelling), offers.joinedload(Offer.project))
    mine = query.where(KeptHome.request_id == request.id).order_by(KeptHome.since, KeptHome.id)
    return [(kept, kept.plain_judged) for kept in db.session.scalars(mine)]


def end_of(day: date) -> datetime:
    """Midnight, or now where that is yet to come."""
    return min(clock.start_of_day(day + timedelta(days=1)), clock.now())


def standing(rows: KeptRows, moment: datetime) -> list[HomeThen]:
    """All homes at that moment: the list in its order, then those that missed least."""
    there = {kept.offer_id: kept for kept, _judged in rows if kept.since <= moment and not _is_over(kept, moment)}
    judged_of = {kept.id: judged for kept, judged in rows}
    ordered = in_order((offer, judged_of[kept.id]) for offer, kept in there.items())
    return [
        HomeThen(there[offer], judged, None if judged["outlook"] == MISSES else place)
        for place, (offer, judged) in enumerate(ordered, start=1)
    ]


def changes_of(rows: KeptRows) -> list[ListChangeOfDay]:
    """Day by day, the newest first; the oldest one is where the keeping began."""
    moments = sorted({kept.since for kept, _ in rows} | {kept.until for kept, _ in rows if kept.until})
    days: list[ListChangeOfDay] = []
    before: dict[str, HomeThen] = {}
    for day, of_day in groupby(moments, key=lambda moment: clock.to_berlin(moment).date()):
        after = {home.kept.offer_id: home for home in standing(rows, list(of_day)[-1]) if home.rank is not None}
        days.append(
            ListChangeOfDay(
                day,
                tuple(home for offer, home in after.items() if offer not in before),
                tuple(home for offer, home in before.items() if offer not in after),
                tuple(
                    (home, was, now)
                    for offer, home in after.items()
                    if offer in before and (was := before[offer].rank or 0) != (now := home.rank or 0)
                ),
                tuple(_passed(rows, day, before.keys() | after.keys())),
            )
        )
        before = after
    return [change for change in reversed(days) if change]


def stays_of(rows: KeptRows, offer_id: str) -> list[Stay]:
    """Newest first, with the times between in which it was not there."""
    mine = [kept for kept, _judged in rows if kept.offer_id == offer_id]
    stays: list[Stay] = []
    for kept in mine:
        if stays and (until := stays[-1].until) and until < kept.since:
            stays.append(Stay(until, kept.since, None))
        home = next((home for home in standing(rows, kept.since) if home.kept is kept), None)
        stays.append(Stay(kept.since, kept.until, home))
    if stays and stays[-1].until:
        stays.append(Stay(stays[-1].until, None, None))
    return stays[::-1]


def _is_over(kept: KeptHome, moment: datetime) -> bool:
    return kept.until is not None and kept.until <= moment


def _passed(rows: KeptRows, day: date, others: Collection[str]) -> Iterator[HomeThen]:
    """Those that came and went on that day."""
    begun, over = clock.start_of_day(day), clock.start_of_day(day + timedelta(days=1))
    for kept, _judged in rows:
        if kept.offer_id not in others and kept.until is not None and begun <= kept.since and kept.until < over:
            yield from (home for home in standing(rows, kept.since) if home.kept is kept and home.rank is not None)
