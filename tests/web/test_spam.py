"""Spam without riddles: what is suspicious waits for a person, the sender sees the usual receipt, no word is lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.factories import make_request
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from wohnberatung.advice.models import Enquiry
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest

LONG = "Ich suche eine Beratung zum Umbau meines Badezimmers, weil die Wanne zu hoch geworden ist."


@pytest.fixture
def careful(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """The application as it runs for people, and its clock."""
    monkeypatch.setitem(app.config, "FASTEST_SECONDS", 3)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def opened(client: CheckingClient) -> dict[str, Any]:
    return dict(offered_values(find_form(Page(client.get("/anfrage").text), {"question"}, "")))


def send(client: CheckingClient, form: dict[str, Any], **fields: Any) -> Any:
    answer = client.post("/anfrage", data={**form, "question": "Eine Frage?", **fields})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/eingang"), "the usual receipt"
    return db.session.scalars(select(Enquiry).order_by(Enquiry.created_at.desc())).first()


def test_a_person_of_ordinary_speed_passes(client: CheckingClient, careful: Any) -> None:
    form = opened(client)
    careful.shift(20)
    assert send(client, form).held_for is None


@pytest.mark.parametrize("slow", [timedelta(minutes=40), timedelta(days=1), timedelta(days=9)])
def test_a_slow_typist_loses_nothing(client: CheckingClient, careful: Any, slow: timedelta) -> None:
    form = opened(client)
    careful.shift(slow)
    answer = client.post("/anfrage", data={**form, "question": LONG})
    if answer.status_code == 400:
        assert LONG in answer.text, "the session has ended, what was written has not"
        assert "Ihre Eingaben sind noch da" in answer.text
        again = dict(offered_values(find_form(Page(answer.text), {"question"}, "")))
        answer = client.post("/anfrage", data=again)
    assert answer.status_code == 302
    enquiry = db.session.scalars(select(Enquiry)).one()
    assert (enquiry.state, enquiry.held_for) == ("open", None)


def test_a_filled_in_trap_is_held(client: CheckingClient, careful: Any) -> None:
    form = opened(client)
    careful.shift(20)
    enquiry = send(client, form, homepage="https://example.org")
    assert (enquiry.state, enquiry.held_for) == ("quarantined", "trap_filled_in")


def test_inhuman_speed_is_held(client: CheckingClient, careful: Any) -> None:
    form = opened(client)
    careful.shift(1)
    assert send(client, form).held_for == "too_fast"


@pytest.mark.parametrize("shown_at", ["", "MTc5OTk5OTk5OQ.forged", "x"])
def test_a_form_that_was_never_shown_is_held(client: CheckingClient, careful: Any, shown_at: str) -> None:
    form = opened(client)
    careful.shift(20)
    assert send(client, form, shown_at=shown_at).held_for == "never_shown"


def test_correcting_a_mistake_fast_is_not_suspicious(client: CheckingClient, careful: Any) -> None:
    form = opened(client)
    careful.shift(20)
    refused = client.post("/anfrage", data={**form, "question": ""})
    careful.shift(1)
    corrected = dict(offered_values(find_form(Page(refused.text), {"question"}, "")))
    assert send(client, corrected).held_for is None


def test_the_sixth_message_of_an_address_in_an_hour_is_held(client: CheckingClient, careful: Any) -> None:
    held = []
    for number in range(6):
        form = opened(client)
        careful.shift(10)
        held.append(send(client, form, question=f"Frage {number}").held_for)
    assert held == [None] * 5 + ["many_from_one_address"]


def test_the_same_long_text_again_is_held_a_short_one_is_not(client: CheckingClient, careful: Any) -> None:
    held = []
    for text in (LONG, "Bitte rufen Sie mich an", f"  {LONG.upper()}", "Bitte rufen Sie mich an"):
        form = opened(client)
        careful.shift(10)
        held.append(send(client, form, question=text).held_for)
    assert held == [None, None, "same_text", None]


def test_mistakes_do_not_count(client: CheckingClient, careful: Any) -> None:
    for _ in range(8):
        client.post("/anfrage", data={**opened(client), "question": LONG, "email": "keine"})
    form = opened(client)
    careful.shift(10)
    assert send(client, form, question=LONG).held_for is None


def test_a_person_lets_a_good_message_out_of_quarantine(client: CheckingClient, careful: Any) -> None:
    enquiry = send(client, opened(client))
    path = f"/anfragen/{enquiry.id}"
    sign_in(client, make_user("advisor"))
    assert "Eine Frage?" not in client.get("/anfragen").text
    assert "Eine Frage?" in client.get("/anfragen?stand=quarantaene").text
    assert "schneller ausgefüllt" in client.get(path).text
    client.submit(path, {"note": "echt"}, button="Kein Spam: zu den offenen Anfragen")
    assert "Eine Frage?" in client.get("/anfragen").text


def test_the_trap_is_labelled_and_out_of_the_way(client: CheckingClient) -> None:
    page = Page(client.get("/termin/wunsch").text)
    trap = next(field for field in page.all("input") if field.attrib.get("name") == "homepage")
    assert trap.attrib["tabindex"] == "-1"
    assert trap.attrib["autocomplete"] == "off"
    assert any("Bitte leer lassen" in (label.text or "") for label in page.all("label"))


def test_a_request_that_was_held_is_let_out_by_a_person(client: CheckingClient) -> None:
    request = make_request(held_for=HoldReason.TOO_FAST).request
    number = request.receipt_number
    sign_in(client, make_user("advisor"))
    assert number in client.get("/anfragen?stand=quarantaene").text
    client.submit("/anfragen?stand=quarantaene", button="Kein Spam")
    assert db.session.scalars(select(HousingRequest.held_for)).one() is None
    assert number not in client.get("/anfragen?stand=quarantaene").text
