"""Providers register themselves: confirmed by mail, then by the office; nobody learns who is known."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.mailbox import link_to, mails_to
from tests.factories import make_organisation
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.accounts.models import MailedLink, Organisation
from wohnberatung.accounts.services import organisations, people
from wohnberatung.extensions import db

FRESH = "fünf große Hechte im Fluss"
FORM = {
    "kind": "private_owner",
    "organisation": "Haus Beispielstein",
    "name": "Ilse Beispielstein",
    "email": "ilse@example.org",
    "about": "Zwei Wohnungen in Pieschen.",
}


def organisation(name: str = "Haus Beispielstein") -> Organisation:
    return db.session.scalars(select(Organisation).filter_by(name=name)).one()


def registered(client: CheckingClient, **fields: str) -> None:
    client.submit("/registrieren", FORM | fields)
    client.submit(link_to(FORM["email"]), {"password": FRESH, "repeated": FRESH})


def test_from_the_form_to_the_first_sign_in(client: CheckingClient, session: Any) -> None:
    page = client.submit("/registrieren", FORM)
    assert "Sehen Sie in Ihr Postfach" in page.text
    assert session.scalars(select(Organisation)).all() == [], "nothing exists before the address is confirmed"
    assert b"Ilse" not in session.scalars(select(MailedLink)).one().content
    link = link_to(FORM["email"])
    assert "Haus Beispielstein" in client.get(link).text
    done = client.submit(link, {"password": FRESH, "repeated": FRESH})
    assert "Ihre Organisation ist angemeldet" in done.text
    client.submit("/anmelden", {"email": FORM["email"], "password": FRESH})
    mine = client.get("/organisation", follow_redirects=True)
    assert "Wartet auf die Bestätigung" in mine.text
    assert organisations.contact_of_organisation(organisation())["person"] == "Ilse Beispielstein"
    assert not organisation().is_confirmed


def test_who_is_known_already_gets_a_mail_and_the_same_answer(client: CheckingClient) -> None:
    unknown = client.submit("/registrieren", FORM).text
    user = make_user("provider", email="anna@example.org")
    known = client.submit("/registrieren", FORM | {"email": "anna@example.org", "organisation": "Annahof"}).text
    assert known == unknown
    assert mails_to("anna@example.org")[-1].startswith("Sie haben schon ein Konto")
    client.submit(link_to("anna@example.org"))
    assert [seat.name for seat in people.load_actor(user.id).seats] == ["Annahof"]


def test_a_taken_name_is_no_answer_either(client: CheckingClient) -> None:
    make_organisation(FORM["organisation"])
    registered(client)
    assert organisation("Haus Beispielstein (2)").is_confirmed is False


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "ilse"}, "keine vollständige E-Mail-Adresse"),
        ({"kind": None}, "Bitte wählen Sie, was am besten zutrifft"),
        ({"organisation": ""}, "Bitte geben Sie einen Namen an"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(
    client: CheckingClient, fields: dict[str, Any], words: str
) -> None:
    page = client.submit("/registrieren", FORM | fields)
    assert page.status_code == 400
    assert words in page.text
    assert "Zwei Wohnungen in Pieschen." in page.text


def test_what_looks_like_spam_waits_for_the_office_and_sends_no_mail(client: CheckingClient, app: Flask) -> None:
    page = client.submit("/registrieren", FORM | {"homepage": "https://spam.example"})
    assert "Sehen Sie in Ihr Postfach" in page.text
    assert mails_to(FORM["email"]) == []
    office = app.test_client()
    sign_in(office, make_user("advisor"))
    assert "Anmeldungen in Quarantäne" in office.get("/verwaltung/organisationen").text
    office.submit("/verwaltung/organisationen", button="Kein Spam")
    assert "Haus Beispielstein" in client.get(link_to(FORM["email"])).text


def test_spam_is_thrown_away(client: CheckingClient, session: Any) -> None:
    client.submit("/registrieren", FORM | {"homepage": "x"})
    sign_in(client, make_user("advisor"))
    client.submit("/verwaltung/organisationen", button="Löschen")
    assert session.scalars(select(MailedLink)).all() == []


def test_the_office_confirms_and_the_members_are_told(client: CheckingClient, app: Flask) -> None:
    registered(client)
    office = app.test_client()
    sign_in(office, make_user("advisor"))
    assert "Haus Beispielstein" in office.get("/verwaltung/organisationen").text
    page = f"/organisation/{organisation().id}"
    office.submit(page, {"trust": "live"}, button="Organisation bestätigen")
    office.submit(page, {"trust": "reviewed"}, button="Speichern")
    assert (organisation().is_confirmed, organisation().is_trusted) == (True, False)
    told = [mail for mail in mails_to(FORM["email"]) if mail.startswith("Ihre Organisation ist bestätigt")]
    assert len(told) == 1, "once, although the trust was changed later"


def test_the_office_declines_in_neutral_words(client: CheckingClient, app: Flask) -> None:
    registered(client)
    office = app.test_client()
    sign_in(office, make_user("advisor"))
    ask = f"/verwaltung/organisationen/{organisation().id}/ablehnen"
    for _again in range(2):
        office.submit(ask, button="Ablehnen")
    assert "zurzeit nicht aufnehmen" in mails_to(FORM["email"])[-1]
    assert len([mail for mail in mails_to(FORM["email"]) if "nicht aufnehmen" in mail]) == 1
    assert people.load_actor(people.find_user(FORM["email"]).id).seats == ()
    assert "Niemand wartet" in office.get("/verwaltung/organisationen").text
    assert "abgelehnt" in office.get("/verwaltung/organisationen?stand=alle").text


def test_the_office_enters_an_organisation_and_invites_its_first_person(client: CheckingClient) -> None:
    sign_in(client, make_user("advisor", name="Berta Beraterin"))
    fields = {"name": "Neuer Hof", "kind": "cooperative", "trust": "live"}
    page = client.submit("/verwaltung/organisationen/anlegen", fields)
    assert "Laden Sie jetzt die erste Person ein" in page.text
    assert organisation("Neuer Hof").is_confirmed
    assert client.submit("/verwaltung/organisationen/anlegen", fields).status_code == 400
    client.submit(page.request.path, {"email": "erste@example.org", "role": "manager"}, button="Einladen")
    assert "Berta Beraterin lädt Sie ein" in mails_to("erste@example.org")[-1]
