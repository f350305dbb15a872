"""From hours on the wall to starts one can book, on the days the clocks change too. No database."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wohnberatung.appointments.openings import WAYS, Hours, Window, moment_of, span_of, starts, window, without
from wohnberatung.core.clock import to_berlin

ALL = frozenset(WAYS)
SPRING, AUTUMN, ORDINARY = date(2027, 3, 28), date(2027, 10, 31), date(2027, 1, 12)


def offered(day: date, begins: time, ends: time, way: str = "phone") -> list[str]:
    """Starts as the clock on the wall shows them."""
    windows = [window(day, Hours(begins, ends, ALL))]
    return [f"{to_berlin(span.starts_at):%H:%M}" for span in starts(windows, WAYS[way], lambda span: True)]


def test_a_morning_offers_a_start_every_half_hour() -> None:
    assert offered(ORDINARY, time(9), time(11)) == ["09:00", "09:30", "10:00", "10:30"]


def test_a_visit_needs_its_way_there_and_back_within_the_hours() -> None:
    assert offered(ORDINARY, time(9), time(12), "home") == ["09:30"]
    span = span_of(WAYS["home"], moment_of(ORDINARY, time(9, 30)))
    assert (span.busy_from, span.busy_until) == (
        moment_of(ORDINARY, time(9)),
        moment_of(ORDINARY, time(11, 45)),
    )
    assert len(span.quarters) == 11


def test_the_hour_left_out_in_spring_is_offered_to_nobody() -> None:
    assert offered(SPRING, time(1), time(4)) == ["01:00", "01:30", "03:00", "03:30"]


def test_the_hour_that_comes_twice_in_autumn_is_two_hours() -> None:
    assert offered(AUTUMN, time(2), time(3)) == ["02:00", "02:30", "02:00", "02:30"]
    windows = [window(AUTUMN, Hours(time(2), time(3), ALL))]
    moments = [span.starts_at for span in starts(windows, WAYS["phone"], lambda span: True)]
    assert len(set(moments)) == 4, "each is a moment of its own"


@pytest.mark.parametrize("day", [SPRING, AUTUMN, SPRING - timedelta(1), AUTUMN + timedelta(1)])
def test_nine_on_the_wall_is_nine_on_the_wall_around_the_change(day: date) -> None:
    assert offered(day, time(9), time(10)) == ["09:00", "09:30"]


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    assert offered(ORDINARY, time(23), time(0)) == ["23:00", "23:30"]
    assert window(SPRING, Hours(time(0), time(0), ALL)).ends - window(SPRING, Hours(time(0), time(0), ALL)).begins == (
        timedelta(hours=23)
    )


def test_a_time_left_out_is_what_the_clock_would_have_shown() -> None:
    assert moment_of(SPRING, time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_closed_stretches_are_cut_out() -> None:
    morning = window(ORDINARY, Hours(time(9), time(12), ALL))
    coffee = window(ORDINARY, Hours(time(10), time(10, 30), ALL))
    left = without([morning], [coffee])
    assert [(each.begins, each.ends) for each in left] == [
        (morning.begins, coffee.begins),
        (coffee.ends, morning.ends),
    ]
    assert without([morning], [window(ORDINARY, Hours(time(0), time(0), ALL))]) == []


def test_only_ways_of_the_window_are_offered() -> None:
    begins = moment_of(ORDINARY, time(9))
    phone_only = Window(begins, begins + timedelta(hours=2), frozenset({"phone"}))
    assert list(starts([phone_only], WAYS["office"], lambda span: True)) == []
