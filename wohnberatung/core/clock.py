"""The only place that asks for the time, so that tests can travel and zones stay in one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
_PUT_BACK = ContextVar("put_back", default=timedelta())


def now() -> datetime:
    """The present moment, aware, in UTC: what is stored."""
    return datetime.now(UTC) - _PUT_BACK.get()


@contextmanager
def put_back(span: timedelta) -> Iterator[None]:
    """What is done inside was done so long ago: for the invented past of the demo, and nothing else."""
    token = _PUT_BACK.set(span)
    try:
        yield
    finally:
        _PUT_BACK.reset(token)


def today() -> date:
    """The calendar day in Berlin: what deadlines and forms mean by "today"."""
    return now().astimezone(BERLIN).date()


def to_berlin(moment: datetime) -> datetime:
    """The same moment as a person in Dresden reads it from the clock."""
    return moment.astimezone(BERLIN)


def start_of_day(day: date) -> datetime:
    """Local midnight at the start of ``day``, in UTC; right on the days the clocks change too."""
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
