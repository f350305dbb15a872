"""The only place that asks for the time, so that tests can travel and zones stay in one place."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment, aware, in UTC: what is stored."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Berlin: what deadlines and forms mean by "today"."""
    return now().astimezone(BERLIN).date()


def to_berlin(moment: datetime) -> datetime:
    """The same moment as a person in Dresden reads it from the clock."""
    return moment.astimezone(BERLIN)


def start_of_day(day: date) -> datetime:
    """Local midnight at the start of ``day``, in UTC; right on the days the clocks change too."""
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
