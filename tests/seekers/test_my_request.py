"""One's own request by its secret link: pausing, withdrawing, taking consents back, taking data along, going."""

import json

import pytest
from sqlalchemy import func, select

from tests.cases.factories import make_advisor, make_case
from tests.core.probe import keys
from tests.factories import make_request
from tests.papers.reading import words_of
from wohnberatung.bridge.request_form import presets_for
from wohnberatung.cases.services.follow_ups import due_follow_ups
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.privacy.models import PersonKey
from wohnberatung.seekers.models import Consent, HousingRequest, RequestVersion
from wohnberatung.seekers.services.changing import begin_change
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.data_export import stored_about
from wohnberatung.seekers.services.messages import add_message
from wohnberatung.seekers.services.requests import change_request, contact_of, load_request_by_token, needs_of
from wohnberatung.seekers.services.self_service import end_consent

BALCONY = {"key": "balcony", "wanted": True, "importance": "wish"}


@pytest.fixture
def mine(session):
    wheelchair = [wish.as_requirement() for wish in presets_for(["wheelchair"], {})]
    return make_request(
        BALCONY,
        *wheelchair,
        profiles=("wheelchair",),
        household={"persons": 2, "needs_wheelchair_home": True},
        contact={"name": "Erika Beispiel", "reach": "email", "email": "erika@example.org", "note": "Nicht früh."},
    )


def address(mine, *rest):
    return "/".join(("/mein-gesuch", mine.token, *rest))


def test_a_request_is_paused_and_taken_up_again(client, mine):
    page = client.submit(address(mine), button="Gesuch pausieren").text
    assert "Ihr Gesuch ruht" in page
    assert mine.request.state == "paused"
    client.submit(address(mine), button="Wieder suchen")
    assert mine.request.state == "new"


@pytest.mark.parametrize(
    ("day", "importance", "asks", "excludes"),
    [
        ("2020-08-01", "must", True, True),
        ("2020-08-01", "wish", True, False),
        ("2099-08-01", "must", False, False),
        (None, "must", False, False),
    ],
)
def test_a_day_that_passed_after_sending_is_asked_about(client, session, day, importance, asks, excludes):
    moving = [{"key": "available_from", "wanted": day, "importance": importance}] if day else []
    sent = make_request(BALCONY, *moving)
    page = client.get(address(sent)).text
    assert ("Bitte nennen Sie einen neuen Tag." in page) is asks
    assert ("passt kein Angebot mehr" in page) is excludes
    if asks:
        assert client.submit(address(sent), button="Einen neuen Tag nennen").request.path == "/suche/einzug"


def test_nobody_who_has_stopped_is_asked_for_another_day(client, session):
    sent = make_request({"key": "available_from", "wanted": "2020-08-01", "importance": "must"})
    client.submit(address(sent, "zurueckziehen"), button="Gesuch zurückziehen")
    assert "Bitte nennen Sie einen neuen Tag." not in client.get(address(sent)).text


def test_withdrawing_asks_first(client, mine):
    assert "Möchten Sie Ihr Gesuch zurückziehen?" in client.get(address(mine, "zurueckziehen")).text
    assert mine.request.state == "new"
    client.submit(address(mine, "zurueckziehen"), button="Gesuch zurückziehen")
    assert mine.request.state == "withdrawn"


def test_a_button_on_an_old_page_changes_nothing(client, mine):
    assert client.submit(address(mine), {"version": "99"}, button="Gesuch pausieren").status_code == 409
    assert mine.request.state == "new"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "has not been saved yet"), ("leicht", "Wir haben Ihre Angaben noch nicht gespeichert.")],
)
def test_an_old_page_is_explained_in_its_own_language(client, mine, language, said):
    client.get(address(mine) + f"?sprache={language}")
    refused = client.post(address(mine, "stand", "pausieren"), data=keys(client) | {"version": "99"})
    assert refused.status_code == 409
    assert said in refused.text


