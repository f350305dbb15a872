"""The office's pages: the list of requests, and a ranked list that says why."""

import pytest

from tests.factories import make_dwelling, make_offer, make_request
from tests.people import make_user, sign_in

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
BALCONY = {"key": "balcony", "wanted": True, "importance": "wish"}


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor"))
    return client


def test_an_advisor_finds_a_request_by_part_of_its_number(office):
    first, second = make_request(DOOR).request, make_request(BALCONY).request
    page = office.get("/gesuche", query_string={"nummer": first.receipt_number[-4:].lower()}).text
    assert first.receipt_number in page
    assert second.receipt_number not in page
    assert "Kein Gesuch gefunden" in office.get("/gesuche?nummer=XYZXYZ").text


def test_the_ranked_list_tells_what_suits_what_is_open_and_what_an_adaptation_costs(office):
    fits = make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=92, balcony=True), title="Fertig")
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=80), title="Schmal")
    make_offer(make_dwelling(level="claimed", inner_door_clear_width_cm=95), title="Versprochen")
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=60), title="Unmöglich")
    request = make_request(DOOR, BALCONY, text="Wir mögen Kinder", household={"persons": 3}).request
    page = office.get(f"/gesuche/{request.id}").text
    assert page.index("Fertig") < page.index("Versprochen") < page.index("Schmal")
    assert "Unmöglich" not in page
    assert "Tür verbreitern, etwa 1.500 bis 3.000 €" in page
    assert "laut Anzeige 95 cm" in page
    assert "Zu klären" in page
    assert f"/angebote/{fits.id}" in page
    assert "Unmöglich" in office.get(f"/gesuche/{request.id}?sicht=passt-nicht").text


def test_without_consent_there_is_no_list(office):
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=92), title="Fertig")
    request = make_request(DOOR, purposes=("advice",)).request
    page = office.get(f"/gesuche/{request.id}").text
    assert "Ohne Einwilligung keine Suche" in page
    assert "Fertig" not in page


def test_an_empty_list_says_what_to_do(office):
    request = make_request(DOOR).request
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=60), title="Unmöglich")
    assert "woran es liegt" in office.get(f"/gesuche/{request.id}").text


def test_requests_are_the_offices_alone(client):
    request = make_request(DOOR).request
    assert client.get("/gesuche").status_code == 302
    sign_in(client, make_user("provider"))
    assert client.get("/gesuche").status_code == 403
    assert client.get(f"/gesuche/{request.id}").status_code == 403


def test_an_unknown_request_is_not_found(office):
    assert office.get("/gesuche/aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code == 404
