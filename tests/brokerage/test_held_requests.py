"""What the office sees of a request beside its needs: whether it is held, and how its person wants to be met."""

import pytest

from tests.factories import make_request
from tests.people import make_user, sign_in
from wohnberatung.core.abuse import HoldReason

HELPED = {
    "name": "Erika Beispiel",
    "reach": "post",
    "address": "Beispielweg 1",
    "note": "Bitte laut sprechen.",
    "ask": "helper",
    "helper": {"name": "Anna", "relation": "Tochter", "phone": "0351 7654321"},
}


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor"))
    return client


@pytest.fixture
def held(session):
    return make_request(held_for=HoldReason.TOO_FAST).request


def test_a_held_request_is_marked_in_the_list_and_says_why(office, held):
    assert "bitte prüfen" in office.get("/gesuche").text
    assert "schneller ausgefüllt" in office.get(f"/gesuche/{held.id}").text


def test_a_held_request_is_released_by_a_button(office, held):
    office.submit(f"/gesuche/{held.id}", button="Freigeben")
    assert (held.held_for, held.state) == (None, "new")
    assert "Freigeben" not in office.get(f"/gesuche/{held.id}").text


def test_a_held_request_that_is_none_is_closed(office, held):
    page = office.submit(f"/gesuche/{held.id}", button="Kein echtes Gesuch: schließen").text
    assert "ist geschlossen" in page
    assert (held.held_for, held.state) == (None, "closed")


def test_two_advisors_do_not_judge_the_same_request_twice(office, held):
    path = f"/gesuche/{held.id}"
    button = "Kein echtes Gesuch: schließen"
    assert office.submit(path, {"version": "99"}, button=button).status_code == 409
    assert held.held_for == HoldReason.TOO_FAST


def test_the_page_says_how_to_answer_and_whom(office):
    page = office.get(f"/gesuche/{make_request(contact=HELPED).request.id}").text
    for words in ("mit einem Brief", "Beispielweg 1", "Bitte laut sprechen.", "Anna, Tochter, 0351 7654321"):
        assert words in page
    assert "die helfende Person" in page
