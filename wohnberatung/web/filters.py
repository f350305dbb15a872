"""How numbers, money and times look to a person, the way of the language, times in Berlin; and moments and days as they
stand in addresses."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, abort
from flask_babel import format_date, format_decimal, format_percent, gettext

from wohnberatung.bridge.wording import money
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.languages import current_language

Number = int | float | Decimal


def number(value: Number | None, decimals: int | None = None) -> str:
    """``1234.5`` → ``1.234,5``; with ``decimals`` exactly that many places."""
    if value is None:
        return unknown()
    if decimals is None:
        return str(format_decimal(value))
    return str(format_decimal(value, format="#,##0" + ("." + "0" * decimals if decimals else "")))


def euro(value: Number | None) -> str:
    """``1234.5`` → ``1.234,50 €``, in English ``€1,234.50`` (with a space that does not break); whole amounts
    without cents."""
    return unknown() if value is None else money(float(value)).replace(" ", "\xa0")


def percent(value: Number | None) -> str:
    """A share from 0 to 1 → ``73 %``."""
    return unknown() if value is None else str(format_percent(value))


def file_size(value: int) -> str:
    """``1.2 MB``, never nothing."""
    return gettext("%(size)s MB", size=number(max(value / 1024**2, 0.1), 1))


def day(value: date | datetime | None) -> str:
    """``22.11.2026``, in English ``22 November 2026``: the day in Berlin."""
    if value is None:
        return unknown()
    local = to_berlin(value) if isinstance(value, datetime) else value
    return f"{local:{current_language().day_format}}"


def moment(value: datetime | None) -> str:
    """``22.11.2026, 14:05 Uhr``."""
    if value is None:
        return unknown()
    local = to_berlin(value)
    return gettext("%(day)s, %(time)s Uhr", day=day(value), time=f"{local:%H:%M}")


def long_day(value: date | datetime) -> str:
    """``Sonntag, 22. November 2026``, the day in Berlin."""
    return str(format_date(to_berlin(value).date() if isinstance(value, datetime) else value, "full", rebase=False))


def month(value: date) -> str:
    """``November 2026``."""
    return str(format_date(value, "LLLL y"))


def time_of_day(value: datetime) -> str:
    """``14:05 Uhr`` in Berlin."""
    return gettext("%(time)s Uhr", time=f"{to_berlin(value):%H:%M}")


def machine_time(value: date | datetime) -> str:
    """For the ``datetime`` attribute of ``<time>``."""
    return value.isoformat()


def yes_no(value: bool | None) -> str:
    if value is None:
        return unknown()
    return gettext("ja") if value else gettext("nein")


def unknown() -> str:
    return gettext("nicht bekannt")


_WRITTEN = "%Y%m%dT%H%MZ"


def slot_word(moment: datetime) -> str:
    """In UTC, so that it means one moment on every day of the year."""
    return moment.astimezone(UTC).strftime(_WRITTEN)


def moment_in(word: str) -> datetime:
    """The moment again; 404 for what is none."""
    try:
        return datetime.strptime(word, _WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        abort(404)


def read_day(text: str) -> date:
    """A day of a query, ISO. For ``request.args.get(…, type=read_day)``, where ValueError means "not given"."""
    day = date.fromisoformat(text)
    if not 2000 <= day.year <= 2100:
        raise ValueError("no day that somebody means")
    return day


def read_wall(text: str) -> datetime:
    """A moment on the wall clock in a query, such as 2026-12-01T09:30; ValueError as above."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def install(app: Flask) -> None:
    times = (day, moment, long_day, month, time_of_day, machine_time, slot_word)
    filters: tuple[Any, ...] = (number, euro, percent, yes_no, file_size, *times)
    app.jinja_env.filters.update({function.__name__: function for function in filters})
