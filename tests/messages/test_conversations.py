"""Messages inside a match over HTTP: held before contact is released where they tell who somebody is, direct after."""

import base64
import io

import pytest
from PIL import Image
from sqlalchemy import select

from tests.brokerage.cases import mails
from tests.brokerage.ways import on_the_way, sharing
from tests.factories import make_organisation
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.pictures.drawings import telephone_photo
from tests.projects.leaflets import PDF
from tests.viewings.cases import LANDLORD, TO_RELEASED, acquainted, reachable_home
from wohnberatung.messages.models import MatchMessage, MessageFile
from wohnberatung.messages.services import conversations
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
    assert "Suchende Person" in shown
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


def sent_with(*files):
    return {"reader": "provider", "text": "Anbei.", "files": list(files)}


def test_files_are_looked_at_sealed_and_open_only_to_whom_the_message_is_shown(app, client, session, presented):
    match, link, owner = presented
    landlord, office, stranger = (app.test_client() for _who in range(3))
    sign_in(landlord, make_user("provider", organisation_ids=[owner.id]))
    sign_in(office, make_user("advisor"))
    sign_in(stranger, make_user("provider", organisation_ids=[make_organisation().id]))
    page = client.submit(
        link,
        sent_with((io.BytesIO(PDF), "Grundriss.pdf"), (io.BytesIO(telephone_photo()), "IMG_Erika.jpg")),
        button="Nachricht senden",
    )
    assert "weil eine Datei dabei ist" in text_of(page)
    (message,) = stored(session)
    pdf, _picture = message.files
    assert (message.state, [file.plain_name for file in message.files]) == ("held", ["Grundriss.pdf", "IMG_Erika.jpg"])
    assert PDF not in pdf.file
    here = f"/vorschlaege/{match.id}/nachrichten"
    opened = [f"{here}/dateien/{file.id}" for file in message.files]
    by_link = f"{link}/dateien/{pdf.id}"
    assert [landlord.get(path).status_code for path in opened] == [404, 404], "held is held with all that came along"
    assert office.get(opened[0]).data == PDF
    office.submit(here, {}, button="Weitergeben")
    assert "Grundriss.pdf" in text_of(landlord.get(here))
    answer = landlord.get(opened[1])
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert not Image.open(io.BytesIO(answer.data)).getexif()
    assert client.get(by_link).data == PDF
    assert stranger.get(opened[0]).status_code == 404
    other = on_the_way(*PRESENTED, offer=reachable_home(owner))
    assert landlord.get(f"/vorschlaege/{other.id}/nachrichten/dateien/{pdf.id}").status_code == 404
    told = stored_about(link.split("/")[2])["match_messages"][0]["files"]
    assert base64.b64decode(told[0]["content_base64"]) == PDF
    withdraw_consent(match.request, "sharing")
    assert session.scalars(select(MessageFile)).all() == []


@pytest.mark.parametrize("number", [1, 4])
def test_what_no_file_of_ours_can_be_is_refused_and_nothing_is_kept(client, session, presented, number):
    _match, link, _owner = presented
    wrong = b"MZ kein Bild" if number == 1 else PDF
    files = [(io.BytesIO(wrong), f"{each}.pdf") for each in range(number)]
    page = client.submit(link, sent_with(*files), button="Nachricht senden")
    said = "kein Bild, das wir lesen können" if number == 1 else "Bitte höchstens 3 Dateien auf einmal"
    assert (page.status_code, said in text_of(page)) == (400, True)
    assert stored(session) == []


def test_after_release_files_go_directly_and_a_conversation_holds_so_many(client, session, monkeypatch):
    pair = acquainted(reachable_home())
    link = f"/nachrichten/{pair.token}/{pair.match.id}"
    client.submit(link, sent_with((io.BytesIO(PDF), "a.pdf")), button="Nachricht senden")
    assert [message.state for message in stored(session)] == ["delivered"]
    monkeypatch.setattr(conversations, "MOST_FILES", 1)
    page = client.submit(link, sent_with((io.BytesIO(PDF), "b.pdf")), button="Nachricht senden")
    assert (page.status_code, "Mehr als 1 Dateien" in text_of(page)) == (400, True)


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
