"""What is told to one person is told in the language they used: mails, proposals, objections, papers."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from matching.catalogue import HOMES
from matching.criteria import money
from matching.facts import FactError
from tests.brokerage.cases import asked, home, mails, offered
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.papers.reading import words_of
from tests.seekers.walking import begin
from wohnberatung.bridge.fields import fact_form
from wohnberatung.bridge.wording import engine_language, spoken
from wohnberatung.core import clock
from wohnberatung.core.languages import EASY, ENGLISH, GERMAN, LANGUAGES, ReadLanguage
from wohnberatung.extensions import db
from wohnberatung.mail.services.delivery import LeasedMail, MailSender, compose
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.web.filters import day, euro

RENT = HOMES.fact(money.RENT_WARM.key)
BY_MAIL = {"reach": "email", "email": "erika@example.org", "phone": None}
SEND = {GERMAN.code: "Gesuch absenden", EASY.code: "Suche abschicken", ENGLISH.code: "Send housing request"}
RECEIVED = {
    GERMAN.code: "Ihre Nachricht ist bei uns angekommen.",
    EASY.code: "Ihre Nachricht ist bei uns.",
    ENGLISH.code: "Your message has reached us.",
}
each_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


@each_language
def test_a_request_remembers_the_language_and_its_mail_is_in_it(client: CheckingClient, language: ReadLanguage) -> None:
    client.get("/", query_string={"sprache": language.code})
    begin(client, kontakt=BY_MAIL)
    receipt = client.submit("/suche/pruefen", button=SEND[language.code])
    assert db.session.query(HousingRequest).one().language == language.code
    (mail,) = mails()
    assert RECEIVED[language.code] in mail.text
    assert f'lang="{language.tag}"' in mail.html
    link = next(word for word in mail.text.split() if "/mein-gesuch/" in word)
    assert link.endswith(f"?sprache={language.code}") is (language is not GERMAN)
    paper = client.get(f"/mein-gesuch/{receipt.request.path.split('/')[2]}/eingang.pdf")
    assert {"de": "Ihre Nummer", "leicht": "Ihre Nummer", "en": "Your number"}[language.code] in words_of(paper.data)


def test_a_letter_names_its_language_to_mail_programs(app: Flask) -> None:
    letters = {"to": "erika@example.org", "subject": "A", "text": "A", "html": "A"}
    letter = LeasedMail("a" * 26, "b", language=EASY.code, created_at=clock.now(), **letters)
    assert compose(letter, MailSender("Büro", "buero@example.org"))["Content-Language"] == EASY.tag


def test_reasons_of_a_proposal_are_told_in_the_language_of_the_reader(client: CheckingClient, session: Any) -> None:
    offered(asked(language=ENGLISH.code), home(width=95))
    page = next(word for word in mails()[-1].text.split() if "/vorschlag/" in word).partition("8000")[2]
    assert page.endswith("?sprache=en")
    english = text_of(client.get(page))
    assert "Clear width of the inner doors: 95 cm" in english
    assert "Balcony or terrace" in english
    easy = text_of(client.get(page.replace("sprache=en", "sprache=leicht")))
    assert "Breite von den Türen in der Wohnung: 95 cm" in easy
    assert "Lichte Breite der Innentüren: 95 cm" in text_of(client.get(page.replace("sprache=en", "sprache=de")))


def test_what_the_engine_objects_to_is_said_in_every_language() -> None:
    with pytest.raises(FactError) as refusal:
        RENT.parse("99999999")
    assert "ist nicht plausibel; möglich sind" in refusal.value.message
    english = refusal.value.said(engine_language(ENGLISH))
    assert english.startswith("€99,999,999 cannot be right")
    assert "kann nicht stimmen" in refusal.value.said(engine_language(EASY))


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        (GERMAN, "1.234,50", "1.234,50"),
        (GERMAN, "€1,234.50", "1.234,50"),
        (ENGLISH, "1,234.50", "1,234.50"),
        (ENGLISH, "€1,234", "1,234"),
        (ENGLISH, "650,50", "650.50"),
    ],
)
def test_numbers_are_entered_as_they_are_shown(app: Flask, language: ReadLanguage, written: str, shown: str) -> None:
    with app.test_request_context(query_string={"sprache": language.code}):
        form_class = fact_form(Form, [RENT])
        entered = form_class(MultiDict([(RENT.key, written)]))
        assert entered.validate()
        assert form_class(data=entered.fact_values())[RENT.key]._value() == shown


def test_days_and_amounts_are_shown_the_english_way(app: Flask) -> None:
    with app.test_request_context(query_string={"sprache": ENGLISH.code}):
        assert day(date(2027, 3, 1)) == "1 March 2027"
        assert euro(41500) == RENT.format(41500, spoken()) == "€41,500"
        assert RENT.format(612.5, spoken()) == "€612.50"
    assert HOMES.fact(money.RENT_WARM.key).format(41500) == "41.500 €"


@each_language
def test_days_are_entered_in_any_language_and_read_again_as_they_are_shown(
    app: Flask, monkeypatch: pytest.MonkeyPatch, language: ReadLanguage
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 30))
    fact = HOMES.fact(money.AVAILABLE_FROM.key)
    with app.test_request_context(query_string={"sprache": language.code}):
        form_class = fact_form(Form, [fact])
        for typed in ("1 March 2027", "March 1, 2027", "1st March", "1.3.27", "1. März 2027"):
            entered = form_class(MultiDict([(fact.key, typed)]))
            assert (entered.validate(), entered.fact_values()) == (True, {fact.key: "2027-03-01"}), typed
        shown = form_class(data=entered.fact_values())[fact.key]._value()
        assert form_class(MultiDict([(fact.key, shown)])).fact_values() == entered.fact_values()


@each_language
def test_the_word_for_no_limit_comes_back_as_it_was_shown(app: Flask, language: ReadLanguage) -> None:
    fact = HOMES.fact(money.LIMITED_TO.key)
    with app.test_request_context(query_string={"sprache": language.code}):
        form_class = fact_form(Form, [fact])
        shown = form_class(data={fact.key: fact.high})[fact.key]._value()
        assert form_class(MultiDict([(fact.key, shown)])).fact_values() == {fact.key: fact.high}


def test_links_to_keep_open_in_the_language_of_whoever_keeps_them(client: CheckingClient, session: Any) -> None:
    begin(client)
    assert "?sprache=" not in text_of(client.get("/suche/spaeter"))
    assert text_of(client.get("/suche/spaeter?sprache=en")).count("?sprache=en") == 1
