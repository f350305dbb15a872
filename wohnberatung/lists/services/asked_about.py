"""Why one home was not proposed on a day: as the kept list says, or, for a home that stood on none, judged again from
what was known of it and of the request then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from matching.ranking import match_of
from wohnberatung.bridge.frames import read_supply
from wohnberatung.core import clock
from wohnberatung.dwellings.models import Offer, OfferStatus
from wohnberatung.dwellings.services.listings import offer_by_number
from wohnberatung.lists.models import JudgedHome
from wohnberatung.lists.services.judging import UsedValue, judged_home, musts_missed, values_used
from wohnberatung.lists.services.keeping import LISTED
from wohnberatung.lists.services.looking_back import StandingOffer, asked_at, row_at, standings_of, stood_at
from wohnberatung.lists.services.ordering import MISSES, in_order
from wohnberatung.lists.services.standing import KeptRows, end_of, standing
from wohnberatung.seekers.models import HousingRequest


class Why(StrEnum):
    """How a home stood on a day: it did `not_yet` exist, could not be had (`not_offered`), there was `no_list` for the
    request, it stood on the list (`listed`), `missed` a must, suited but others stood `ahead` of it, or was on offer
    and suited `in_between`, for less time than lists are kept."""

    NOT_YET = "not_yet"
    NOT_OFFERED = "not_offered"
    NO_LIST = "no_list"
    LISTED = "listed"
    MISSED = "missed"
    AHEAD = "ahead"
    IN_BETWEEN = "in_between"


@dataclass(frozen=True)
class DayAnswer:
    """How one home stood on a day, in the values of that day. `since` and `until` tell when it came or went on that
    very day; `others` is how many stood ahead of it, and `last` the score of the last of those."""

    why: Why
    status: OfferStatus | None = None
    judged: JudgedHome | None = None
    rank: int | None = None
    last: float | None = None
    others: int = 0
    since: datetime | None = None
    until: datetime | None = None
    is_recomputed: bool = False

    @property
    def used(self) -> list[UsedValue]:
        return values_used(self.judged) if self.judged else []

    @property
    def missed(self) -> list[UsedValue]:
        """The musts that kept it off the list."""
        return musts_missed(self.judged) if self.judged else []

    @property
    def lacking(self) -> list[UsedValue]:
        """What cost it its place where it missed no must."""
        return [value for value in self.used if value.grade != "met"]


def home_asked_about(typed: str) -> Offer | None:
    """By its number or id; None where there is none that was ever shown to anybody."""
    offer = offer_by_number(typed) if typed.strip() else None
    return offer if offer is not None and offer.published_at is not None else None


def answer_on(request: HousingRequest, offer: Offer, day: date, rows: KeptRows) -> DayAnswer:
    """How the home stood at the end of that day, or when it was last on offer on it."""
    standings = standings_of([offer.id]).get(offer.id, [])
    begun, ended = clock.start_of_day(day), end_of(day)
    offered = _last_offered(standings, begun, ended)
    if offered is None:
        stood = stood_at(standings, ended)
        return DayAnswer(Why.NOT_OFFERED, stood.spell.status) if stood else DayAnswer(Why.NOT_YET)
    moment = ended
    if offered.until is not None and offered.until <= ended:
        moment = offered.until - timedelta(microseconds=1)
    answer = _judged_at(request, offer, offered, moment, rows)
    came = offered.since if offered.since >= begun else None
    went = offered.until if offered.until is not None and offered.until <= ended else None
    return replace(answer, since=came, until=went)


def _last_offered(standings: Sequence[StandingOffer], begun: datetime, ended: datetime) -> StandingOffer | None:
    there = [
        each for each in standings if each.on_offer and each.since <= ended and (not each.until or each.until > begun)
    ]
    return there[-1] if there else None


def _judged_at(
    request: HousingRequest, offer: Offer, offered: StandingOffer, moment: datetime, rows: KeptRows
) -> DayAnswer:
    there = standing(rows, moment)
    kept = next((home for home in there if home.kept.offer_id == offer.id), None)
    if kept is not None:
        why = Why.MISSED if kept.rank is None else Why.LISTED
        return DayAnswer(why, judged=kept.judged, rank=kept.rank)
    asked = asked_at(request, moment) if there else None
    if asked is None:
        return DayAnswer(Why.NO_LIST)
    supply = read_supply()
    supply.frame.replace([row_at(offer.id, offered.spell, moment)])
    judged = judged_home(match_of(asked, supply.frame, offer.id, texts=supply.texts))
    if judged["outlook"] == MISSES:
        return DayAnswer(Why.MISSED, judged=judged, is_recomputed=True)
    listed = [(home.kept.offer_id, home.judged) for home in there if home.rank is not None]
    place = [each for each, _judged in in_order([*listed, (offer.id, judged)])].index(offer.id)
    if len(listed) < LISTED or place < LISTED:
        return DayAnswer(Why.IN_BETWEEN, judged=judged, rank=place + 1, is_recomputed=True)
    last = listed[LISTED - 1][1]["score"]
    return DayAnswer(Why.AHEAD, judged=judged, others=len(listed), last=last, is_recomputed=True)
