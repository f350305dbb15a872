"""Booking from the public page, one's own appointment by link, the office's calendar and hours."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from tests.appointments.cases import MONDAY, TUESDAY, advisor_with_hours, at, booked
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.appointments.models import Appointment, CalendarFeed, OpeningHours, SpecialDay
from wohnberatung.appointments.services.personal_data import stored_about
from wohnberatung.core.ids import hash_token
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import read_mail

CONTACT = {"phone": "0351 1234567", "email": "erika@example.org", "consent": "y"}
NINE = "/termin/telefon/20270112T0800Z"


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(at(8, day=MONDAY), tick=False):
        yield


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def stored():
    return db.session.scalars(select(Appointment)).one()


def link_in_mail():
    (mail_id,) = db.session.scalars(select(OutgoingMail.id))
    return re.search(r"/mein-termin/\w+", read_mail(mail_id).text)[0]


def test_a_stranger_books_step_by_step(client):
    advisor_with_hours(name="Frau Rat")
    assert "Nächster freier Termin: Dienstag, 12. Januar 2027, 09:00 Uhr" in text_of(client.get("/termin"))
    times = client.get("/termin/telefon")
    assert NINE in times.text
    assert times.text.count("12. Januar 2027") == 1, "a listener does not hear the day again with each of its times"
    assert "Bitte geben Sie eine Telefonnummer an" in text_of(client.submit(NINE, {"concern": "Das Bad"}))
    page = client.submit(NINE, {**CONTACT, "concern": "Das Bad ist zu eng."})
    assert "Ihr Termin steht fest" in text_of(page)
    assert "Frau Rat" in text_of(page)
    assert (stored().state, stored().consent_version) == ("booked", "2026-11")
    mail = read_mail(db.session.scalars(select(OutgoingMail.id)).one())
    assert "Bad" not in mail.text + mail.subject
    assert text_of(client.get(link_in_mail())) == text_of(page)


def test_without_contact_or_consent_nothing_is_booked(client):
    advisor_with_hours()
    assert client.submit(NINE, {"phone": "0351 1234567"}).status_code == 400
    assert client.submit("/termin/zuhause/20270112T0830Z", CONTACT).status_code == 400
    assert db.session.scalars(select(Appointment)).all() == []
    visit = client.submit("/termin/zuhause/20270112T0830Z", {**CONTACT, "address": "Elbweg 1"})
    assert "Elbweg 1" in text_of(visit)


def test_a_time_that_is_gone_shows_other_times(client):
    user = advisor_with_hours()
    form = client.get(NINE)
    assert form.status_code == 200
    booked(user, 9)
    gone = client.get(NINE)
    assert gone.status_code == 404
    assert "nicht mehr frei" in text_of(gone)
    late = client.post(NINE, data=CONTACT)
    assert late.status_code == 409
    assert "/termin/telefon/20270112T0830Z" in late.text


@pytest.mark.parametrize("path", ["/termin/fax", "/termin/telefon/gestern", "/termin/telefon/20270112T0833Z"])
def test_what_cannot_be_booked_is_not_found(client, path):
    advisor_with_hours()
    assert client.get(path).status_code == 404


def test_without_hours_the_page_leads_to_a_wish(client):
    page = client.get("/termin")
    assert "kein Termin frei" in text_of(page)
    assert "/termin/wunsch" in page.text


def test_what_a_program_books_waits_for_a_person(client):
    user = advisor_with_hours()
    page = client.submit(NINE, {**CONTACT, "homepage": "http://spam.example"})
    assert "Wir prüfen Ihre Buchung" in text_of(page)
    assert stored().held_for == "trap_filled_in"
    assert db.session.scalars(select(OutgoingMail)).all() == []
    sign_in(client, user)
    assert stored().receipt_number in text_of(client.get("/termine"))
    client.submit(f"/termine/{stored().id}", button="Kein Spam: Termin bestätigen")
    assert stored().state == "booked"
    assert "Ihr Termin:" in read_mail(db.session.scalars(select(OutgoingMail.id)).one()).subject


def test_a_link_shows_by_get_and_acts_by_post(client):
    advisor_with_hours()
    client.submit(NINE, CONTACT)
    link = link_in_mail()
    for path in ("absagen", "verschieben", "verschieben/20270112T0900Z", "loeschen"):
        assert client.get(f"{link}/{path}").status_code == 200
    assert (stored().state, stored().starts_at) == ("booked", at(9))
    moved = client.submit(f"{link}/verschieben/20270112T0900Z", button="Termin verschieben")
    assert "verschoben" in text_of(moved)
    assert stored().starts_at == at(10)
    assert (
        "verschieben" in client.submit(f"{link}/verschieben/20270112T0700Z", button="Termin verschieben").request.path
    )
    assert "Ihr Termin ist abgesagt" in text_of(client.submit(f"{link}/absagen", button="Termin absagen"))
    assert stored().state == "cancelled"


def test_export_and_erasure_are_with_the_holder_of_the_link(client):
    advisor_with_hours()
    client.submit(NINE, {**CONTACT, "concern": "Das Bad"})
    link = link_in_mail()
    told = json.loads(client.get(f"{link}/daten.json").text)
    assert told["content"]["concern"] == "Das Bad"
    assert "token" not in told["content"]
    assert len(told["mails"]) == 1
    assert client.get(f"{link}/daten.json").headers["Cache-Control"] == "no-store"
    client.submit(f"{link}/loeschen", button="Endgültig löschen")
    assert client.get(link).status_code == 404
    assert db.session.scalars(select(Appointment)).all() == []


@pytest.mark.parametrize(("way", "place"), [("home", "Musterweg 3, 01309 Dresden"), ("office", "Amt 1"), ("phone", "")])
def test_the_export_tells_where_and_with_whom(app, monkeypatch, session, way, place):
    """What the page of its holder says, the file says as well."""
    monkeypatch.setitem(app.config, "OFFICE_ADDRESS", "Amt 1")
    user = advisor_with_hours(name="Anna Beraterin")
    made = booked(user, way=way, **({"address": place} if way == "home" else {}))
    told = stored_about(made.token)
    assert (told["place"], told["advisor"]) == (place, "Anna Beraterin")
    assert told["content"].get("address", "") == (place if way == "home" else "")


def test_the_calendar_file_names_the_moment_and_nothing_personal(client):
    advisor_with_hours()
    client.submit(NINE, {**CONTACT, "name": "Erika", "concern": "Das Bad"})
    file = client.get(f"{link_in_mail()}/termin.ics")
    (event,) = Calendar.from_ical(file.data).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (at(9), at(9, 30))
    assert "Erika" not in file.text
    assert "Bad" not in file.text


def test_an_advisors_calendar_has_a_secret_address_that_ends_when_they_say_so(client):
    user, other = advisor_with_hours(), advisor_with_hours()
    booked(user, 9, name="Erika")
    booked(other, 10)
    sign_in(client, user)
    shown = client.submit("/termine/kalender", button="Adresse geben lassen")
    address = re.search(r"/kalender/(\w+)\.ics", text_of(shown))
    assert address[1] not in client.get("/termine/kalender").text, "it is shown once"
    assert db.session.scalars(select(CalendarFeed.token_hash)).one() == hash_token(address[1])
    (event,) = Calendar.from_ical(client.get(address[0]).data).walk("VEVENT")
    assert event.decoded("dtstart") == at(9)
    assert "Erika" not in client.get(address[0]).text
    client.submit("/termine/kalender", button="Adresse ungültig machen")
    assert client.get(address[0]).status_code == 404


def test_the_office_sees_a_week_and_a_day(client):
    user = advisor_with_hours()
    booked(user, 9, name="Erika Beispiel", concern="Das Bad")
    booked(user, 9, day=TUESDAY + timedelta(days=7), name="Nächste Woche")
    sign_in(client, user)
    week = text_of(client.get("/termine"))
    assert "Erika Beispiel" in week
    assert "Nächste Woche " not in week.replace("Nächste Woche Heute", "")
    assert "Keine Termine" in text_of(client.get("/termine?tag=2027-01-11"))
    assert "Erika Beispiel" in text_of(client.get(f"/termine?tag=2027-01-12&person={user.id}"))
    assert "Keine Termine" in text_of(client.get(f"/termine?ab=2027-01-12&person={make_user().id}"))


def anyway(client, path, asked):
    """The form that came back with the question, agreed to."""
    fields = dict(offered_values(find_form(Page(asked.text), {"anyway"}, "")))
    return client.post(path, data={**fields, "anyway": "y"}, follow_redirects=True)


def test_the_office_books_annotates_moves_and_cancels(client):
    user = advisor_with_hours()
    sign_in(client, user)
    wanted = {"user_id": user.id, "way": "video", "day": "2027-01-12", "wall": "18:10", "name": "Erika"}
    assert "volle Viertelstunde" in text_of(client.submit("/termine/neu", wanted))
    late = client.submit("/termine/neu", {**wanted, "wall": "18:15", "email": "erika@example.org"})
    assert "Am 12.01.2027 um 18:15 Uhr ist keine Sprechzeit dieser Person. Soll es trotzdem sein?" in text_of(late)
    other = {**dict(offered_values(find_form(Page(late.text), {"anyway"}, ""))), "anyway": "y", "wall": "19:30"}
    assert "um 19:30 Uhr ist keine Sprechzeit" in text_of(client.post("/termine/neu", data=other)), "another time"
    assert "ist gebucht" in text_of(anyway(client, "/termine/neu", late))
    assert stored().starts_at == at(18, 15)
    own, link = f"/termine/{stored().id}", link_in_mail()
    client.submit(own, {"joining": "https://video.example/raum", "note": "Bringt Sohn mit"})
    assert "https://video.example/raum" in client.get(link).text
    assert "Sohn" not in client.get(link).text
    taken = anyway(client, "/termine/neu", client.submit("/termine/neu", {**wanted, "wall": "18:00"}))
    assert taken.status_code == 400
    assert "schon ein Termin: Video von 18:15 bis 19:00 Uhr" in text_of(taken)
    move = f"{own}/verschieben"
    assert "verschoben" in text_of(anyway(client, move, client.submit(move, {"wall": "19:00"})))
    assert stored().starts_at == at(19)
    client.submit(f"{own}/absagen", button="Termin absagen")
    assert stored().state == "cancelled"


def test_choosing_a_free_time_keeps_what_is_entered(client):
    user = advisor_with_hours()
    sign_in(client, user)
    entered = {"user_id": user.id, "way": "home", "name": "Erika", "concern": "Wanne zu hoch", "wall": "07:00"}
    blank = dict(offered_values(find_form(Page(client.get("/termine/neu").text), {"concern"}, "Termin buchen")))
    page = client.post("/termine/neu/zeit", data={**blank, **entered, "zeit": "2027-01-12T10:30"})
    form = dict(offered_values(find_form(Page(page.text), {"concern"}, "Termin buchen")))
    assert {name: form[name] for name in ("way", "name", "concern", "day", "wall")} == {
        "way": "home",
        "name": "Erika",
        "concern": "Wanne zu hoch",
        "day": "2027-01-12",
        "wall": "10:30",
    }
    assert "(Hausbesuch)" in text_of(page)


def test_an_advisor_sets_hours_and_days(client):
    user = make_user("advisor")
    sign_in(client, user)
    hours = {"weekday": "1", "begins": "09:00", "ends": "12:00", "ways": ["phone", "home"]}
    assert client.submit("/termine/zeiten", {**hours, "ends": "08:00"}).status_code == 400
    client.submit("/termine/zeiten", hours)
    assert db.session.scalars(select(OpeningHours)).one().ways == ["phone", "home"]
    assert client.submit("/termine/tage", {"day": "2027-01-12", "what": "office"}).status_code == 400
    client.submit("/termine/tage", {"day": "2027-01-12", "what": "closed", "note": "Fortbildung"})
    assert db.session.scalars(select(SpecialDay)).one().note == "Fortbildung"
    assert "Fortbildung" in text_of(client.get("/termine/tage"))
    client.submit("/termine/zeiten", button="Entfernen")
    assert db.session.scalars(select(OpeningHours)).all() == []


def test_only_the_office_sees_the_calendar(client):
    sign_in(client, make_user("provider"))
    assert client.get("/termine").status_code == 403
    assert client.get("/termine/neu").status_code == 403
