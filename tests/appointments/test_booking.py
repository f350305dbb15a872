"""Free times, bookings, moving, cancelling; hours and single days."""

from datetime import date, time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from tests.appointments.cases import MONDAY, TUESDAY, actor_of, advisor_with_hours, at, booked
from tests.committed import committed
from tests.factories import advisor
from tests.people import make_user
from wohnberatung.appointments.models import Appointment, TakenQuarter
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services import my_appointment as mails
from wohnberatung.appointments.services.booking import Taken, book, cancel, content_of, erase, move
from wohnberatung.appointments.services.hours import add_hours, add_special_day, remove_hours, timetable
from wohnberatung.appointments.services.my_appointment import cancel_my_appointment, move_my_appointment, my_appointment
from wohnberatung.appointments.services.office import annotate, book_for, calendar, load_entry, move_for, take_step
from wohnberatung.appointments.services.slots import free_slots, next_free, public_slot, public_slots
from wohnberatung.appointments.steps import CAME, CANCEL, MISSED, RELEASE
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.core.holidays import holidays
from wohnberatung.core.steps import Party
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import read_mail
from wohnberatung.privacy import retention

carry_out = committed(retention.carry_out)
remind = committed(mails.remind)

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(at(8, day=MONDAY), tick=False):
        yield


def free(way="phone", user=None):
    slots = free_slots(WAYS[way], TUESDAY, TUESDAY, None if user is None else (user.id,))
    return [f"{to_berlin(slot.starts_at):%H:%M}" for slot in slots]


def taken(session):
    return session.scalar(select(func.count()).select_from(TakenQuarter))


def test_what_is_booked_is_not_free_any_more(session):
    user = advisor_with_hours()
    assert free() == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    booked(user, 10)
    assert free() == ["09:00", "09:30", "10:30", "11:00", "11:30"]
    assert free("home") == [], "no room for the way there and back"


def test_a_visit_keeps_its_advisor_busy_on_the_way(session):
    user = advisor_with_hours(ends=time(14))
    book("home", at(10), (user.id,), {})
    assert free() == ["09:00", "12:30", "13:00", "13:30"]
    assert free("home") == []


def test_whoever_has_the_emptiest_day_gets_the_appointment(session):
    busy, idle = advisor_with_hours(), advisor_with_hours()
    booked(busy, 9)
    (slot,) = [slot for slot in free_slots(WAYS["phone"], TUESDAY, TUESDAY) if slot.starts_at == at(11)]
    assert slot.user_ids == (idle.id, busy.id)
    first = book("phone", at(11), slot.user_ids, {}).appointment
    second = book("phone", at(11), slot.user_ids, {}).appointment
    assert (first.user_id, second.user_id) == (idle.id, busy.id)
    with pytest.raises(Taken):
        book("phone", at(11), slot.user_ids, {})


def test_strangers_book_from_tomorrow_until_in_six_weeks(session):
    advisor_with_hours(weekday=0)
    advisor_with_hours(weekday=1)
    days = sorted({slot.day for slot in public_slots(WAYS["phone"], MONDAY, MONDAY + timedelta(days=90))})
    assert (days[0], days[-1]) == (TUESDAY, MONDAY + timedelta(days=42))
    assert next_free()["phone"].starts_at == at(9)
    assert public_slot(WAYS["phone"], at(9, 10)) is None
    assert public_slot(WAYS["phone"], at(9)).day == TUESDAY


def test_a_day_off_and_a_holiday_close_and_an_extra_evening_opens(session):
    user, admin = advisor_with_hours(), actor_of(make_user("admin", "advisor"))
    me = actor_of(user)
    closed = {"is_open": False, "begins": None, "ends": None}
    add_special_day(user.id, day=TUESDAY, is_open=False, begins=time(9), ends=time(11), actor=me)
    assert free() == ["11:00", "11:30"]
    with pytest.raises(Forbidden):
        add_special_day(None, day=TUESDAY, actor=me, **closed)
    holiday = add_special_day(None, day=TUESDAY, actor=admin, **closed)
    assert free() == []
    assert holiday in timetable(user.id, me).special
    add_special_day(user.id, day=MONDAY, is_open=True, begins=time(17), ends=time(18), ways=["phone"], actor=me)
    assert len(free_slots(WAYS["phone"], MONDAY, MONDAY)) == 2


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [(time(12), time(9), "ends"), (time(9, 10), time(12), "begins"), (time(11), time(13), "begins")],
)
def test_hours_that_cannot_be_are_refused(session, begins, ends, field):
    user = advisor_with_hours()
    with pytest.raises(DomainError) as refused:
        add_hours(user.id, weekday=1, begins=begins, ends=ends, ways=["phone"], actor=actor_of(user))
    assert refused.value.field == field


