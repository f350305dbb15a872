"""Whatever is typed or sent into the request form: an error at its field or a kept answer, never a failure."""

from itertools import cycle
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.infrastructure.client import CheckingClient, offered_values
from tests.infrastructure.pages import Page, faults, words
from tests.seekers.walking import ANSWERS, begin, send
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import contact_of
from wohnberatung.seekers.views.journey import DRAWN

NAUGHTY = (
    "\x00\x07",
    "' OR 1=1 --",
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} %(name)s %s",
    "../../etc/passwd",
    "１２",
    "1e400",
    "NaN",
    "-0",
    "9" * 400,
    "1.000.000,99",
    "\u202eabc\u202c",
    "Z\u0337\u0322a\u0334l\u0337",
    "🏳️‍🌈",
    "\r\nBcc: x@example.org",
    "=cmd|' /C calc'!A0",
    "\ufdd0\uffff",
    "ß" * 6000,
    " \t ",
    "null",
    "00.00.0000",
)


@pytest.fixture(autouse=True)
def unlimited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "LIMITS", {"anonymous_write": (10_000, 60)})


def form_on(page: Page) -> Element:
    return next(form for form in page.all("form") if "journey" in page.parents[form].attrib.get("class", ""))


def text_fields(form: Element) -> list[str]:
    texts = ("text", "tel", "email")
    return [
        field.attrib["name"]
        for field in form.iter()
        if field.tag == "textarea" or (field.tag == "input" and field.attrib.get("type") in texts)
    ]


def choice_fields(form: Element) -> list[str]:
    return sorted({
        field.attrib["name"]
        for field in form.iter()
        if field.tag == "select" or field.attrib.get("type") in ("radio", "checkbox")
    })  # fmt: skip


def drawn_at_no_time(form: Element) -> dict[str, Any]:
    """What the form offers, but for the mark by which a page that was overtaken by another tab is told: the tests below
    send one drawn page again and again, each time with something else."""
    return {name: value for name, value in offered_values(form) if name != DRAWN}


def post(client: CheckingClient, step: str, fields: dict[str, Any], deed: str = "weiter") -> Any:
    """As a browser that checks nothing; the page must still be sound."""
    plain = FlaskClient(client.application, client.application.response_class)
    plain.set_cookie("session", client.get_cookie("session").value)
    answer = plain.post(f"/suche/{step}", data=fields | {"aktion": deed})
    if answer.status_code == 400:
        found = [fault for fault in faults(answer.text) if not fault.startswith("the page shows")]
        assert not found, found
    return answer


@pytest.mark.parametrize("step", ANSWERS)
def test_no_text_breaks_a_step(client: CheckingClient, step: str) -> None:
    begin(client, before=step, haushalt={"filled_in_for": "other"})
    form = form_on(Page(client.get(f"/suche/{step}").text))
    hidden = drawn_at_no_time(form)
    names = text_fields(form)
    for start in range(0, len(NAUGHTY) if names else 0, max(1, len(NAUGHTY) // 7)):
        strings = cycle(NAUGHTY[start:] + NAUGHTY[:start])
        typed = dict(zip(names, strings, strict=False))
        assert post(client, step, hidden | typed).status_code in (302, 400), typed
        assert post(client, step, hidden | typed, "spaeter").status_code == 302, typed
        assert client.get("/suche/spaeter").status_code == 200


@pytest.mark.parametrize("step", ANSWERS)
def test_no_choice_that_was_not_offered_is_taken(client: CheckingClient, step: str) -> None:
    begin(client, before=step, haushalt={"filled_in_for": "other"})
    form = form_on(Page(client.get(f"/suche/{step}").text))
    offered = drawn_at_no_time(form)
    for name in choice_fields(form):
        answer = post(client, step, offered | {name: "nicht-angeboten"})
        box = name.startswith(("consent_", "agreed_", "nearby"))
        assert answer.status_code == 400 or box, name


@pytest.mark.parametrize("step", ["haushalt", "bedarf", "wohnung", "kosten", "gemeinschaft", "einzug"])
def test_every_number_and_day_says_at_its_field_what_is_wrong(client: CheckingClient, step: str) -> None:
    begin(client, before=step)
    form = form_on(Page(client.get(f"/suche/{step}").text))
    offered = dict(offered_values(form))
    strict = [name for name in text_fields(form) if name not in ("note", "self_description", "offer")]
    assert strict
    refused = post(client, step, offered | dict.fromkeys(strict, "<b>☃"))
    summary = next(box for box in Page(refused.text).all("div") if "error-summary" in box.attrib.get("class", ""))
    assert {link.attrib["href"][1:] for link in summary.iter("a")} >= set(strict)


@pytest.mark.parametrize(("whom", "language"), [("self", "de"), ("other", "de"), ("self", "leicht"), ("other", "en")])
@pytest.mark.parametrize("step", ["haushalt", "bedarf", "wohnung", "kosten", "gemeinschaft", "einzug"])
def test_an_error_begins_with_the_question_as_the_page_asks_it(
    client: CheckingClient, step: str, whom: str, language: str
) -> None:
    begin(client, before=step, haushalt={"filled_in_for": whom})
    form = form_on(Page(client.get(f"/suche/{step}?sprache={language}").text))
    strict = [name for name in text_fields(form) if name not in ("note", "self_description", "offer")]
    page = Page(post(client, step, drawn_at_no_time(form) | dict.fromkeys(strict, "☃") | {"filled_in_for": whom}).text)
    asked = {words(label) for label in page.all("label", "legend")}
    summary = next(box for box in page.all("div") if "error-summary" in box.attrib.get("class", ""))
    said = [words(link) for link in summary.iter("a") if link.attrib["href"][1:] in strict]
    assert len(said) == len(strict)
    fields = {field.attrib.get("name"): field.attrib.get("value") for field in page.all("input")}
    assert {fields[name] for name in strict} == {"☃"}, "what was typed stays"
    for message in said:
        assert "„☃“" in message or "“☃”" in message, message
        assert any(message.startswith(question.split(" (")[0].split(",")[0]) for question in asked), message


def test_a_field_nobody_asked_for_is_not_stored(client: CheckingClient) -> None:
    begin(client)
    offered = dict(offered_values(form_on(Page(client.get("/suche/kontakt").text))))
    post(
        client, "kontakt", offered | {"state": "active", "helper_name": "x", "receipt_number": "DD-1", "done": "alles"}
    )
    send(client)
    request = db.session.scalars(select(HousingRequest)).one()
    assert set(contact_of(request)) == {"name", "reach", "phone", "note"}
    assert (request.state, request.receipt_number[:3]) == ("new", "DD-")


def test_a_damaged_draft_asks_again_instead_of_failing(client: CheckingClient) -> None:
    """What the catalogue does not know any more is left out; what is no longer valid is asked for again."""
    begin(client, kosten={"gone_eur": "5", "rent_warm_eur": "früher erlaubt"}, alltag={"profiles": ["gone"]})
    assert client.get("/suche/pruefen", follow_redirects=True).request.path == "/suche/alltag"
    assert db.session.scalar(select(func.count()).select_from(HousingRequest)) == 0


def test_a_form_without_its_token_is_refused(client: CheckingClient) -> None:
    begin(client)
    assert client.post("/suche/kosten", data={"aktion": "weiter"}).status_code == 400
    assert client.post("/suche/pruefen", data={}).status_code == 400
