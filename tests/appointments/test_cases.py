"""Appointments of a case: in its timeline, kept and erased with it, hidden from those who may not open it."""

import pytest
import time_machine
from sqlalchemy import select

from tests.appointments.cases import MONDAY, TUESDAY, actor_of, advisor_with_hours, at, booked
from tests.cases.factories import make_case
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.appointments.models import Appointment
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services.booking import content_of
from wohnberatung.appointments.services.hours import unusual
from wohnberatung.appointments.services.my_appointment import my_appointment
from wohnberatung.appointments.services.office import book_for, calendar, load_entry, put_into_case
from wohnberatung.cases.services.follow_ups import appointment_readings, book_appointment, understand
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.services.rights import NotYours
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.errors import DomainError


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(at(8, day=MONDAY), tick=False):
        yield


def test_an_appointment_of_a_case_lives_and_goes_with_it(session):
    user = advisor_with_hours()
    me = actor_of(user)
    case = make_case(me)
    row = book_for(way="home", starts_at=at(10), user_id=user.id, content={"concern": "Bad"}, case_id=case.id, actor=me)
    assert row.person_key is case.person_key
    assert "Hausbesuch am 12.01.2027, 10:00 Uhr" in [entry.text for entry in timeline(case, me)]
    assert stored_about_case(case, me)["appointments"][0]["content"] == {"concern": "Bad"}
    erase_case(case)
    assert session.scalars(select(Appointment.id)).all() == []


def test_a_booking_from_the_web_can_be_put_into_a_case(session):
    user = advisor_with_hours()
    me, done = actor_of(user), booked(user, 9, concern="Bad")
    own_key, case = done.appointment.person_key, make_case(me)
    entry = load_entry(done.appointment.id, me)
    with pytest.raises(DomainError) as refused:
        put_into_case(entry, "FA-2026-NICHTS", version=entry.appointment.version, actor=me)
    assert refused.value.field == "case_number"
    put_into_case(entry, case.number.lower(), version=entry.appointment.version, actor=me)
    assert own_key.wrapped is None
    assert content_of(done.appointment)["concern"] == "Bad"
    assert my_appointment(done.token).appointment is done.appointment, "the link of the person still leads to it"


def test_others_see_that_the_time_is_taken_and_nothing_more(client: CheckingClient, session):
    user, other = advisor_with_hours(), make_user("advisor")
    me, case = actor_of(user), make_case(actor_of(user), name="Erika Geheim")
    row = book_for(way="phone", starts_at=at(9), user_id=user.id, content={"name": "Erika"}, case_id=case.id, actor=me)
    (entry,) = calendar(actor_of(other), TUESDAY, TUESDAY)
    assert (entry.is_hidden, entry.content) == (True, {})
    with pytest.raises(NotYours):
        load_entry(row.id, actor_of(other))
    sign_in(client, other)
    page = client.get("/termine").text
    assert "belegt" in page
    assert "Erika" not in page
    case.blocked = True
    assert client.get(f"/termine/{row.id}").status_code == 404


SAID = {
    "Donnerstag 14 Uhr Hausbesuch": ("home", 14, 0),
    "Mittwoch um 9:30 Uhr anrufen": ("phone", 9, 30),
    "Freitag 10 Uhr im Büro, bringt den Bescheid mit": ("office", 10, 0),
    "am 14.1. um 11:15 Uhr per Video": ("video", 11, 15),
}


