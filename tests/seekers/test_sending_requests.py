"""Sending the request off: stored once and sealed, with its consents; the receipt, the secret link, the limits."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import advisor, make_dwelling, make_offer, make_request
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.seekers.walking import answer, begin, send, token_in, walk
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestDraft
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.requests import (
    contact_of,
    list_requests,
    load_request_by_token,
    matching_request,
    needs_of,
)


def stored() -> HousingRequest:
    return db.session.scalars(select(HousingRequest)).one()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


def test_what_was_answered_is_what_is_stored(client: CheckingClient) -> None:
    walk(client)
    assert send(client).status_code == 200
    request = stored()
    needs = needs_of(request)
    wanted = {entry["key"]: entry for entry in needs["requirements"]}
    assert wanted["inner_door_clear_width_cm"] == {
        "key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must", "weight": 1, "tolerance": 0
    }  # fmt: skip
    assert (wanted["bed_side_space_cm"]["importance"], wanted["bed_side_space_cm"]["weight"]) == ("wish", 2)
    assert wanted["pets_allowed"]["wanted"] is True
    assert (wanted["district"]["wanted"], wanted["district"]["tolerance"]) == (["06", "07"], 1)
    assert wanted["rent_warm_eur"]["wanted"] == 650.5
    assert wanted["rooms"]["wanted"] == [2, None]
    assert wanted["available_from"]["wanted"] == "2027-08-01"
    assert wanted["self_description"]["wanted"] == needs["text"] == "Ein ruhiges Haus mit Garten"
    assert "has_lift" not in wanted, "what does not matter is not asked"
    assert needs["household"] == {
        "persons": 2, "children": 0, "pets": True, "wbs": True, "wbs_type": "L", "needs_wheelchair_home": True
    }  # fmt: skip
    assert needs["profiles"] == ["wheelchair"]
    assert contact_of(request) == {
        "name": "Erika Beispiel",
        "reach": "phone",
        "phone": "0351 1234567",
        "note": "Bitte nicht vormittags anrufen.",
    }
    assert (request.state, request.held_for, request.language) == ("new", None, "de")
    assert len(matching_request(request).requirements) == len(wanted)


def test_consents_are_kept_with_their_wording(client: CheckingClient) -> None:
    begin(client)
    send(client)
    given = {consent.purpose: consent for consent in stored().consents}
    assert set(given) == {"matching", "health", "contact", "advice"}
    assert given["matching"].text.startswith("Ich willige ein, dass die Wohnberatung meine Angaben mit")
    assert re.fullmatch(r"\d{4}-\d{2}", given["matching"].text_version)
    assert given["matching"].given_through == "web_form"


def test_the_receipt_shows_a_number_and_a_link_that_opens_the_request(client: CheckingClient) -> None:
    begin(client)
    receipt = send(client)
    request = stored()
    assert request.receipt_number in text_of(receipt)
    assert f"http://localhost/mein-gesuch/{token_in(receipt)}" in text_of(receipt)
    mine = client.get(f"/mein-gesuch/{token_in(receipt)}")
    for expected in (
        request.receipt_number,
        "angekommen",
        "mindestens 90 cm (muss sein)",
        "Ein ruhiges Haus mit Garten",
    ):
        assert expected in text_of(mine)
    assert mine.headers["Cache-Control"] == "no-store"
    assert token_in(receipt) not in str(vars(request)), "only a hash of it is kept"


def test_nobody_opens_a_request_with_another_secret(client: CheckingClient) -> None:
    begin(client)
    send(client)
    for wrong in (stored().id, stored().receipt_number, "aaaaaaaaaaaaaaaaaaaaaaaaaa"):
        assert client.get(f"/mein-gesuch/{wrong}").status_code == 404
        assert client.get(f"/mein-gesuch/{wrong}/eingang").status_code == 404


def test_the_secret_link_cannot_be_tried_without_end(client: CheckingClient) -> None:
    answers = [client.get(f"/mein-gesuch/{number:026}").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]


def test_the_status_page_shows_only_consents_that_hold(client: CheckingClient) -> None:
    begin(client)
    token = token_in(send(client))
    withdraw_consent(stored(), "contact")
    db.session.commit()
    shown = text_of(client.get(f"/mein-gesuch/{token}"))
    assert "meine Kontaktdaten speichert" not in shown
    assert "mit Wohnungsangeboten vergleicht" in shown


def test_a_double_click_makes_one_request_and_shows_the_same_receipt(client: CheckingClient) -> None:
    begin(client)
    page = Page(client.get("/suche/pruefen").text)
    form = {field.attrib["name"]: field.attrib.get("value", "") for field in page.all("input")}
    first, second = (client.post("/suche/pruefen", data=form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (count(HousingRequest), count(RequestDraft)) == (1, 0)


def test_five_clicks_at_once_make_one_request(own_app: Flask) -> None:
    with own_app.app_context():
        client = own_app.test_client()
        begin(client)
        page = Page(client.get("/suche/pruefen").text)
        form = {field.attrib["name"]: field.attrib.get("value", "") for field in page.all("input")}
        cookie = client.get_cookie("session")
        db.session.remove()

    def click(_number: int) -> str:
        other = own_app.test_client()
        other.set_cookie("session", cookie.value)
        return other.post("/suche/pruefen", data=form).headers["Location"]

    with ThreadPoolExecutor(5) as pool:
        answers = set(pool.map(click, range(5)))
    with own_app.app_context():
        assert (len(answers), count(HousingRequest), count(RequestDraft)) == (1, 1, 0)


def test_what_was_sent_cannot_be_sent_again(client: CheckingClient) -> None:
    begin(client)
    page = Page(client.get("/suche/pruefen").text)
    form = {field.attrib["name"]: field.attrib.get("value", "") for field in page.all("input")}
    client.post("/suche/pruefen", data=form)
    again = client.post("/suche/pruefen", data={**form, "idempotency_key": "other"}, follow_redirects=True)
    assert "Ihr Gesuch ist schon bei uns" in text_of(again)
    assert count(HousingRequest) == 1


def test_an_unfinished_form_cannot_be_sent(client: CheckingClient) -> None:
    begin(client)
    page = Page(client.get("/suche/pruefen").text)
    form = {field.attrib["name"]: field.attrib.get("value", "") for field in page.all("input")}
    answer(client, "einwilligung", {"consent_matching": None}, button="Zurück")
    assert client.post("/suche/pruefen", data=form).headers["Location"] == "/suche/einwilligung?pruefen=1"
    assert count(HousingRequest) == 0


@pytest.mark.parametrize("purpose", ["matching", "health", "contact"])
def test_without_its_consent_nothing_is_stored(client: CheckingClient, purpose: str) -> None:
    begin(client, before="einwilligung")
    ticked = {"consent_matching": "y", "consent_contact": "y", f"consent_{purpose}": None}
    refused = answer(client, "einwilligung", ticked)
    assert refused.status_code == 400
    assert client.get("/suche/pruefen").headers["Location"].startswith("/suche/einwilligung")
    assert count(HousingRequest) == 0


def test_no_way_into_the_database_leads_past_the_consent_to_health(session: Any) -> None:
    for telling in ({"profiles": ("wheelchair",)}, {"household": {"care_entitled": True}}):
        with pytest.raises(DomainError) as refused:
            make_request(purposes=("advice", "matching", "contact"), **telling)
        assert refused.value.field == "consent_health"


def test_an_advisor_reads_the_request_and_the_homes_that_suit_it(client: CheckingClient) -> None:
    make_offer(
        make_dwelling(district="06", rooms=3, step_free=True, shower_level=True, level="measured"),
        rent_warm_eur=600,
    )
    begin(client)
    send(client)
    office = client.application.test_client()
    sign_in(office, make_user("advisor"))
    listed = office.get("/gesuche")
    assert stored().receipt_number in text_of(listed)
    ranked = text_of(office.get(f"/gesuche/{stored().id}"))
    assert "Angebot Beispiel" in ranked
    assert "Lichte Breite der Innentüren" in ranked


def test_without_contact_and_health_their_consents_are_not_even_asked(client: CheckingClient) -> None:
    begin(client, before="einwilligung", alltag={"profiles": None}, kontakt={"reach": "none", "phone": None})
    page = client.get("/suche/einwilligung").text
    assert "consent_health" not in page
    assert "consent_contact" not in page
    answer(client, "einwilligung", {"consent_matching": "y"})
    receipt = send(client)
    assert "Sehen Sie über Ihren Link nach" in text_of(receipt)
    assert {consent.purpose for consent in stored().consents} == {"matching"}
    assert not has_consent(stored(), "advice")


def test_a_helper_gives_both_contacts(client: CheckingClient) -> None:
    begin(client, before="kontakt", haushalt={"filled_in_for": "other"})
    missing = answer(client, "kontakt", {"reach": "none", "helper_name": "Tina Tochter"})
    assert "unter der wir Sie erreichen" in text_of(missing)
    helper = {"name": "Tina Tochter", "relation": "Tochter", "email": "tina@example.org"}
    both = {"reach": "none", "name": "Erika Beispiel", "ask": "helper"}
    answer(client, "kontakt", both | {f"helper_{name}": value for name, value in helper.items()})
    consents = {"consent_matching": "y", "consent_contact": "y"}
    refused = answer(client, "einwilligung", consents)
    assert "sprechen Sie die Einwilligungen mit der Person ab" in text_of(refused)
    answer(client, "einwilligung", {**consents, "agreed_with_person": "y"})
    send(client)
    contact = contact_of(stored())
    declared = contact["helper"].pop("declared")
    assert declared.startswith("Ich habe alles mit der Person abgesprochen")
    assert (contact["name"], contact["helper"], contact["ask"]) == ("Erika Beispiel", helper, "helper")


def test_beyond_five_from_one_address_requests_are_held_not_lost(client: CheckingClient) -> None:
    for _number in range(6):
        begin(client)
        assert send(client).status_code == 200
    held = [request.held_for for request in list_requests(advisor()).items]
    assert sorted(held, key=str) == [None] * 5 + ["many_from_one_address"]


def test_the_draft_and_its_link_are_gone_after_sending(client: CheckingClient) -> None:
    begin(client)
    link = next(
        a.attrib["href"] for a in Page(client.get("/suche/spaeter").text).all("a") if "entwurf" in a.attrib["href"]
    )
    send(client)
    assert client.get(link).status_code == 404
    assert client.get("/suche/kontakt").headers["Location"] == "/suche/abgesendet"


def test_a_link_is_no_use_without_the_right_token(session: Any) -> None:
    with pytest.raises(NotFound):
        load_request_by_token("")


def test_a_program_that_fills_in_every_field_is_held(client: CheckingClient) -> None:
    begin(client)
    receipt = client.submit("/suche/pruefen", {"homepage": "https://example.org"}, button="Gesuch absenden")
    assert stored().receipt_number in text_of(receipt), "it sees the usual receipt"
    assert stored().held_for == "trap_filled_in"


def test_ten_pages_in_no_time_are_held(client: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "FASTEST_SECONDS", 600)
    begin(client)
    send(client)
    assert stored().held_for == "too_fast"
