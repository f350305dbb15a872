"""Going back once the form was sent: nobody is left with an empty page, and nothing that was typed is lost silently."""

from typing import Any

import pytest

from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.seekers.walking import begin, send, token_in
from wohnberatung.core.languages import EASY, ENGLISH, GERMAN, LANGUAGES, ReadLanguage
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestDraft

TITLES = {
    GERMAN.code: "Ihr Gesuch ist schon bei uns",
    EASY.code: "Ihre Suche ist schon bei uns",
    ENGLISH.code: "We already have your housing request",
}
CHANGING = {GERMAN.code: "„Angaben ändern“", EASY.code: "„Angaben ändern“", ENGLISH.code: "“Change details”"}


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


def drawn(client: CheckingClient, step: str) -> dict[str, str]:
    """What the form of the step would send as it stands."""
    return dict(offered_values(find_form(Page(client.get(f"/suche/{step}").text), {"entwurf"}, "")))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize("page", ["kosten", "pruefen", "spaeter", "gefunden"])
def test_a_page_of_the_form_says_that_it_is_sent(client: CheckingClient, language: ReadLanguage, page: str) -> None:
    begin(client)
    send(client)
    number = db.session.query(HousingRequest).one().receipt_number
    client.get("/", query_string={"sprache": language.code})
    told = text_of(client.get(f"/suche/{page}", follow_redirects=True))
    for said in (TITLES[language.code], number, CHANGING[language.code]):
        assert said in told


def test_a_tab_that_saves_afterwards_shows_what_was_typed_in_it(client: CheckingClient) -> None:
    begin(client)
    form = drawn(client, "wohnung")
    send(client)
    answer = client.post("/suche/wohnung", data={**form, "rooms_low": "3", "aktion": "weiter"})
    assert answer.status_code == 409
    told = text_of(answer)
    assert "Das ist nicht gespeichert" in told
    assert db.session.query(HousingRequest).one().receipt_number in told
    typed = [words(each) for each in Page(answer.text).all("dd")]
    assert any("3" in each for each in typed)
    assert db.session.query(RequestDraft).count() == 0


def test_a_tab_of_the_last_request_does_not_write_into_the_next_one(client: CheckingClient) -> None:
    """A helper has begun the form for somebody else, and the tab of the first one is still open."""
    begin(client)
    form = drawn(client, "kontakt")
    send(client)
    begin(client, before="wohnung")
    assert client.post("/suche/kontakt", data={**form, "name": "Wer anders", "aktion": "weiter"}).status_code == 409
    (draft,) = db.session.query(RequestDraft)
    assert "Wer anders" not in str(draft.plain_answers)


def test_a_new_request_can_be_begun_and_says_that_the_other_is_there(client: CheckingClient) -> None:
    begin(client)
    send(client)
    first = client.get("/suche/haushalt")
    assert "Hier beginnt ein neues." in text_of(first)
    client.submit("/suche/haushalt", {"household_persons": "1"}, button="Weiter")
    assert "Hier beginnt ein neues." not in text_of(client.get("/suche/haushalt"))


def test_going_back_after_a_change_was_saved(client: CheckingClient) -> None:
    begin(client)
    token = token_in(send(client))
    client.submit(f"/mein-gesuch/{token}", {}, button="Angaben ändern")
    client.submit("/suche/pruefen", button="Änderungen speichern")
    assert "Ihr Gesuch ist schon bei uns" in text_of(client.get("/suche/kosten", follow_redirects=True))


def test_nothing_is_said_to_whoever_has_sent_nothing_or_erased_it(client: CheckingClient) -> None:
    assert client.get("/suche/kosten").headers["Location"] == "/suche"
    assert client.get("/suche/abgesendet").headers["Location"] == "/suche"
    begin(client)
    token = token_in(send(client))
    client.submit(f"/mein-gesuch/{token}/loeschen", {}, button="Alles endgültig löschen")
    assert client.get("/suche/kosten").headers["Location"] == "/suche"


def test_a_deleted_draft_shows_what_an_open_tab_still_brings(client: CheckingClient) -> None:
    begin(client)
    form = drawn(client, "wohnung")
    client.submit("/suche", {}, button="Angaben löschen und neu beginnen")
    answer = client.post("/suche/wohnung", data={**form, "rooms_low": "3", "aktion": "weiter"})
    assert answer.status_code == 409
    assert "Diesen Entwurf gibt es nicht mehr" in text_of(answer)
