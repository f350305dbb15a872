"""Numbers, money and times look the German way."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from wohnberatung.web import filters


@pytest.fixture(autouse=True)
def german(app: Flask) -> Any:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda: filters.number(1234567.5), "1.234.567,5"),
        (lambda: filters.number(1234.5, 2), "1.234,50"),
        (lambda: filters.number(80, 0), "80"),
        (lambda: filters.number(0), "0"),
        (lambda: filters.euro(Decimal("1234.5")), "1.234,50\xa0€"),
        (lambda: filters.euro(-3), "-3\xa0€"),
        (lambda: filters.percent(0.73), "73\xa0%"),
        (lambda: filters.day(date(2026, 11, 2)), "02.11.2026"),
        (lambda: filters.day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)), "23.11.2026"),
        (lambda: filters.moment(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)), "01.07.2026, 14:05 Uhr"),
        (lambda: filters.moment(datetime(2026, 12, 1, 12, 5, tzinfo=UTC)), "01.12.2026, 13:05 Uhr"),
        (lambda: filters.yes_no(True), "ja"),
        (lambda: filters.yes_no(False), "nein"),
    ],
)
def test_values_are_shown(shown: Any, expected: str) -> None:
    assert shown() == expected


@pytest.mark.parametrize(
    "show", [filters.number, filters.euro, filters.percent, filters.day, filters.moment, filters.yes_no]
)
def test_what_is_not_known_is_said_so(show: Any) -> None:
    assert show(None) == "nicht bekannt"
