"""What a list was on a day, what changed when, and how one home stood all the time: for the office and the person."""

from dataclasses import dataclass
from datetime import date

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.dwellings.models import Offer
from wohnberatung.lists.services.asked_about import DayAnswer, answer_on, home_asked_about
from wohnberatung.lists.services.standing import (
    HomeThen,
    ListChangeOfDay,
    Stay,
    changes_of,
    end_of,
    rows_of,
    standing,
    stays_of,
)
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import load_request, load_request_by_token


@dataclass(frozen=True)
class ListHistory:
    """A request's list at the end of `day`; `changes` newest first. Of the one home asked about: `answer` is how it
    stood on the day, `stays` when it was among those kept. `typed` is what was asked for, whether it names a home or
    not."""

    request: HousingRequest
    day: date
    first_day: date | None
    listed: tuple[HomeThen, ...]
    missing: tuple[HomeThen, ...]
    changes: tuple[ListChangeOfDay, ...]
    typed: str
    asked: Offer | None
    answer: DayAnswer | None
    stays: tuple[Stay, ...]


def history_for_office(request_id: str, actor: Actor, day: str = "", home: str = "") -> ListHistory:
    """`day` as ISO 8601 writes it, today where it is none; `home` by its number or id. NotFound where there is no such
    request for this person, Forbidden for anybody but the office."""
    only_office(actor)
    return _history(load_request(request_id, actor), day, home)


def history_for_person(token: str, day: str = "", home: str = "") -> ListHistory:
    """For the holder of the secret link; NotFound for any other."""
    return _history(load_request_by_token(token), day, home)


def _history(request: HousingRequest, day: str, home: str) -> ListHistory:
    rows, chosen = rows_of(request), _day_in(day)
    then, asked = standing(rows, end_of(chosen)), home_asked_about(home)
    return ListHistory(
        request=request,
        day=chosen,
        first_day=clock.to_berlin(rows[0][0].since).date() if rows else None,
        listed=tuple(home for home in then if home.rank is not None),
        missing=tuple(home for home in then if home.rank is None),
        changes=tuple(changes_of(rows)),
        typed=home.strip()[:40],
        asked=asked,
        answer=answer_on(request, asked, chosen, rows) if asked and rows else None,
        stays=tuple(stays_of(rows, asked.id)) if asked else (),
    )


def _day_in(text: str) -> date:
    """No day to come; today for what is no day."""
    try:
        return min(date.fromisoformat(text), clock.today())
    except ValueError:
        return clock.today()
