"""Imprint, privacy notice, accessibility statement: complete, and with what the operator has set."""

from typing import Any

import pytest
from flask import Flask

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words

OPERATOR = {
    "OFFICE_NAME": "Wohnbüro Beispiel",
    "OFFICE_ADDRESS": "Beispielweg 1, 01067 Dresden",
    "OFFICE_PHONE": "0351 0000",
    "OFFICE_EMAIL": "buero@example.org",
    "OFFICE_RESPONSIBLE": "Vera Antwort",
    "DATA_PROTECTION_OFFICER": "Dora Schutz",
    "DATA_PROTECTION_AUTHORITY": "Aufsicht Beispiel",
    "ENFORCEMENT_BODY": "Stelle Beispiel",
}


@pytest.fixture
def operated(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OPERATOR.items():
        monkeypatch.setitem(app.config, name, value)


def text_of(client: CheckingClient, path: str) -> str:
    return words(Page(client.get(path).text).root.find(".//main"))


def test_the_statement_has_all_parts_of_the_european_model(client: CheckingClient, operated: Any) -> None:
    text = text_of(client, "/barrierefreiheit")
    for part in (
        "Wohnbüro Beispiel bemüht sich",
        "teilweise mit der Norm",
        "Nicht barrierefreie Inhalte",
        "zuletzt am 22.11.2026 überprüft",
        "Selbstbewertung",
        "Rückmeldung und Kontakt",
        "buero@example.org",
        "Durchsetzungsverfahren",
        "Stelle Beispiel",
    ):
        assert part in text, part
    assert 'href="/barrierefreiheit/rueckmeldung"' in client.get("/barrierefreiheit").text


def test_the_imprint_names_who_is_responsible(client: CheckingClient, operated: Any) -> None:
    text = text_of(client, "/impressum")
    for name in ("OFFICE_NAME", "OFFICE_ADDRESS", "OFFICE_PHONE", "OFFICE_EMAIL", "OFFICE_RESPONSIBLE"):
        assert OPERATOR[name] in text
    assert "Noch nicht vollständig" not in text


def test_an_imprint_with_gaps_says_so(client: CheckingClient) -> None:
    assert "Noch nicht vollständig" in text_of(client, "/impressum")


def test_the_privacy_notice_says_whom_to_ask_and_where_to_complain(client: CheckingClient, operated: Any) -> None:
    text = text_of(client, "/datenschutz")
    for name in ("OFFICE_NAME", "DATA_PROTECTION_OFFICER", "DATA_PROTECTION_AUTHORITY"):
        assert OPERATOR[name] in text


def test_every_page_leads_to_the_feedback_form(client: CheckingClient) -> None:
    assert 'href="/barrierefreiheit/rueckmeldung"' in client.get("/anmelden").text
