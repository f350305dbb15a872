"""What a list was on a day, what changed when, and how one home stood all the time: for the office and the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.catalogue import HOMES
from matching.kinds import told
from wohnberatung.bridge.wording import spoken
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.lists.models import JudgedHome, JudgedValue, KeptHome
from wohnberatung.lists.services.ordering import MISSES, in_order
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import load_request, load_request_by_token

ANSWERS = ("missed", "adaptable", "unknown", "nearly", "met")


@dataclass(frozen=True)
class UsedValue:
    """One value that was used, in the language being read."""

    label: str
    wanted: str
    found: str
    grade: str
    must: bool
    asked_by_offer: bool


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
        found = [_used(value) for value in self.judged["values"]]
        return sorted(found, key=lambda value: (ANSWERS.index(value.grade), not value.must))

    @property
    def missed(self) -> list[UsedValue]:
        """The musts that kept it off the list."""
        return [value for value in self.used if value.grade == "missed" and value.must]


@dataclass(frozen=True)
class ListChangeOfDay:
    """What entered and left the list on one day, and which homes changed their rank: (home, before, after)."""

    day: date
    entered: tuple[HomeThen, ...]
    left: tuple[HomeThen, ...]
    moved: tuple[tuple[HomeThen, int, int], ...]


@dataclass(frozen=True)
class Stay:
    """One home from a moment to another: as it stood then, or, without `home`, that it was not among those kept."""

    since: datetime
    until: datetime | None
    home: HomeThen | None


@dataclass(frozen=True)
class ListHistory:
    """A request's list at the end of `day`; `changes` newest first; `stays` are those of the one home asked about."""

    request: HousingRequest
    day: date
    first_day: date | None
    listed: tuple[HomeThen, ...]
    missing: tuple[HomeThen, ...]
    changes: tuple[ListChangeOfDay, ...]
    stays: tuple[Stay, ...]
    asked: Offer | None


def history_for_office(request_id: str, actor: Actor, day: str = "", offer_id: str = "") -> ListHistory:
    """`day` as ISO 8601 writes it, today where it is none. NotFound where there is no such request for this person,
    Forbidden for anybody but the office."""
    only_office(actor)
    return _history(load_request(request_id, actor), day, offer_id)


def history_for_person(token: str, day: str = "", offer_id: str = "") -> ListHistory:
    """For the holder of the secret link; NotFound for any other."""
    return _history(load_request_by_token(token), day, offer_id)


def _history(request: HousingRequest, day: str, offer_id: str) -> ListHistory:
    offers = joinedload(KeptHome.offer)
    query = select(KeptHome).options(offers.joinedload(Offer.dwelling), offers.joinedload(Offer.project))
    rows = [
        (kept, kept.plain_judged)
        for kept in db.session.scalars(
            query.where(KeptHome.request_id == request.id).order_by(KeptHome.since, KeptHome.id)
        )
    ]
    chosen = _day_in(day)
    then = _standing(rows, _end_of(chosen))
    asked = next((kept.offer for kept, _judged in rows if kept.offer_id == offer_id), None)
    return ListHistory(
        request=request,
        day=chosen,
        first_day=clock.to_berlin(rows[0][0].since).date() if rows else None,
        listed=tuple(home for home in then if home.rank is not None),
        missing=tuple(home for home in then if home.rank is None),
        changes=tuple(_changes(rows)),
        stays=tuple(_stays(rows, offer_id)) if asked else (),
        asked=asked,
    )


def _day_in(text: str) -> date:
    """No day to come; today for what is no day."""
    try:
        return min(date.fromisoformat(text), clock.today())
    except ValueError:
        return clock.today()


Rows = Sequence[tuple[KeptHome, JudgedHome]]


def _end_of(day: date) -> datetime:
    return min(clock.start_of_day(day + timedelta(days=1)), clock.now())


def _standing(rows: Rows, moment: datetime) -> list[HomeThen]:
    """All homes at that moment: the list in its order, then those that missed least."""
    there = {kept.offer_id: kept for kept, _judged in rows if kept.since <= moment and not _is_over(kept, moment)}
    judged_of = {kept.id: judged for kept, judged in rows}
    ordered = in_order((offer, judged_of[kept.id]) for offer, kept in there.items())
    return [
        HomeThen(there[offer], judged, None if judged["outlook"] == MISSES else place)
        for place, (offer, judged) in enumerate(ordered, start=1)
    ]


def _is_over(kept: KeptHome, moment: datetime) -> bool:
    return kept.until is not None and kept.until <= moment


def _changes(rows: Rows) -> list[ListChangeOfDay]:
    """Day by day; the first one is where the keeping began."""
    moments = sorted({kept.since for kept, _ in rows} | {kept.until for kept, _ in rows if kept.until})
    days: list[ListChangeOfDay] = []
    before: dict[str, HomeThen] = {}
    for day, of_day in groupby(moments, key=lambda moment: clock.to_berlin(moment).date()):
        after = {home.kept.offer_id: home for home in _standing(rows, list(of_day)[-1]) if home.rank is not None}
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
            )
        )
        before = after
    return [change for change in reversed(days) if change.entered or change.left or change.moved]


def _stays(rows: Rows, offer_id: str) -> list[Stay]:
    """Newest first, with the times between in which it was not there."""
    mine = [kept for kept, _judged in rows if kept.offer_id == offer_id]
    stays: list[Stay] = []
    for kept in mine:
        if stays and stays[-1].until and stays[-1].until < kept.since:
            stays.append(Stay(stays[-1].until, kept.since, None))
        home = next(home for home in _standing(rows, kept.since) if home.kept is kept)
        stays.append(Stay(kept.since, kept.until, home))
    if stays and stays[-1].until:
        stays.append(Stay(stays[-1].until, None, None))
    return stays[::-1]


def _used(value: JudgedValue) -> UsedValue:
    by_offer, language = value["side"] == "provider", spoken()
    criterion = HOMES.demand_criterion(value["key"]) if by_offer else HOMES.criterion(value["key"])
    return UsedValue(
        label=language.say(criterion.label),
        wanted=criterion.wanted_words(value["wanted"], language),
        found=told(criterion.fact, value["found"], language),
        grade=value["grade"],
        must=value["importance"] == "must",
        asked_by_offer=by_offer,
    )
