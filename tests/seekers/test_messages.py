"""Messages between a person and the office: sealed, answered, told of without their content, gone with the request."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from tests.factories import advisor, make_request
from tests.papers.reading import words_of
from tests.people import make_user, sign_in
from wohnberatung.core import clock
from wohnberatung.core.errors import Forbidden
from wohnberatung.core.idempotency import IdempotencyKey
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import read_mail
from wohnberatung.seekers.models import RequestMessage
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import export_paper, stored_about
from wohnberatung.seekers.services.messages import messages_of, waiting_messages, write_my_message
from wohnberatung.seekers.services.self_service import erase_my_request

TEXT = "Darf mein Hund mit?\nEr ist klein."
ANSWER = "Ja, in den meisten Häusern."


@pytest.fixture
def mine(session):
    return make_request(contact={"name": "Erika Beispiel", "reach": "email", "email": "erika@example.org"})


def page_of(mine):
    return f"/mein-gesuch/{mine.token}/nachrichten"


def written(mine):
    write_my_message(mine.token, TEXT)
    db.session.commit()
    return f"/gesuche/{mine.request.id}/nachrichten"


def test_a_person_writes_and_the_office_answers(client, app, mine):
    assert "ist bei uns" in client.submit(page_of(mine), {"text": TEXT}).text
    office = app.test_client()
    sign_in(office, make_user("advisor"))
    assert mine.request.receipt_number in office.get("/nachrichten").text
    assert "Er ist klein." in office.get(f"/gesuche/{mine.request.id}").text
    path = f"/gesuche/{mine.request.id}/nachrichten"
    assert "Eine E-Mail sagt Bescheid" in office.submit(path, {"text": ANSWER}).text
    assert "Alles gelesen" in office.get("/nachrichten").text
    assert ANSWER in client.get(page_of(mine)).text
    assert ANSWER in client.get(f"/mein-gesuch/{mine.token}").text


def test_the_mail_tells_that_there_is_an_answer_and_nothing_of_it(client, mine):
    path = written(mine)
    sign_in(client, make_user("advisor"))
    client.submit(path, {"text": ANSWER})
    (mail_id,) = db.session.scalars(select(OutgoingMail.id))
    mail = read_mail(mail_id)
    assert mine.request.receipt_number in mail.text
    assert ANSWER not in mail.text + mail.html
    assert "Hund" not in mail.text + mail.html


def test_what_was_written_is_sealed_wherever_it_lies(client, mine):
    client.submit(page_of(mine), {"text": TEXT})
    assert b"Hund" not in db.session.scalars(select(RequestMessage.body)).one()
    assert all(b"Hund" not in (answer or b"") for answer in db.session.scalars(select(IdempotencyKey.answer)))


def test_a_message_that_needs_no_answer_is_marked_as_read(client, mine):
    path = written(mine)
    sign_in(client, make_user("advisor"))
    client.submit(path, button="Als gelesen vermerken, ohne zu antworten")
    assert waiting_messages(advisor()) == []
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_who_waits_longest_comes_first(session, mine):
    other = make_request()
    with time_machine.travel(clock.now(), tick=False) as calendar:
        write_my_message(other.token, "Zuerst")
        calendar.shift(timedelta(minutes=1))
        write_my_message(mine.token, "Danach")
        write_my_message(mine.token, "Noch etwas")
    waiting = [(row.request.receipt_number, row.count) for row in waiting_messages(advisor())]
    assert waiting == [(other.request.receipt_number, 1), (mine.request.receipt_number, 2)]


def test_an_empty_or_endless_message_is_shown_again(client, mine):
    assert client.submit(page_of(mine), {"text": "  "}).status_code == 400
    refused = client.submit(page_of(mine), {"text": "ja " * 2000})
    assert (refused.status_code, "ja ja ja" in refused.text) == (400, True)
    assert messages_of(mine.request) == []


def test_a_message_typed_for_longer_than_a_session_lives_is_not_lost(client, mine):
    answer = client.post(page_of(mine), data={"text": TEXT, "csrf_token": "von gestern"})
    assert answer.status_code == 400
    assert "Er ist klein." in answer.text
    assert "lange offen" in answer.text


def test_a_person_finds_it_all_in_the_export_and_nothing_after_erasing(client, mine):
    path = written(mine)
    sign_in(client, make_user("advisor"))
    client.submit(path, {"text": ANSWER})
    told = stored_about(mine.token)["messages"]
    assert [(line["from_office"], line["text"]) for line in told] == [(False, TEXT), (True, ANSWER)]
    assert ANSWER in words_of(export_paper(mine.token, "de"))
    erase_my_request(mine.token)
    assert db.session.scalar(select(func.count()).select_from(RequestMessage)) == 0


@pytest.mark.parametrize("purpose", ["health", "contact"])
def test_messages_go_with_the_consent_that_allowed_to_keep_them(session, mine, purpose):
    write_my_message(mine.token, TEXT)
    withdraw_consent(mine.request, purpose)
    assert messages_of(mine.request) == []


def test_only_the_office_reads_what_others_wrote(client, mine):
    path = written(mine)
    sign_in(client, make_user("provider"))
    assert client.get(path).status_code == 403
    with pytest.raises(Forbidden):
        waiting_messages(type(advisor())())
    assert client.get(f"/mein-gesuch/{'a' * 26}/nachrichten").status_code == 404
