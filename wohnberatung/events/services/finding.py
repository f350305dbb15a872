"""What takes place, for everybody: dates of events and those to which groups of projects invite, in one list. A group
enters its dates once, on its own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.core import clock
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.core.place_sections import SHOWN_OF_PLACE
from wohnberatung.events.kinds import EventTopic
from wohnberatung.events.models import EventDate, EventState, PublicEvent
from wohnberatung.extensions import db
from wohnberatung.projects.models import ProjectDate
from wohnberatung.projects.services.meetings import dates_for_everybody
from wohnberatung.projects.services.projects import projects_in

YES, PROVEN = "ja", "sicher"
THIS_WEEK, NEXT_WEEK, FOUR_WEEKS = "diese", "naechste", "vier"
EVENT_PAGE = "events.show_event"
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class DateQuery:
    """What is asked; empty where it does not matter. `way_in` is `ja` with the unknown, `sicher` without."""

    place: CityPlace | None = None
    topic: str = ""
    week: str = ""
    way_in: str = ""
    signed: bool = False


@dataclass(frozen=True)
class ListedDate:
    """One date as a list shows it, and the page it leads to. `is_step_free` is None where nobody has said; `inviting`
    is who invites, empty for the office."""

    key: str
    title: str
    topic: EventTopic
    inviting: str
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    place: CityPlace | None
    address: str
    is_step_free: bool | None
    signed: bool
    registers: bool
    endpoint: str
    values: Mapping[str, str]


def find_dates(query: DateQuery, number: int = 1, size: int = PAGE_SIZE) -> Page[ListedDate]:
    """The next first."""
    found = _found(query)
    return Page(found[(number - 1) * size : number * size], number, size, len(found))


@dataclass(frozen=True)
class DatesOfPlace:
    """The next dates in a neighbourhood, and how many more there are."""

    dates: list[ListedDate]
    more: int


def dates_in(code: str) -> DatesOfPlace | None:
    """Events in this neighbourhood; None where there is none. Dates of projects stand with the projects there."""
    place = place_of(code)
    found = [each for each in _found(DateQuery(place=place)) if each.endpoint == EVENT_PAGE and each.place]
    return DatesOfPlace(found[:SHOWN_OF_PLACE], max(len(found) - SHOWN_OF_PLACE, 0)) if found else None


def _found(query: DateQuery) -> list[ListedDate]:
    dates = [*map(_of_event, _event_dates()), *_project_dates(query)]
    return sorted((each for each in dates if _passes(each, query)), key=lambda each: (each.starts_at, each.key))


def _event_dates() -> list[EventDate]:
    query = select(EventDate).join(EventDate.event)
    options = contains_eager(EventDate.event).options(joinedload(PublicEvent.organisation))
    shown = (PublicEvent.state == EventState.PUBLISHED) & (EventDate.ends_at > clock.now())
    return list(db.session.scalars(query.options(options).where(shown)))


def _project_dates(query: DateQuery) -> list[ListedDate]:
    """A project says of no room where it lies: with a place, those that offer something there."""
    dates = dates_for_everybody()
    if query.place and dates:
        there = {project.id for project in projects_in(query.place.code)}
        dates = [each for each in dates if each.project_id in there]
    return [_of_project(each, query.place) for each in dates]


def _passes(each: ListedDate, query: DateQuery) -> bool:
    if query.place and each.place not in (query.place, None):
        return False
    if query.topic and each.topic != query.topic:
        return False
    if query.signed and not each.signed:
        return False
    if query.way_in and not (each.is_step_free or (query.way_in == YES and each.is_step_free is None)):
        return False
    first, after = _weeks(query.week)
    day = to_berlin(each.starts_at).date()
    return first <= day and (after is None or day < after)


def _weeks(asked: str) -> tuple[date, date | None]:
    """First day and the day after the last; no end where any week will do."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    known = {
        THIS_WEEK: (monday, monday + WEEK),
        NEXT_WEEK: (monday + WEEK, monday + 2 * WEEK),
        FOUR_WEEKS: (monday, monday + 4 * WEEK),
    }
    return known.get(asked, (date.min, None))


def _of_event(row: EventDate) -> ListedDate:
    event = row.event
    return ListedDate(
        key=row.id,
        title=event.title,
        topic=event.topic,
        inviting=event.organisation.name if event.organisation else "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_off=row.is_off,
        place=place_of(event.place),
        address=event.address,
        is_step_free=event.is_step_free,
        signed=event.has_sign_language,
        registers=event.registers,
        endpoint=EVENT_PAGE,
        values={"event_id": event.id},
    )


def _of_project(row: ProjectDate, place: CityPlace | None) -> ListedDate:
    return ListedDate(
        key=row.id,
        title=row.title,
        topic=EventTopic.HOUSING,
        inviting=row.project.name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_off=row.called_off,
        place=place,
        address=row.place,
        is_step_free=None,
        signed=False,
        registers=False,
        endpoint="projects.show_project",
        values={"project_id": row.project_id},
    )
