"""Messages inside a match over HTTP: held before contact is released where they tell who somebody is, direct after."""

import pytest
from sqlalchemy import select

from tests.brokerage.cases import mails
from tests.brokerage.ways import on_the_way, sharing
from tests.factories import make_organisation
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.viewings.cases import LANDLORD, TO_RELEASED, acquainted, reachable_home
from wohnberatung.messages.models import MatchMessage
from wohnberatung.messages.services.contact_data import tells_who
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import stored_about

PRESENTED = TO_RELEASED[:4]


@pytest.fixture
def presented(session):
    """Somebody who was presented without a name, the secret of their link, and those who offer."""
    owner, submitted = make_organisation(), sharing()
    match = on_the_way(*PRESENTED, submitted=submitted, offer=reachable_home(owner))
    return match, f"/nachrichten/{submitted.token}/{match.id}", owner


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def stored(session):
    return session.scalars(select(MatchMessage).order_by(MatchMessage.created_at)).all()


def test_before_release_a_message_without_names_goes_through_and_nobody_is_named(app, client, session, presented):
    match, link, owner = presented
    page = client.submit(link, {"reader": "provider", "text": "Ist der Hof beleuchtet?"}, button="Nachricht senden")
    assert "Ihre Nachricht ist gesendet." in text_of(page)
    (mail,) = (mail for mail in mails() if mail.to == LANDLORD and mail.mail.template == "match_message")
    assert "Hof" not in mail.text + mail.subject + mail.html
    landlord = app.test_client()
    sign_in(landlord, make_user("provider", organisation_ids=[owner.id]))
    assert "Wohnung am Park" in text_of(landlord.get("/vorschlaege/nachrichten"))
    shown = text_of(landlord.get(f"/vorschlaege/{match.id}/nachrichten"))
    assert "Ist der Hof beleuchtet?" in shown
    assert "Erika" not in shown
    landlord.submit(f"/vorschlaege/{match.id}/nachrichten", {}, button="Als gelesen vermerken")
    assert "Es ist nichts ungelesen" in text_of(landlord.get("/vorschlaege/nachrichten"))
    path = next(line for line in mail.text.splitlines() if "/nachrichten/" in line).partition("8000")[2]
    answered = app.test_client().submit(path, {"reader": "seeker", "text": "Ja, mit Bewegungsmelder."})
    assert "Ja, mit Bewegungsmelder." in text_of(answered)
    assert "Ja, mit Bewegungsmelder." in text_of(client.get(link))


def test_what_tells_who_somebody_is_waits_for_the_office(app, client, session, presented):
    match, link, owner = presented
    page = client.submit(link, {"reader": "provider", "text": "Rufen Sie mich an: 0351 1234567"})
    assert "sieht sich die Nachricht erst an" in text_of(page)
    landlord, office = app.test_client(), app.test_client()
    sign_in(landlord, make_user("provider", organisation_ids=[owner.id]))
    here = f"/vorschlaege/{match.id}/nachrichten"
    assert "1234567" not in landlord.get(here).text
    sign_in(office, make_user("advisor"))
    assert "anzusehen" in text_of(office.get("/heute"))
    office.submit(here, {}, button="Nicht weitergeben")
    assert "1234567" not in landlord.get(here).text
    client.submit(link, {"reader": "provider", "text": "Ich heiße Erika."})
    office.submit(here, {}, button="Weitergeben")
    assert "Ich heiße Erika." in text_of(landlord.get(here))
    assert [message.state for message in stored(session)] == ["stopped", "delivered"]


def test_after_release_it_goes_directly(client, session):
    pair = acquainted(reachable_home())
    link = f"/nachrichten/{pair.token}/{pair.match.id}"
    client.submit(link, {"reader": "provider", "text": "Meine Nummer: 0351 1234567"}, button="Nachricht senden")
    assert [message.state for message in stored(session)] == ["delivered"]
    assert any(mail.to == LANDLORD and mail.subject.startswith("Eine Nachricht") for mail in mails())


def test_the_office_alone_can_be_written_to_and_answers(app, client, session, presented):
    match, link, owner = presented
    client.submit(link, {"reader": "office", "text": "Ich bin unsicher. 0351 1234567"})
    landlord, office = app.test_client(), app.test_client()
    sign_in(landlord, make_user("provider", organisation_ids=[owner.id]))
    here = f"/vorschlaege/{match.id}/nachrichten"
    assert "unsicher" not in landlord.get(here).text
    sign_in(office, make_user("advisor"))
    office.submit(here, {"reader": "seeker", "text": "Wir rufen Sie an."}, button="Nachricht senden")
    assert "Wir rufen Sie an." in text_of(client.get(link))
    assert "Wir rufen Sie an." not in landlord.get(here).text


def test_nobody_writes_before_those_who_offer_were_asked_or_where_it_is_not_theirs(app, client, session, presented):
    match, link, _owner = presented
    submitted = sharing()
    early = on_the_way(*PRESENTED[:3], submitted=submitted, offer=reachable_home())
    assert client.get(f"/nachrichten/{submitted.token}/{early.id}").status_code == 404
    assert client.get(f"/nachrichten/{submitted.token}/{match.id}").status_code == 404
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    assert client.get(f"/vorschlaege/{match.id}/nachrichten").status_code == 404
    refused = app.test_client().submit(link, {"reader": None, "text": "Hallo"}, button="Nachricht senden")
    assert refused.status_code == 400
    assert "Bitte wählen Sie, an wen Sie schreiben." in text_of(refused)


def test_messages_are_sealed_told_and_go_with_the_consent(client, session):
    pair = acquainted(reachable_home())
    link = f"/nachrichten/{pair.token}/{pair.match.id}"
    client.submit(link, {"reader": "provider", "text": "Ich habe Rheuma."}, button="Nachricht senden")
    (message,) = stored(session)
    assert b"Rheuma" not in message.body
    assert stored_about(pair.token)["match_messages"][0]["text"] == "Ich habe Rheuma."
    withdraw_consent(pair.match.request, "sharing")
    assert stored(session) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ist der Aufzug 110 cm breit und kostet das 650 Euro?", False),
        ("Ich komme am 12.12.2026 um 14 Uhr.", False),
        ("erika@example.org", True),
        ("Schauen Sie auf www.beispiel.de", True),
        ("Ich wohne Elbstraße 7", True),
        ("0351 / 123 45 67", True),
        ("Viele Grüße, Erika", True),
    ],
)
def test_what_counts_as_telling_who_somebody_is(presented, text, expected):
    assert tells_who(text, presented[0]) is expected
