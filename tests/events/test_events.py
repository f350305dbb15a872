"""Events for everybody: found by place, week and way in; entered, read first, called off; as calendar files."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from tests.events.happenings import JOHANNSTADT, PIESCHEN, SAID, make_event, sign_up
from tests.factories import advisor, make_organisation, make_project, provider_of
from tests.infrastructure.client import CheckingClient
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.events.kinds import Rhythm
from wohnberatung.events.models import EventState
from wohnberatung.events.services.calendar_files import calendar_of_all, event_calendar
from wohnberatung.events.services.dates import add_dates, change_date, days_of_series, move_date
from wohnberatung.events.services.events import begin_event, edit_event, events_in_review, move_event
from wohnberatung.events.services.finding import DateQuery, dates_in, find_dates
from wohnberatung.events.services.news import dates_of
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.projects.services.meetings import save_date

HOUR = timedelta(hours=1)


def titles(**asked: Any) -> list[str]:
    return [each.title for each in find_dates(DateQuery(**asked)).items]


def mails() -> list[str]:
    return [row.template for row in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at))]


def test_dates_are_found_by_place_topic_way_in_and_sign_language(session: Any) -> None:
    make_event("Ohne Stufen", room={"step_free": True}, in_days=3)
    make_event("Unbekannt", support=["dgs"], in_days=4)
    make_event("Mit Stufen", room={"step_free": False}, place=PIESCHEN, topic="culture", in_days=5)
    make_event("Entwurf", public=False)
    assert titles() == ["Ohne Stufen", "Unbekannt", "Mit Stufen"]
    assert titles(way_in="ja") == ["Ohne Stufen", "Unbekannt"]
    assert titles(way_in="sicher") == ["Ohne Stufen"]
    assert titles(signed=True) == ["Unbekannt"]
    assert titles(topic="culture") == ["Mit Stufen"]
    assert titles(place=place_of(PIESCHEN)) == ["Mit Stufen"]
    found = dates_in(JOHANNSTADT)
    assert found is not None
    assert [each.title for each in found.dates] == ["Ohne Stufen", "Unbekannt"]
    assert [each.title for each in dates_of(PIESCHEN)] == ["Mit Stufen"]
    assert dates_in("97") is None


def test_weeks_begin_on_monday(session: Any) -> None:
    with time_machine.travel("2026-12-02T10:00:00+01:00", tick=False):
        make_event("Sonntag", in_days=4)
        make_event("Montag", in_days=5)
        make_event("Später", in_days=40)
        assert titles(week="diese") == ["Sonntag"]
        assert titles(week="naechste") == ["Montag"]
        assert titles(week="vier") == ["Sonntag", "Montag"]


def test_dates_of_projects_stand_in_the_list_without_being_entered_twice(session: Any) -> None:
    owner = make_organisation(kind="initiative")
    project, begins = make_project(owner, name="Sonnenhof"), clock.now() + timedelta(days=2)
    save_date(project.id, title="Offener Abend", starts_at=begins, ends_at=begins + HOUR, actor=provider_of(owner))
    make_event("Frühstück")
    listed = find_dates(DateQuery()).items
    assert [(each.title, each.endpoint) for each in listed] == [
        ("Offener Abend", "projects.show_project"),
        ("Frühstück", "events.show_event"),
    ]
    assert titles(topic="housing") == ["Offener Abend"]
    assert titles(place=place_of(JOHANNSTADT)) == ["Frühstück"]
    calendar = Calendar.from_ical(calendar_of_all("wohnberatung.example"))
    assert {str(each["SUMMARY"]) for each in calendar.walk("VEVENT")} == {"Offener Abend (Sonnenhof)", "Frühstück"}


def test_a_series_keeps_its_weekday_also_across_months() -> None:
    tuesday = date(2027, 1, 12)
    assert list(days_of_series(tuesday, Rhythm.MONTHLY, 3)) == [tuesday, date(2027, 2, 9), date(2027, 3, 9)]
    fifth = date(2027, 1, 29)
    assert list(days_of_series(fifth, Rhythm.MONTHLY, 4)) == [
        fifth,
        date(2027, 2, 26),
        date(2027, 3, 26),
        date(2027, 4, 30),
    ]
    assert list(days_of_series(tuesday, Rhythm.FORTNIGHTLY, 2)) == [tuesday, date(2027, 1, 26)]


def test_an_event_is_read_first_where_its_owner_is_not_trusted(session: Any) -> None:
    owner = make_organisation(trust="reviewed")
    actor, values = provider_of(owner), dict(SAID)
    event = begin_event(values, actor)
    with pytest.raises(DomainError, match="Termin"):
        move_event(event.id, "zeigen", actor)
    day = clock.today() + timedelta(days=9)
    assert len(add_dates(event.id, day=day, begins=time(18), ends=time(20), rhythm="weekly", times=3, actor=actor)) == 3
    move_event(event.id, "zeigen", actor)
    assert (event.state, events_in_review(advisor())) == (EventState.WAITING, [event])
    move_event(event.id, "freigeben", advisor())
    assert event.state == EventState.PUBLISHED
    edit_event(event.id, {"title": "Etwas anderes"}, event.version, actor)
    assert event.state == EventState.WAITING
    with pytest.raises(Conflict):
        edit_event(event.id, {"title": "Noch anders"}, 99, actor)
    with pytest.raises(NotFound):
        edit_event(event.id, {"title": "Fremd"}, event.version, provider_of(make_organisation()))


def test_who_is_expected_hears_that_a_date_is_off_or_moved(session: Any) -> None:
    event, row = make_event()
    sign_up(row, email="erika@example.org")
    seated, _token = sign_up(row, "Rolf", email="rolf@example.org")
    seated.state = "taken"
    sign_up(row, "Nur Telefon")
    db.session.flush()
    begins = row.starts_at + timedelta(days=1)
    change_date(event.id, row.id, starts_at=begins, ends_at=begins + HOUR, version=row.version, actor=advisor())
    move_date(event.id, row.id, "absagen", advisor())
    move_date(event.id, row.id, "absagen", advisor())
    assert mails() == ["registration_confirm"] * 2 + ["registration_news"] * 2, "the one with an address and a seat"
    with pytest.raises(DomainError):
        change_date(event.id, row.id, starts_at=clock.now(), ends_at=begins, version=row.version, actor=advisor())


def test_an_event_with_guests_goes_back_to_a_draft_only_once_its_dates_are_off(session: Any) -> None:
    event, row = make_event()
    with pytest.raises(DomainError, match="sagen Sie zuerst"):
        move_event(event.id, "verbergen", advisor())
    move_date(event.id, row.id, "absagen", advisor())
    move_event(event.id, "verbergen", advisor())
    assert event.state == EventState.DRAFT


def test_calendars_know_a_date_again_and_say_in_its_title_that_it_is_off(session: Any) -> None:
    event, row = make_event("Frühstück", address="Hofweg 1")
    (before,) = Calendar.from_ical(event_calendar(event.id, VISITOR, "wohnberatung.example")).walk("VEVENT")
    move_date(event.id, row.id, "absagen", advisor())
    (after,) = Calendar.from_ical(event_calendar(event.id, VISITOR, "wohnberatung.example")).walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (str(after["SUMMARY"]), str(after["STATUS"])) == ("Abgesagt: Frühstück", "CANCELLED")
    assert str(before["LOCATION"]) == "Hofweg 1, Johannstadt-Nord"
    assert before["DTSTART"].dt == row.starts_at


def test_everybody_reads_lists_pages_and_calendars_without_an_account(client: CheckingClient) -> None:
    event, row = make_event("Frühstück", room={"step_free": True}, support=["dgs"], capacity=5)
    for page in ("/veranstaltungen", f"/veranstaltungen/{event.id}", "/stadtteile/johannstadt-nord"):
        answer = client.get(page)
        assert "Frühstück" in answer.text, page
        assert "ohne Stufen" in answer.text, page
    assert "Noch 5 Plätze frei" in client.get(f"/veranstaltungen/{event.id}").text
    for page in ("/veranstaltungen.ics", f"/veranstaltungen/{event.id}/termine.ics"):
        assert client.get(page).mimetype == "text/calendar"
    assert client.get("/veranstaltungen?stadtteil=pieschen-sued").status_code == 200
    english = client.get(f"/veranstaltungen/{event.id}?sprache=en").text
    assert "5 places left" in english
    assert row.id in english
