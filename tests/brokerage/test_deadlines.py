"""What happens to proposals by itself, and when: on local midnight, once."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from tests.brokerage.cases import asked, home, mails, offered, reviewed, steps_of
from tests.brokerage.ways import on_the_way
from tests.committed import committed
from tests.factories import advisor
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services import deadlines
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance, match_sheet, record_answer
from wohnberatung.brokerage.services.proposals import answer
from wohnberatung.commands import WORDS
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import LeftUndone
from wohnberatung.dwellings.services.offers import withdraw_offer
from wohnberatung.seekers.services.consents import withdraw_consent

keep_deadlines = committed(deadlines.keep_deadlines)

NOTHING = dict.fromkeys(WORDS, 0)


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=BERLIN), tick=False)


@pytest.mark.parametrize(
    ("begun", "last_day"),
    [
        ((2026, 11, 22, 0, 5), date(2026, 12, 2)),
        ((2026, 11, 22, 23, 55), date(2026, 12, 2)),
        # The clocks change in between.
        ((2026, 10, 20, 12, 0), date(2026, 10, 30)),
        ((2027, 3, 22, 23, 30), date(2027, 4, 1)),
        ((2026, 12, 25, 12, 0), date(2027, 1, 4)),
        ((2028, 2, 20, 12, 0), date(2028, 3, 1)),
    ],
)
def test_the_last_day_is_a_whole_day_in_berlin(session, begun, last_day):
    with at(*begun):
        match = offered()
    assert match.last_day == last_day
    assert match.due_at == clock.start_of_day(last_day + timedelta(days=1))
    with time_machine.travel(match.due_at - timedelta(seconds=1), tick=False):
        assert keep_deadlines()["expire"] == 0
    with time_machine.travel(match.due_at, tick=False):
        assert keep_deadlines()["expire"] == 1


# What begins each of them, and the step that its end is.
TIMERS = (
    (("offer", "interested", "share", "present"), "unanswered"),
    (("offer", "interested", "hold"), "resume"),
    (("offer", "later"), "wake"),
)
# In each quarter of a year; in two of them the clocks change before anything is due.
SEASONS = (date(2026, 10, 24), date(2026, 12, 24), date(2027, 3, 27), date(2027, 6, 30))


@pytest.mark.parametrize("begun", SEASONS, ids=str)
def test_through_a_year_every_timer_goes_off_once_at_midnight_on_the_wall(session, begun):
    for way, key in TIMERS:
        with at(begun.year, begun.month, begun.day, 12):
            match = on_the_way(*way)
        assert clock.to_berlin(match.due_at).time() == time()
        with time_machine.travel(match.due_at - timedelta(seconds=1), tick=False):
            assert keep_deadlines()[key] == 0
        with time_machine.travel(match.due_at, tick=False):
            assert (keep_deadlines()[key], keep_deadlines()[key]) == (1, 0)
        assert match.events[-1].step == key


def test_a_person_is_reminded_once_two_days_before(session):
    with at(2026, 11, 22, 12):
        match = offered()
        due = match.due_at
    with at(2026, 11, 30, 23, 59):
        assert keep_deadlines() == NOTHING
    with at(2026, 12, 1, 6):
        assert keep_deadlines() == {**NOTHING, "remind": 1}
        assert keep_deadlines() == NOTHING
    assert (match.state, match.due_at, len(mails())) == ("offered", due, 2)
    assert match.events[-1].told == ["seeker"]
    assert "02.12.2026" in mails()[-1].text


def test_who_does_not_answer_is_told_nothing_more_and_can_be_asked_again(session):
    with at(2026, 11, 22, 12):
        match = offered()
    with at(2026, 12, 3, 6):
        assert keep_deadlines() == {**NOTHING, "expire": 1}
        assert keep_deadlines() == NOTHING
        assert (match.state, match.events[-1].reason, match.events[-1].party) == ("expired", "no_answer", "system")
        advance(match.id, "review", advisor())
        advance(match.id, "offer", advisor())
        assert (match.state, match.reminded_at, match.last_day) == ("offered", None, date(2026, 12, 13))


def test_later_comes_back_to_the_office_on_the_day(session):
    submitted = asked()
    with at(2026, 11, 22, 12):
        match = offered(submitted)
        answer(submitted.token, match.id, "later", version=match.version, given=Given(until=date(2026, 12, 20)))
    with at(2026, 12, 19, 23, 59):
        assert keep_deadlines() == NOTHING
    with at(2026, 12, 20, 0, 1):
        assert keep_deadlines() == {**NOTHING, "wake": 1}
    assert (match.state, match.last_day) == ("under_review", date(2026, 12, 27))


@pytest.mark.parametrize(
    ("key", "first", "second", "last_day"),
    [
        ("later", Given(until=date(2026, 12, 20)), Given(until=date(2027, 1, 10)), date(2027, 1, 9)),
        ("declined", Given("area"), Given("doors"), date(2026, 12, 5)),
        ("help_wanted", Given(note="Bitte anrufen"), Given(note="Bitte nach 16 Uhr anrufen"), date(2026, 12, 5)),
    ],
)
def test_the_same_answer_given_anew_on_the_telephone_replaces_the_first(session, key, first, second, last_day):
    with at(2026, 11, 22, 12):
        match = offered()
        record_answer(match.id, key, advisor(), version=match.version, given=first)
    with at(2026, 11, 30, 12):
        record_answer(match.id, key, advisor(), version=match.version, given=second)
    assert (match.state, match.reason, match.last_day) == (key, second.reason, last_day)
    assert match.reminded_at is None


def test_a_home_that_is_gone_is_told_to_whoever_saw_it(session):
    offer = home()
    seen, unseen = offered(offer=offer), reviewed(offer=offer)
    withdraw_offer(offer)
    session.commit()
    assert keep_deadlines() == {**NOTHING, "preempt": 2}
    assert (seen.state, unseen.state) == ("preempted", "preempted")
    assert len(mails()) == 2


def test_who_took_back_the_consent_is_not_reminded(session):
    submitted = asked()
    with at(2026, 11, 22, 12):
        match = offered(submitted)
        withdraw_consent(submitted.request, "matching")
    with at(2026, 12, 1, 6):
        assert keep_deadlines() == NOTHING
    assert steps_of(match)[-1] == "end"


def test_the_office_is_shown_what_is_overdue_and_nothing_ends_by_itself(session):
    with at(2026, 11, 22, 12):
        match = reviewed()
    with at(2026, 12, 24, 12):
        assert keep_deadlines() == NOTHING
        assert match_sheet(match.id, advisor()).match.is_overdue


def test_one_refused_reminder_stops_no_other_deadline(session, monkeypatch):
    with at(2026, 11, 22, 12):
        refused, other = offered(), offered()
        refused_id, other_id = refused.id, other.id

    def take(match, *args, original=deadlines.take, **kwargs):
        result = original(match, *args, **kwargs)
        if match.id == refused_id:
            raise DomainError("Frau Geheim will nicht.")
        return result

    monkeypatch.setattr(deadlines, "take", take)
    with at(2026, 12, 1, 6), pytest.raises(LeftUndone) as left:
        keep_deadlines()
    assert left.value.count == 1
    assert "Geheim" not in left.value.message
    found = {
        match_id: session.get(BrokeredMatch, match_id).reminded_at is not None for match_id in (refused_id, other_id)
    }
    assert found == {refused_id: False, other_id: True}