def test_hours_of_others_are_theirs(session):
    user, other = advisor_with_hours(), actor_of(make_user("advisor"))
    row = timetable(user.id, actor_of(user)).weekly[0]
    with pytest.raises(Forbidden):
        timetable(user.id, other)
    with pytest.raises(NotFound):
        remove_hours(row.id, other)
    remove_hours(row.id, actor_of(user))
    assert free() == []


def test_content_is_sealed_and_the_link_leads_to_it(session):
    done = booked(advisor_with_hours(name="Frau Rat"), 9, concern="Das Bad")
    assert b"Erika" not in done.appointment.content
    assert content_of(done.appointment)["concern"] == "Das Bad"
    mine = my_appointment(done.token)
    assert (mine.advisor, mine.may_change, mine.gets_mails) == ("Frau Rat", True, True)
    with pytest.raises(NotFound):
        my_appointment(done.token[::-1])


def test_cancelling_by_link_frees_the_time_and_confirms_by_mail(session):
    done = booked(advisor_with_hours(), 9)
    with pytest.raises(Conflict):
        cancel_my_appointment(done.token, version=99)
    cancel_my_appointment(done.token, version=done.appointment.version)
    assert taken(session) == 0
    assert free()[0] == "09:00"
    mail = read_mail(session.scalars(select(OutgoingMail.id)).one())
    assert "abgesagt" in mail.subject
    assert "0351" not in mail.text
    with pytest.raises(DomainError):
        cancel_my_appointment(done.token, version=done.appointment.version)
    with pytest.raises(DomainError):
        move(done.appointment, at(11), (done.appointment.user_id,))
    assert taken(session) == 0


def test_moving_by_link_takes_the_new_time_and_frees_the_old(session):
    user = advisor_with_hours()
    done = booked(user, 9)
    move_my_appointment(done.token, at(11), version=done.appointment.version)
    assert free() == ["09:00", "09:30", "10:00", "10:30", "11:30"]
    booked(user, 10)
    with pytest.raises(Taken):
        move_my_appointment(done.token, at(10), version=done.appointment.version)
    assert done.appointment.starts_at == at(11)
    assert taken(session) == 4


def test_what_looks_like_spam_takes_no_time_until_a_person_lets_it(session):
    user = advisor_with_hours()
    held = book("phone", at(9), (user.id,), {"email": "a@example.org"}, held_for=HoldReason.TOO_FAST).appointment
    assert taken(session) == 0
    entry = load_entry(held.id, advisor())
    take_step(entry, RELEASE, version=held.version, actor=advisor())
    assert (held.state, taken(session)) == ("booked", 2)
    late = book("phone", at(9), (user.id,), {}, held_for=HoldReason.SAME_TEXT).appointment
    with pytest.raises(Taken):
        take_step(load_entry(late.id, advisor()), RELEASE, version=late.version, actor=advisor())
    assert (late.state, taken(session)) == ("held", 2)


def test_the_office_books_outside_the_hours_but_never_twice(session):
    user, office = advisor_with_hours(), advisor()
    row = book_for(way="home", starts_at=at(18), user_id=user.id, content={}, actor=office)
    assert [entry.appointment for entry in calendar(office, TUESDAY, TUESDAY)] == [row]
    with pytest.raises(Taken):
        book_for(way="phone", starts_at=at(17, 45), user_id=user.id, content={}, actor=office)
    with pytest.raises(DomainError):
        book_for(way="phone", starts_at=at(7, day=MONDAY), user_id=user.id, content={}, actor=office)
    take_step(load_entry(row.id, office), CANCEL, version=row.version, actor=office)
    assert taken(session) == 0


@pytest.mark.parametrize(
    ("booked_way", "way", "hour", "minute", "said"),
    [
        # A visit ends at 19:30; then the way back and notes keep its advisor busy until 20:15.
        ("home", "phone", 17, 15, "Fahrzeit"),
        ("home", "home", 20, 0, "Fahrzeit"),
        ("phone", "home", 18, 30, "Fahrzeit"),
        ("office", "phone", 18, 45, "Nachbereitung"),
        ("home", "phone", 19, 15, "schon ein Termin: Hausbesuch von 18:00 bis 19:30 Uhr"),
        ("phone", "home", 17, 0, "schon ein Termin: Telefon von 18:00 bis 18:30 Uhr"),
    ],
)
def test_what_is_in_the_way_is_said_as_it_is(session, booked_way, way, hour, minute, said):
    user, office = advisor_with_hours(), advisor()
    book_for(way=booked_way, starts_at=at(18), user_id=user.id, content={"name": "Geheim"}, actor=office)
    with pytest.raises(Taken) as refused:
        book_for(way=way, starts_at=at(hour, minute), user_id=user.id, content={}, actor=office)
    assert said in refused.value.message
    assert "Geheim" not in refused.value.message
    other = book_for(way=way, starts_at=at(8), user_id=user.id, content={}, actor=office)
    entry = load_entry(other.id, office)
    with pytest.raises(Taken) as moved:
        move_for(entry, at(hour, minute), user.id, version=other.version, actor=office)
    assert said in moved.value.message