def test_a_state_that_ended_meanwhile_is_explained(client, mine):
    mine.request.state = "closed"
    page = client.submit(address(mine, "zurueckziehen"), button="Gesuch zurückziehen").text
    assert "inzwischen einen anderen Stand" in page
    assert mine.request.state == "closed"


def test_looking_changes_nothing(client, mine):
    for rest in ("zurueckziehen", "loeschen", "link", "einwilligung/health", "daten.json"):
        answer = client.get(address(mine, rest))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), rest
    assert mine.request.version == 1
    assert client.get(address(mine, "stand", "pausieren")).status_code == 405


def test_without_health_consent_nothing_about_health_is_left(client, mine):
    client.submit(address(mine, "einwilligung", "health"), button="Einwilligung zurücknehmen")
    needs = needs_of(mine.request)
    assert [entry["key"] for entry in needs["requirements"]] == ["balcony"]
    assert (needs["profiles"], needs["household"], needs["text"]) == ([], {"persons": 2}, "")
    assert "note" not in contact_of(mine.request)
    assert not has_consent(mine.request, "health")
    versions = db.session.scalars(select(RequestVersion.number).filter_by(request_id=mine.request.id)).all()
    assert versions == [mine.request.version]


def test_without_contact_consent_nobody_is_named_and_no_mail_leaves(client, mine):
    mail = queue_mail(
        "request_received", to="erika@example.org", person_key=mine.request.person_key, receipt_number="DD", token="x"
    )
    client.submit(address(mine, "einwilligung", "contact"), button="Einwilligung zurücknehmen")
    assert contact_of(mine.request) == {"note": "Nicht früh.", "reach": "none"}
    stored = db.session.get(OutgoingMail, mail.id)
    assert (stored.state, stored.content) == (MailState.ERASED, None)


def test_a_consent_that_was_taken_back_stays_as_proof_and_leaves_the_page(client, mine):
    page = client.submit(address(mine, "einwilligung", "matching"), button="Einwilligung zurücknehmen").text
    assert "Ihre Einwilligung ist zurückgenommen." in page
    assert "Ich willige ein: matching." not in page
    proof = db.session.scalars(select(Consent).filter_by(request_id=mine.request.id, purpose="matching")).one()
    assert proof.withdrawn_at is not None


def test_free_texts_go_with_the_health_consent_wherever_they_stand(session):
    """Nobody can tell in which of them something stands about somebody's health."""
    words = "Mein Rheuma wird schlimmer"
    submitted = make_request(
        {"key": "self_description", "wanted": f"Ruhig. {words}.", "importance": "wish"},
        contact={"name": "Erika Beispiel", "reach": "none", "note": f"{words}!"},
        text=f"{words} im Winter",
        profiles=("walker",),
        purposes=("matching", "health"),
    )
    request, anna = submitted.request, make_advisor()
    case = make_case(anna)
    link_request(case, request.receipt_number, anna)
    add_message(request, f"{words}, leider.", None)
    begin_change(submitted.token, {"entries": {"note": [words]}})
    end_consent(submitted.token, "health")
    told = json.dumps(stored_about(submitted.token), ensure_ascii=False)
    assert "Rheuma" not in told
    assert "Erika Beispiel" in told
    (due,) = due_follow_ups(anna, clock.today())
    assert "Notizen durchsehen" in due[1], "what the case keeps is for a person to look through"


def test_the_export_tells_every_free_text(client, mine):
    """As values and on paper: the note, the text that is compared, messages, and a change that was begun."""
    submitted = make_request(
        {"key": "balcony", "wanted": True, "importance": "wish"},
        contact={"name": "Erika", "reach": "none", "note": "Nur mit Hund Bello."},
        text="Am liebsten ein Haus mit Sauerteig.",
    )
    request = submitted.request
    change_request(request, version=request.version, contact={"reach": "none", "note": "Ohne Hund."})
    add_message(request, "Haben Sie schon etwas?", None)
    begin_change(submitted.token, {"entries": {"note": ["Doch mit Katze Mauz."]}})
    told = client.get(address(submitted, "daten.json")).text
    paper = words_of(client.get(address(submitted, "daten.pdf")).data)
    for words in ("Hund Bello", "Sauerteig", "Haben Sie schon etwas?", "Ohne Hund"):
        assert words in told, words
        assert words in paper, words
    assert "Katze Mauz" in told


