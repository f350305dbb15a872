"""Clocks change, years end, and a machine's clock is wrong for a while: daily work is done once on each of Dresden's
days."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from wohnberatung.core import clock
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic
from wohnberatung.jobs import services, worker

STEP = timedelta(minutes=20)


@pytest.fixture
def nights(monkeypatch):
    """On which days the nightly work was done."""
    done = Counter()
    # Between two and three there is no such hour on one day of the year, and on another it comes twice.
    sweep = Periodic("sweep", "Fegen", lambda _job: done.update([clock.today()]), at=time(2, 30))
    monkeypatch.setattr(services, "declared", lambda: iter([sweep]))
    return done


def plan():
    with transaction():
        services.plan()


def live(begin, days):
    """Let the worker look every few minutes; the days on the calendar that have passed."""
    moment, seen = begin, set()
    while moment < begin + timedelta(days=days):
        with time_machine.travel(moment, tick=False):
            worker.do_due()
            seen.add(clock.today())
        moment += STEP
    return seen


@pytest.mark.parametrize("begin", ["2027-03-26", "2027-10-29", "2028-02-27", "2026-12-30"])
def test_nightly_work_is_done_once_a_day_whatever_the_calendar_does(session, nights, begin, figure):
    # Midnight in Dresden, or an hour before.
    first = datetime.fromisoformat(begin).replace(hour=23, tzinfo=UTC) - timedelta(days=1)
    with time_machine.travel(first, tick=False):
        plan()
    days = sorted(live(first, 5))
    assert [nights[day] for day in days[1:-1]] == [1] * len(days[1:-1])
    figure(f"{len(days) - 2} days around {begin}, each once")


def test_a_clock_that_was_a_year_ahead_stops_nothing_when_it_is_right_again(session, nights):
    right = datetime(2027, 5, 10, 12, tzinfo=UTC)
    for moment in (right, right + timedelta(days=365), right):
        with time_machine.travel(moment, tick=False):
            plan()
            worker.do_due()
    nights.clear()
    days = sorted(live(right, 3))
    assert [nights[day] for day in days[1:]] == [1] * len(days[1:])


def test_a_running_worker_sees_that_the_clock_was_put_back(session, nights, monkeypatch):
    right, rounds = datetime(2027, 5, 10, 12, tzinfo=UTC), []
    monkeypatch.setattr(worker, "keep_working", lambda one_round, *_more: rounds.append(one_round))
    worker.work(None)
    for moment in (right, right + timedelta(days=365), right, right + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            rounds[0]()
    assert sum(nights.values()) == 2, "while it was wrong, and on the night after"