HOLIDAYS = {
    2026: "01.01. 03.04. 06.04. 01.05. 14.05. 25.05. 03.10. 31.10. 18.11. 25.12. 26.12.",
    2027: "01.01. 26.03. 29.03. 01.05. 06.05. 17.05. 03.10. 31.10. 17.11. 25.12. 26.12.",
    # Easter as late as it can be, and Ascension on the Day of Labour.
    2038: "01.01. 23.04. 26.04. 01.05. 03.06. 14.06. 03.10. 31.10. 17.11. 25.12. 26.12.",
    2008: "01.01. 21.03. 24.03. 01.05. 12.05. 03.10. 31.10. 19.11. 25.12. 26.12.",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_holidays_of_saxony(year):
    assert " ".join(f"{day:%d.%m.}" for day in sorted(holidays(year))) == HOLIDAYS[year]


@pytest.mark.parametrize("day", [date(2027, 5, 6), date(2027, 5, 17), date(2027, 11, 17), date(2027, 10, 31)])
def test_holidays_close_by_themselves_but_not_for_hours_of_that_very_day(session, day):
    user = advisor_with_hours(weekday=day.weekday())
    assert free_slots(WAYS["phone"], day, day) == []
    before = day - timedelta(weeks=1)
    assert free_slots(WAYS["phone"], before, before) != []
    add_special_day(
        user.id, day=day, is_open=True, begins=time(17), ends=time(18), ways=["phone"], actor=actor_of(user)
    )
    assert len(free_slots(WAYS["phone"], day, day)) == 2


def test_two_who_write_a_note_at_once_see_both(session):
    entry = load_entry(booked(advisor_with_hours(), 9).appointment.id, advisor())
    version = entry.appointment.version
    annotate(entry, {"note": "Bringt Sohn mit"}, version=version, actor=advisor())
    with pytest.raises(Conflict) as conflict:
        annotate(
            load_entry(entry.appointment.id, advisor()), {"note": "Kommt allein"}, version=version, actor=advisor()
        )
    assert conflict.value.current["Eigene Notiz"] == "Bringt Sohn mit"
    assert conflict.value.submitted["Eigene Notiz"] == "Kommt allein"


def test_whether_somebody_came_is_known_only_afterwards(session):
    row = booked(advisor_with_hours(), 9).appointment
    with pytest.raises(DomainError):
        take_step(load_entry(row.id, advisor()), MISSED, version=row.version, actor=advisor())
    with time_machine.travel(at(10), tick=False):
        take_step(load_entry(row.id, advisor()), MISSED, version=row.version, actor=advisor())
        take_step(load_entry(row.id, advisor()), CAME, version=row.version, actor=advisor())
    assert row.state == "attended"


def test_a_reminder_is_sent_once_the_day_before(session):
    user = advisor_with_hours()
    booked(user, 9, day=TUESDAY + timedelta(days=7))
    cancel(booked(user, 10, day=TUESDAY + timedelta(days=7)).appointment, Party.SEEKER)
    assert remind() == 0
    with time_machine.travel(at(8, day=MONDAY + timedelta(days=7)), tick=False):
        assert [remind(), remind()] == [1, 0]
    mail = read_mail(session.scalars(select(OutgoingMail.id)).one())
    assert "Dienstag, 19. Januar 2027" in mail.text
    assert "09:00 Uhr" in mail.text


def test_appointments_are_deleted_half_a_year_later(session):
    kept, gone = booked(advisor_with_hours(), 10).appointment, booked(advisor_with_hours(), 9).appointment
    kept.legal_hold = True
    with pytest.raises(DomainError):
        erase(kept)
    (rule,) = [rule for rule in retention.rules() if rule.key == "appointments_over"]
    with time_machine.travel(at(9, day=TUESDAY + timedelta(days=184)), tick=False):
        assert carry_out(rule).count == 1
    assert session.scalars(select(Appointment.id)).all() == [kept.id]
    assert gone.person_key.wrapped is None


@pytest.mark.parametrize("nobody", ["x", "", "txyj55cuuz2w3rcsvuw2zoum5a"])
def test_nobody_has_no_hours(session, nobody):
    admin = actor_of(make_user("admin", "advisor"))
    with pytest.raises(NotFound):
        add_special_day(nobody, day=TUESDAY, is_open=False, begins=None, ends=None, actor=admin)
    with pytest.raises(NotFound):
        add_hours(nobody, weekday=0, begins=time(9), ends=time(11), ways=["phone"], actor=admin)
    with pytest.raises(NotFound):
        timetable(nobody, admin)