@pytest.mark.parametrize("line", SAID)
def test_the_next_appointment_is_in_the_calendar_with_its_way(session, line):
    way, hour, minute = SAID[line]
    user = advisor_with_hours()
    me = actor_of(user)
    case = make_case(me, name="Erika Beispiel", phone="0351 1234567")
    said = book_appointment(case, understand(line), me)
    row = session.scalars(select(Appointment)).one()
    wall = to_berlin(row.starts_at)
    assert (row.way, wall.hour, wall.minute, row.case_id) == (way, hour, minute, case.id)
    assert content_of(row)["phone"] == "0351 1234567"
    assert f"{wall:%d.%m.%Y, %H:%M} Uhr" in said
    assert [entry.appointment for entry in calendar(me, wall.date(), wall.date(), user.id)] == [row]
    span = (row.starts_at - row.busy_from, row.busy_until - row.ends_at)
    assert span == (WAYS[way].before, WAYS[way].after)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Dienstag 10 Uhr Hausbesuch",
            "schon ein Termin: Hausbesuch von 10:00 bis 11:30 Uhr. Frei sind zum Beispiel: ",
        ),
        ("Dienstag 12 Uhr Hausbesuch", "Fahrzeit"),
        ("Dienstag 14 Uhr", "wie Sie sich treffen"),
        ("Dienstag Hausbesuch", "braucht eine Uhrzeit"),
        ("Dienstag 14:10 Uhr Telefon", "volle Viertelstunde"),
        ("heute 7 Uhr Telefon", "schon vorbei"),
    ],
)
def test_a_next_appointment_that_cannot_be_is_a_clear_choice_at_its_field(session, line, said):
    user = advisor_with_hours()
    me = actor_of(user)
    book_for(way="home", starts_at=at(10), user_id=user.id, content={}, actor=me)
    with pytest.raises(DomainError) as refused:
        book_appointment(make_case(me), understand(line), me)
    assert said in refused.value.message
    assert refused.value.field == "appointment"
    assert len(session.scalars(select(Appointment)).all()) == 1


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("am 17.1. um 10 Uhr Hausbesuch", "Der 17.01.2027 ist ein Sonntag."),
        ("am 6.5.2027 um 10 Uhr Hausbesuch", "Der 06.05.2027 ist ein Feiertag: Christi Himmelfahrt."),
        ("Dienstag 11:15 Uhr Hausbesuch", "Am 12.01.2027 um 11:15 Uhr ist keine Sprechzeit dieser Person."),
        ("jeden Dienstag 10 Uhr Hausbesuch", "Gebucht wird nur der erste dieser Termine."),
        ("Dienstag 10 Uhr Hausbesuch", ""),
    ],
)
def test_an_unusual_time_is_asked_about_before_it_is_booked(client: CheckingClient, session, line, doubt):
    """Of the hours on Tuesday from 9 to 12, a visit of an hour and a half from 11:15 on sticks out."""
    user = advisor_with_hours()
    case = make_case(actor_of(user), name="Erika Beispiel", address="Elbweg 1")
    (said,) = appointment_readings(line, actor_of(user))
    assert said.doubt == doubt
    sign_in(client, user)
    path = f"/faelle/{case.id}/beratung"
    seen = client.submit(path, {"note": "Bad", "appointment": line}, button="Speichern")
    assert session.scalars(select(Appointment)).all() == []
    assert (f"{doubt} Soll es trotzdem sein?" in words(Page(seen.text).root)) == bool(doubt)
    fields = dict(offered_values(find_form(Page(seen.text), {"appointment_day"}, "")))
    client.post(path, data={**fields, "appointment_day": said.key})
    assert session.scalars(select(Appointment.way)).all() == ["home"]


def test_an_advisor_without_hours_is_asked_by_those_of_the_office(session):
    new = make_user("advisor")
    assert unusual(WAYS["phone"], at(7), new.id) == "", "nobody has named hours"
    advisor_with_hours()
    assert unusual(WAYS["phone"], at(7), new.id) == "Am 12.01.2027 um 07:00 Uhr hat die Wohnberatung keine Sprechzeit."
    assert unusual(WAYS["phone"], at(9), new.id) == ""


def test_booking_from_a_case_knows_its_contact(client: CheckingClient, session):
    user = advisor_with_hours()
    case = make_case(actor_of(user), name="Erika Beispiel", phone="0351 1234567")
    sign_in(client, user)
    path = f"/termine/neu?fall={case.id}"
    assert "0351 1234567" in client.get(path).text
    client.submit(path, {"day": "2027-01-12", "wall": "09:00"})
    assert session.scalars(select(Appointment)).one().case_id == case.id
    sign_in(client, make_user("advisor"))
    case.blocked = True
    assert client.get(path).status_code == 404
