"""Who comes: seats, the waiting list, what people need, and what their link can do."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from tests.committed import committed
from tests.events.happenings import CONSENT, make_event, sign_up
from tests.factories import advisor, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.events.area import RETENTION
from wohnberatung.events.models import EventRegistration, PublicEvent, RegistrationState
from wohnberatung.events.services.events import edit_event
from wohnberatung.events.services.my_registration import (
    change_my_registration,
    erase_registration,
    move_my_registration,
    my_registration,
    stored_about_guest,
)
from wohnberatung.events.services.organising import guest_list, move_registration
from wohnberatung.events.services.registering import register
from wohnberatung.events.services.seats import free_seats
from wohnberatung.events.services.timers import remind_of_tomorrow
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content
from wohnberatung.privacy.models import PersonKey
from wohnberatung.privacy.retention import carry_out

R = RegistrationState


def mails() -> list[str]:
    return [row.template for row in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at))]


def test_a_seat_by_mail_is_taken_only_with_the_click_in_the_mail(session: Any) -> None:
    _event, date = make_event(capacity=1)
    row, token = sign_up(date, email="erika@example.org")
    assert (row.state, free_seats(date)) == (R.UNCONFIRMED, 1)
    move_my_registration(token, "bestaetigen")
    move_my_registration(token, "bestaetigen")
    assert (row.state, free_seats(date)) == (R.TAKEN, 0)
    assert mails() == ["registration_confirm", "registration_news"]
    told = open_content(db.session.scalars(select(OutgoingMail).filter_by(template="registration_news")).one())
    assert "Frühstück" not in told["text"], "what somebody goes to may tell a lot about them"


def test_who_waits_moves_up_in_order_and_hears_of_it(session: Any) -> None:
    _event, date = make_event(capacity=2)
    _first, token = sign_up(date, "Erste", people=2)
    second, second_token = sign_up(date, "Zweite", people=2)
    third, third_token = sign_up(date, "Dritte", email="dritte@example.org")
    move_my_registration(third_token, "bestaetigen")
    assert [second.state, third.state] == [R.WAITING, R.WAITING]
    move_my_registration(token, "abmelden")
    assert [second.state, third.state] == [R.TAKEN, R.WAITING]
    change_my_registration(second_token, people=1, needs={}, version=second.version)
    assert third.state == R.TAKEN
    assert mails()[-1] == "registration_news"


def test_a_seat_does_not_stay_empty_because_the_first_in_line_brings_many(session: Any) -> None:
    _event, date = make_event(capacity=3)
    _full, token = sign_up(date, people=2)
    many, _many = sign_up(date, "Viele", people=3)
    one, _one = sign_up(date, "Eine")
    assert (many.state, one.state) == (R.WAITING, R.TAKEN)
    move_my_registration(token, "abmelden")
    assert many.state == R.WAITING


def test_more_seats_go_to_those_who_wait(session: Any) -> None:
    event, date = make_event(capacity=1)
    sign_up(date)
    waits, _token = sign_up(date, "Rolf")
    edit_event(event.id, {"capacity": 2}, event.version, advisor())
    assert waits.state == R.TAKEN


def test_nobody_registers_for_what_is_over_off_full_of_one_or_unreachable(session: Any) -> None:
    _event, date = make_event(capacity=4)
    with pytest.raises(DomainError) as told:
        sign_up(date, people=5)
    assert told.value.field == "people"
    with pytest.raises(DomainError) as told:
        register(date.event_id, date.id, people=1, contact={"name": "Erika"}, needs={}, consent=CONSENT)
    assert told.value.field == "email"
    with pytest.raises(NotFound):
        sign_up(make_event(registers=False)[1])
    with time_machine.travel(date.starts_at + timedelta(minutes=1), tick=False), pytest.raises(Conflict):
        sign_up(date)


def test_what_somebody_needs_is_read_by_who_invites_and_by_nobody_else(session: Any) -> None:
    owner = make_organisation()
    event, date = make_event(actor=provider_of(owner))
    row, token = sign_up(date)
    assert b"wheelchairs" not in (row.needs or b"")
    (guest,) = guest_list(event.id, date.id, provider_of(owner)).guests
    assert guest.needs == {"wheelchairs": "1"}
    with pytest.raises(NotFound):
        guest_list(event.id, date.id, provider_of(make_organisation()))
    move_my_registration(token, "abmelden")
    assert row.needs is None
    told: Any = stored_about_guest(token)
    assert told["contact"] == {"name": "Erika", "phone": "0351 1234567"}


def test_everything_is_erased_the_day_after_the_date(session: Any) -> None:
    _event, date = make_event()
    row, _token = sign_up(date)
    key = row.person_key_id
    over = next(rule for rule in RETENTION if rule.key == "registration_over")
    assert committed(carry_out)(over).count == 0
    with time_machine.travel(date.ends_at + timedelta(days=2), tick=False):
        assert committed(carry_out)(over).count == 1
    assert db.session.scalars(select(EventRegistration)).all() == []
    assert db.session.get_one(PersonKey, key).destroyed_at is not None


def test_an_event_is_erased_a_year_after_its_last_date(session: Any) -> None:
    event, date = make_event()
    sign_up(date)
    past = next(rule for rule in RETENTION if rule.key == "event_past")
    with time_machine.travel(date.ends_at + timedelta(days=366), tick=False):
        assert committed(carry_out)(past).count == 0, "its guests go first"
        erase_registration(db.session.scalars(select(EventRegistration)).one())
        db.session.commit()
        assert committed(carry_out)(past).count == 1
    assert db.session.get(PublicEvent, event.id) is None


def test_who_has_a_seat_is_reminded_the_day_before_once(session: Any) -> None:
    _event, date = make_event()
    _row, token = sign_up(date, email="erika@example.org")
    move_my_registration(token, "bestaetigen")
    assert committed(remind_of_tomorrow)() == 0
    with time_machine.travel(date.starts_at - timedelta(days=1), tick=False):
        assert (committed(remind_of_tomorrow)(), committed(remind_of_tomorrow)()) == (1, 0)


def test_who_invites_signs_somebody_off_who_called(session: Any) -> None:
    owner = make_organisation()
    event, date = make_event(actor=provider_of(owner), capacity=1)
    row, _token = sign_up(date)
    waits, _waits = sign_up(date, "Rolf")
    move_registration(event.id, date.id, row.id, "abmelden", provider_of(owner))
    move_registration(event.id, date.id, row.id, "abmelden", provider_of(owner))
    assert (row.state, waits.state) == (R.CANCELLED, R.TAKEN)
    with pytest.raises(NotFound):
        move_registration(event.id, date.id, waits.id, "abmelden", provider_of(make_organisation()))


def test_what_looks_like_spam_takes_no_seat_and_is_for_the_office(session: Any) -> None:
    owner = make_organisation()
    event, date = make_event(actor=provider_of(owner), capacity=1)
    row, _token = register(
        event.id,
        date.id,
        people=1,
        contact={"name": "x", "phone": "0351 1"},
        needs={},
        consent=CONSENT,
        held_for="too_fast",
    )
    assert (row.state, free_seats(date)) == (R.HELD, 1)
    assert guest_list(event.id, date.id, provider_of(owner)).held == []
    with pytest.raises(NotFound):
        move_registration(event.id, date.id, row.id, "kein-spam", provider_of(owner))
    move_registration(event.id, date.id, row.id, "kein-spam", advisor())
    assert row.state == R.TAKEN


def test_the_whole_way_on_pages(client: CheckingClient) -> None:
    event, date = make_event(capacity=1)
    page = f"/veranstaltungen/{event.id}/anmelden/{date.id}"
    said = {"people": "1", "name": "Erika", "consent": "y", "wheelchairs": "1", "interpreter": "dgs"}
    assert client.submit(page, said).status_code == 400, "nobody could be reached"
    answer = client.submit(page, {**said, "phone": "0351 1234567"})
    mine = answer.request.path
    assert "Platz sicher" in answer.text
    by_mail = client.submit(page, {**said, "email": "rolf@example.org"})
    assert "Postfach" in by_mail.text
    changed = client.submit(mine, {"people": "3"}, button="Änderung speichern")
    assert changed.status_code == 400
    assert "1 bis 1" in words(Page(changed.text).root)
    assert client.get(f"{mine}/termin.ics").mimetype == "text/calendar"
    assert client.get(f"{mine}/daten.json").json["needs"] == {"interpreter": "dgs", "wheelchairs": "1"}
    sign_in(client, make_user("advisor"))
    guests = client.get(f"/veranstaltungen/eigene/{event.id}/termine/{date.id}/anmeldungen").text
    assert "Erika" in guests
    assert "Gebärdensprache" in guests
    client.submit(mine, button="Anmeldung zurücknehmen")
    assert my_registration(mine.rpartition("/")[2]).registration.state == R.CANCELLED


def test_a_second_tab_is_told(session: Any) -> None:
    _event, date = make_event()
    row, token = sign_up(date)
    with pytest.raises(Conflict):
        change_my_registration(token, people=2, needs={}, version=row.version + 1)
    assert clock.now() < date.starts_at
