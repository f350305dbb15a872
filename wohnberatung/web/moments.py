"""Moments and days as they stand in addresses."""

from datetime import UTC, date, datetime

from flask import Flask, abort

_WRITTEN = "%Y%m%dT%H%MZ"


def install(app: Flask) -> None:
    app.add_template_filter(slot_word)


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