def test_the_export_holds_everything_in_words_and_values(client, mine):
    told = client.get(address(mine, "daten.json"))
    assert told.headers["Content-Disposition"] == 'attachment; filename="mein-gesuch.json"'
    assert told.json["contact"]["name"] == "Erika Beispiel"
    assert told.json["needs"] == needs_of(mine.request)
    assert [version["number"] for version in told.json["versions"]] == [1]
    assert {consent["purpose"] for consent in told.json["consents"]} == {"advice", "matching", "health", "contact"}


def test_a_new_link_ends_the_old_one(client, mine):
    answer = client.submit(address(mine, "link"), button="Neuen Link geben lassen")
    new = answer.request.path.split("/")[2]
    assert new != mine.token
    assert new in answer.text
    assert client.get(address(mine)).status_code == 404
    assert load_request_by_token(new).id == mine.request.id


def test_erasing_leaves_neither_rows_nor_a_key(client, mine):
    request_id, key_id = mine.request.id, mine.request.person_key_id
    queue_mail("still_looking", to="erika@example.org", person_key=mine.request.person_key, token="x")
    page = client.submit(address(mine, "loeschen"), button="Alles endgültig löschen").text
    assert "ist gelöscht" in page
    for table, column in ((HousingRequest, "id"), (RequestVersion, "request_id"), (Consent, "request_id")):
        left = db.session.scalar(select(func.count()).select_from(table).filter_by(**{column: request_id}))
        assert left == 0, table
    assert db.session.get(PersonKey, key_id).wrapped is None
    (mail,) = db.session.scalars(select(OutgoingMail))
    assert (mail.state, mail.content) == (MailState.ERASED, None)
    assert client.get(address(mine)).status_code == 404


def test_the_receipt_can_be_kept_on_paper(client, mine):
    answer = client.get(address(mine, "eingang.pdf"))
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    words = words_of(answer.data)
    for expected in (mine.request.receipt_number, "Erika Beispiel", "Rollstuhl", "Ich willige ein: health."):
        assert expected in words, expected
    assert mine.token in words.replace(" ", "")
    assert "eingang.pdf" in client.get(address(mine, "eingang")).text


def test_the_export_can_be_read_on_paper(client, mine):
    withdraw_consent(mine.request, "advice")
    change_request(mine.request, version=1, contact={"name": "Erika Neu", "reach": "none", "note": "Nicht früh."})
    queue_mail(
        "request_received", to="erika@example.org", person_key=mine.request.person_key, receipt_number="DD", token="x"
    )
    db.session.commit()
    words = words_of(client.get(address(mine, "daten.pdf")).data)
    for expected in ("Erika Neu", "Nicht früh.", "zurückgenommen am", "Fassung 1 vom", "Fassung 2 vom", "Balkon"):
        assert expected in words, expected
    assert words.index("Erika Neu") < words.index("Erika Beispiel")


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "zurueckziehen",
        "loeschen",
        "link",
        "einwilligung/health",
        "daten.json",
        "daten.pdf",
        "eingang.pdf",
    ],
)
def test_a_wrong_link_opens_nothing(client, rest):
    assert client.get(f"/mein-gesuch/{'a' * 26}/{rest}".rstrip("/")).status_code == 404


def test_guessing_links_is_stopped(app, client, mine, monkeypatch):
    monkeypatch.setitem(app.config, "LIMITS", {"secret_link": (2, 300)})
    answers = [client.get(address(mine, "daten.json")).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
