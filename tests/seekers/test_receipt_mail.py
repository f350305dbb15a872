"""The receipt of a request by mail: only where it is wanted, and without a word about the person."""

import pytest
from sqlalchemy import select

from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from tests.seekers.walking import begin, send, token_in
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import read_mail

BY_MAIL = {"reach": "email", "email": "erika@example.org", "phone": None}


def mails():
    return [read_mail(mail_id) for mail_id in db.session.scalars(select(OutgoingMail.id))]


def test_who_wants_an_answer_by_mail_gets_the_number_and_the_link(client):
    begin(client, kontakt=BY_MAIL)
    receipt = send(client)
    (mail,) = mails()
    assert (mail.to, mail.mail.state) == ("erika@example.org", "queued")
    assert f"/mein-gesuch/{token_in(receipt)}" in mail.text
    number = mail.subject.rsplit(" ", 1)[1]
    assert number in receipt.text


def test_the_mail_says_nothing_about_the_person(client):
    begin(client, kontakt=BY_MAIL)
    send(client)
    (mail,) = mails()
    for told in (mail.subject, mail.text, mail.html):
        for private in ("Erika", "Rollstuhl", "barriere", "Johannstadt", "650", "Wohnung", "Gesuch", "Balkon", "WBS"):
            assert private.lower() not in told.replace("Wohnberatung", "").replace("/mein-gesuch/", "").lower()


@pytest.mark.parametrize(
    "contact",
    [
        {"reach": "phone", "phone": "0351 1234567", "email": "erika@example.org"},
        {"reach": "none", "phone": None},
    ],
)
def test_who_wants_to_be_reached_otherwise_gets_no_mail(client, contact):
    begin(client, kontakt=contact)
    send(client)
    assert mails() == []


def test_a_request_that_looks_like_spam_mails_nobody(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "LIMITS", {"public_form": (1, 3600)})
    for _ in range(2):
        begin(client, kontakt=BY_MAIL)
        send(client)
    assert sorted(mail.mail.state for mail in mails()) == ["held", "queued"]


def test_sending_the_form_twice_sends_one_mail(client):
    begin(client, kontakt=BY_MAIL)
    page = client.get("/suche/pruefen")
    fields = dict(hidden(page.text))
    answers = [client.post("/suche/pruefen", data=fields).headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(mails()) == 1


def hidden(html):
    return offered_values(find_form(Page(html), {"idempotency_key"}, "Gesuch absenden"))
