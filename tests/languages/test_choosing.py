"""Choosing a language: by address, remembered, on public pages only."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.seekers.walking import begin
from wohnberatung.advice.models import Enquiry
from wohnberatung.core.languages import EASY, ENGLISH, GERMAN, LANGUAGES, language_of
from wohnberatung.extensions import db
from wohnberatung.web.languages import SWITCH


def language_of_page(html: str) -> str:
    return Page(html).root.attrib["lang"]


def switch(html: str) -> dict[str, str]:
    """The addresses offered by the names of the languages."""
    navs = (nav for nav in Page(html).all("nav") if nav.attrib.get("class") == "header__languages")
    offered = (link for nav in navs for item in nav.iter("li") for link in item.iter() if link.tag in ("a", "button"))
    return {words(link): link.attrib.get("href") or link.attrib["formaction"] for link in offered}


def test_pages_are_german_until_somebody_chooses(client: CheckingClient) -> None:
    response = client.get("/", headers={"Accept-Language": "en"})
    assert language_of_page(response.text) == "de"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_a_language_is_chosen_by_the_address_and_remembered(client: CheckingClient, language) -> None:
    assert language_of_page(client.get(f"/?sprache={language.code}").text) == language.tag
    assert language_of_page(client.get("/impressum").text) == language.tag


def test_the_choice_is_kept_without_a_session_and_out_of_reach_of_scripts(client: CheckingClient) -> None:
    cookie = client.get("/?sprache=en").headers["Set-Cookie"]
    assert cookie.startswith("language=en;")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Set-Cookie" not in client.get("/?sprache=en").headers


@pytest.mark.parametrize("code", ["fr", "", "EN", "../de", "de@easy"])
def test_an_unknown_language_changes_nothing(client: CheckingClient, code: str) -> None:
    client.get("/?sprache=leicht")
    assert language_of_page(client.get("/", query_string={"sprache": code}).text) == EASY.tag


def test_the_switch_leads_to_the_same_page_with_all_it_asks(client: CheckingClient) -> None:
    offered = switch(client.get("/angebote?suche=Garten%20%26%20Hof&sprache=en").text)
    assert list(offered) == ["Deutsch", "Leichte Sprache", "English"]
    assert offered["Leichte Sprache"] == "/angebote?suche=Garten+%26+Hof&sprache=leicht"


def test_the_switch_on_the_page_of_a_refused_form_leads_to_the_form(client: CheckingClient) -> None:
    refused = client.submit("/anfrage", {"question": ""}, follow=False)
    assert refused.status_code == 400
    assert switch(refused.text)["English"] == "/anfrage?sprache=en"


@pytest.mark.parametrize(
    ("path", "field", "sent"),
    [
        ("/anfrage", "question", "Meine Tochter hilft mir, wer zahlt den Umbau?"),
        ("/suche/einzug", "note", "Wir müssen bis März raus."),
        ("/termin/wunsch", "concern", "Die Badewanne ist zu hoch."),
        ("/barrierefreiheit/rueckmeldung", "barrier", "Die Karte liest mein Gerät nicht vor."),
    ],
)
def test_what_was_typed_comes_along_into_another_language(
    client: CheckingClient, path: str, field: str, sent: str
) -> None:
    if path.startswith("/suche/"):
        begin(client, before="einzug")
    page = Page(client.get(path).text)
    form = find_form(page, {field}, "")
    (button,) = (each for each in page.all("button") if each.attrib.get("value") == "leicht")
    assert button.attrib["form"] == form.attrib["id"]
    typed = dict(offered_values(form)) | {field: sent, button.attrib["name"]: "leicht"}
    switched = client.post(button.attrib["formaction"], data=typed, follow_redirects=True)
    assert (switched.status_code, language_of_page(switched.text)) == (200, EASY.tag)
    kept = dict(offered_values(find_form(Page(switched.text), {field}, "")))
    assert kept[field] == sent
    assert "error-summary" not in switched.text


def test_a_letter_whose_language_was_switched_is_sent_once(client: CheckingClient) -> None:
    form = dict(offered_values(find_form(Page(client.get("/anfrage").text), {"question"}, "")))
    asked = form | {"question": "Wer zahlt den Umbau?", "reach": "none"}
    switched = client.post("/anfrage?sprache=en", data=asked | {SWITCH: "en"})
    assert db.session.scalar(select(func.count()).select_from(Enquiry)) == 0
    again = dict(offered_values(find_form(Page(switched.text), {"question"}, "")))
    assert client.post("/anfrage", data=again).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Enquiry)) == 1


def test_the_switch_never_leads_to_another_host(client: CheckingClient) -> None:
    response = client.get("//evil.example/a")
    assert all(href.startswith("/") and not href.startswith("//") for href in switch(response.text).values())


def test_the_office_works_in_german(client: CheckingClient) -> None:
    sign_in(client, make_user("advisor"))
    assert language_of_page(client.get("/?sprache=en").text) == ENGLISH.tag
    page = client.get("/gesuche").text
    assert language_of_page(page) == GERMAN.tag
    assert switch(page) == {}


def test_a_language_we_do_not_have_any_more_is_german(app: Flask) -> None:
    assert language_of("en") is ENGLISH
    assert language_of("fr") is GERMAN
