"""Free times: what the opening hours allow and nobody has taken yet."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from wohnberatung.appointments.models import TakenQuarter
from wohnberatung.appointments.openings import WAYS, Span, Way, span_of, starts
from wohnberatung.appointments.services.hours import advisors, windows_of
from wohnberatung.core import clock
from wohnberatung.core.clock import to_berlin
from wohnberatung.extensions import db

# Strangers book from tomorrow until in six weeks.
NOTICE = timedelta(hours=18)
HORIZON = timedelta(weeks=6)


@dataclass(frozen=True)
class Slot:
    """A start in one way of meeting, and who could take it, the one with the emptiest day first."""

    way: Way
    starts_at: datetime
    user_ids: tuple[str, ...]

    @property
    def day(self) -> date:
        return to_berlin(self.starts_at).date()

    @property
    def wall(self) -> str:
        """The moment as the clock on the wall shows it, ISO without a zone."""
        return to_berlin(self.starts_at).replace(tzinfo=None).isoformat(timespec="minutes")


def bookable_days() -> tuple[date, date]:
    """The first and the last day that a stranger may book."""
    now = clock.now()
    return to_berlin(now + NOTICE).date(), to_berlin(now + HORIZON).date()


def free_slots(
    way: Way, first: date, last: date, user_ids: Collection[str] | None = None, *, not_before: datetime | None = None
) -> list[Slot]:
    """Free starts from first to last day in order, of these advisors or of all."""
    people = [user.id for user in advisors()] if user_ids is None else list(user_ids)
    taken = _taken(first, last, people)
    found: dict[datetime, list[str]] = {}
    for user_id, days in windows_of(first, last, people).items():
        is_free = _apart_from(taken[user_id])
        for windows in days.values():
            for span in starts(windows, way, is_free):
                if not_before is None or span.starts_at >= not_before:
                    found.setdefault(span.starts_at, []).append(user_id)
    return [Slot(way, moment, _emptiest(found[moment], moment, taken)) for moment in sorted(found)]


def public_slots(way: Way, first: date, last: date) -> list[Slot]:
    """What a stranger may book between these days, both within `bookable_days`."""
    from_day, until_day = bookable_days()
    return free_slots(way, max(first, from_day), min(last, until_day), not_before=clock.now() + NOTICE)


def public_slot(way: Way, starts_at: datetime) -> Slot | None:
    """The one slot at that moment, None where it is not (or no longer) free."""
    day = to_berlin(starts_at).date()
    return next((slot for slot in public_slots(way, day, day) if slot.starts_at == starts_at), None)


def next_free() -> dict[str, Slot | None]:
    """The first free time of each way of meeting, None where there is none within reach."""
    first, last = bookable_days()
    return {key: next(iter(public_slots(way, first, last)), None) for key, way in WAYS.items()}


def is_free(user_id: str, span: Span) -> bool:
    """Whether the advisor has nothing else, whatever the opening hours say."""
    query = select(func.count()).where(TakenQuarter.user_id == user_id, TakenQuarter.quarter.in_(span.quarters))
    return not db.session.scalar(query)


def _apart_from(quarters: frozenset[int]) -> Callable[[Span], bool]:
    return lambda span: quarters.isdisjoint(span.quarters)


def _taken(first: date, last: date, user_ids: Collection[str]) -> dict[str, frozenset[int]]:
    day = timedelta(days=1)
    low = span_of(WAYS["phone"], clock.start_of_day(first) - day).quarters.start
    high = span_of(WAYS["phone"], clock.start_of_day(last) + 2 * day).quarters.stop
    query = select(TakenQuarter.user_id, TakenQuarter.quarter).where(
        TakenQuarter.user_id.in_(user_ids), TakenQuarter.quarter.between(low, high)
    )
    found: dict[str, set[int]] = {user_id: set() for user_id in user_ids}
    for user_id, quarter in db.session.execute(query):
        found[user_id].add(quarter)
    return {user_id: frozenset(quarters) for user_id, quarters in found.items()}


def _emptiest(user_ids: list[str], moment: datetime, taken: dict[str, frozenset[int]]) -> tuple[str, ...]:
    midnight = clock.start_of_day(to_berlin(moment).date())
    number = span_of(WAYS["phone"], midnight).quarters.start
    # A day has at most 100 quarters, the long one in autumn included.
    today = range(number, number + 100)
    return tuple(sorted(user_ids, key=lambda user_id: (len(taken[user_id].intersection(today)), user_id)))
