"""Getting in by mail: once, for a short while, and without telling anybody who is known."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.accounts.mailbox import link_to, mails_to
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.reading import watched_writes
from tests.people import PASSWORD, make_user, sign_in
from tests.queries import sent_statements
from wohnberatung.accounts.models import MailedLink
from wohnberatung.accounts.services import mailed_links, people, registration, sign_in_by_mail
from wohnberatung.core import clock

FRESH = "fünf große Hechte im Fluss"


@pytest.fixture
def person(session: Any) -> Any:
    return make_user("provider", email="anna@example.org")


def test_a_mailed_link_signs_in_once_and_only_by_its_button(client: CheckingClient, person: Any) -> None:
    client.submit("/anmelden/link", {"email": " Anna@example.org"})
    link = link_to("anna@example.org")
    for _again in range(2):
        assert "Sie melden sich an als anna@example.org" in client.get(link).text
    assert client.get("/konto").status_code == 302, "a scanner that opens links signs nobody in"
    client.submit(link)
    assert client.get("/konto").status_code == 200
    assert client.get(link).status_code == 404


@pytest.mark.parametrize(("path", "minutes"), [("/anmelden/link", 15), ("/passwort-vergessen", 60)])
def test_links_end(client: CheckingClient, person: Any, path: str, minutes: int) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.submit(path, {"email": person.email})
        link = link_to(person.email)
        traveller.shift(timedelta(minutes=minutes, seconds=-1))
        assert client.get(link).status_code == 200
        traveller.shift(timedelta(seconds=1))
        assert client.get(link).status_code == 404
        assert client.post(link).status_code in (400, 404)


def test_the_table_holds_no_token(client: CheckingClient, person: Any, session: Any) -> None:
    client.submit("/anmelden/link", {"email": person.email})
    row = session.scalars(select(MailedLink)).one()
    token = link_to(person.email).rpartition("/")[2]
    assert token not in (row.id, row.token_hash)
    assert token.encode() not in row.content


@pytest.mark.parametrize("path", ["/anmelden/link", "/passwort-vergessen"])
def test_known_unknown_and_disabled_get_the_same_answer(client: CheckingClient, person: Any, path: str) -> None:
    gone = make_user(email="gone@example.org")
    people.disable_user(gone.id)
    pages = [client.submit(path, {"email": email}).text for email in (person.email, "nobody@example.org", gone.email)]
    assert len(set(pages)) == 1
    assert [len(mails_to(email)) for email in (person.email, "nobody@example.org", gone.email)] == [1, 0, 0]


def test_five_mails_a_day_and_no_more(client: CheckingClient, person: Any) -> None:
    answers = [client.submit("/anmelden/link", {"email": person.email}, follow=False).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mails_to(person.email)) == 5


def test_a_forgotten_password_is_replaced_and_sessions_end(app: Flask, client: CheckingClient, person: Any) -> None:
    other = app.test_client()
    sign_in(other, person)
    client.submit("/passwort-vergessen", {"email": person.email})
    link = link_to(person.email)
    assert "mindestens 12 Zeichen" in client.submit(link, {"password": "kurz", "repeated": "kurz"}).text
    page = client.submit(link, {"password": FRESH, "repeated": FRESH})
    assert "Ihr Passwort ist geändert" in page.text
    assert other.get("/konto").status_code == 302
    assert people.authenticate(person.email, FRESH) is not None
    assert mails_to(person.email)[-1].startswith("Ihr Passwort ist geändert")
    assert client.get(link).status_code == 404


def test_a_new_address_counts_when_its_owner_says_so(client: CheckingClient, person: Any) -> None:
    sign_in(client, person)
    wrong = client.submit("/konto", {"email": "neu@example.org", "current_password": "falsch"})
    assert wrong.status_code == 400
    client.submit("/konto", {"email": "Neu@example.org", "current_password": PASSWORD})
    assert person.email == "anna@example.org"
    client.submit(link_to("neu@example.org"), button="Adresse bestätigen")
    assert person.email == "neu@example.org"
    assert mails_to("anna@example.org")[-1].startswith("Ihre E-Mail-Adresse ist geändert")


def test_an_address_that_belongs_to_somebody_is_refused_by_its_link_only(client: CheckingClient, person: Any) -> None:
    make_user(email="taken@example.org")
    sign_in(client, person)
    fields = {"email": "taken@example.org", "current_password": PASSWORD}
    assert "Link an die neue Adresse" in client.submit("/konto", fields).text
    refused = client.submit(link_to("taken@example.org"), button="Adresse bestätigen")
    assert (refused.status_code, person.email) == (400, "anna@example.org")


def test_a_link_is_held_by_its_button_only(session: Any, person: Any) -> None:
    """A scanner that opens a link must not make its owner wait."""
    sign_in_by_mail.mail_sign_in_link(person.email)
    token = link_to(person.email).rpartition("/")[2]
    for take, expected in ((mailed_links.open_link, []), (mailed_links.take_link, ["lock mailed_links"])):
        with watched_writes() as held:
            take(token)
        assert held == expected


def change_password(client: CheckingClient, person: Any) -> None:
    sign_in(client, person)
    client.submit("/konto", {"current": PASSWORD, "password": FRESH, "repeated": FRESH})


def reset_password(client: CheckingClient, person: Any) -> None:
    client.submit("/passwort-vergessen", {"email": person.email})
    client.submit(link_to(person.email), {"password": FRESH, "repeated": FRESH})


def move_to_another_address(client: CheckingClient, person: Any) -> None:
    sign_in(client, person)
    client.submit("/konto", {"email": "neu@example.org", "current_password": PASSWORD})
    client.submit(link_to("neu@example.org"), button="Adresse bestätigen")


@pytest.mark.parametrize("change", [change_password, reset_password, move_to_another_address])
def test_links_that_are_under_way_end_with_the_old_lock(client: CheckingClient, person: Any, change: Any) -> None:
    """Whoever reads the mails may have asked for them."""
    older = []
    for path in ("/anmelden/link", "/passwort-vergessen"):
        client.submit(path, {"email": "anna@example.org"})
        older.append(link_to("anna@example.org"))
    sign_in_by_mail.request_new_email(people.actor_of(person), email="fremd@example.org", current=PASSWORD)
    older.append(link_to("fremd@example.org"))
    change(client, person)
    assert people.authenticate(person.email, PASSWORD) is None or person.email == "neu@example.org"
    assert [client.get(link).status_code for link in older] == [404, 404, 404]


def test_links_of_others_stay(client: CheckingClient, person: Any) -> None:
    other = make_user("provider", email="berta@example.org")
    sign_in_by_mail.mail_sign_in_link(other.email)
    sign_in_by_mail.set_password(person, FRESH)
    assert client.get(link_to(other.email)).status_code == 200


def register(address: str) -> None:
    values = {"email": address, "name": "Anna", "organisation": "Haus", "kind": "company", "phone": "", "about": ""}
    registration.register(values)


@pytest.mark.parametrize("mail", [sign_in_by_mail.mail_sign_in_link, sign_in_by_mail.mail_reset_link, register])
def test_known_and_unknown_cost_the_same_work(session: Any, person: Any, mail: Any) -> None:
    """Told by what the database is asked to do, as a clock in a test would be a coin."""
    work = []
    for address in ("anna@example.org", "nobody@example.org"):
        with sent_statements() as statements:
            mail(address)
        work.append([statement.split(" ")[0] for statement in statements])
    assert work[0] == work[1]
