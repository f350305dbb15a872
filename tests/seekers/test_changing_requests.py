"""Changing one's own request: the form comes back filled in, and what is saved is a new version."""

import re

import pytest

from tests.factories import make_request, move_request_to
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from tests.seekers.walking import answer, begin, send, token_in
from wohnberatung.extensions import db
from wohnberatung.seekers.models import RequestDraft
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.requests import change_request, contact_of, load_request_by_token, needs_of

SAVE = "Änderungen speichern"
HELPED = {
    "haushalt": {"filled_in_for": "other"},
    "kontakt": {"helper_name": "Anna", "helper_phone": "0351 7654321", "ask": "helper"},
    "einwilligung": {"agreed_with_person": "y"},
}


def sent(client, **changes):
    begin(client, **changes)
    return token_in(send(client))


def open_form(client, token):
    return client.submit(f"/mein-gesuch/{token}", button="Angaben ändern")


@pytest.mark.parametrize("changes", [{}, HELPED, {"bedarf": {"shower_level_importance": ""}}])
def test_saving_without_a_change_keeps_every_word(client, changes):
    token = sent(client, **changes)
    request = load_request_by_token(token)
    needs, contact = needs_of(request), contact_of(request)
    asked = "Was möchte die Person ändern?" if changes == HELPED else "Was möchten Sie ändern?"
    assert asked in open_form(client, token).text
    assert "sind gespeichert" in client.submit("/suche/pruefen", button=SAVE).text
    request = load_request_by_token(token)
    by_key = [sorted(found["requirements"], key=lambda entry: entry["key"]) for found in (needs, needs_of(request))]
    assert by_key[0] == by_key[1]
    assert (needs_of(request) | {"requirements": []}) == (needs | {"requirements": []})
    assert contact_of(request) == contact
    assert all(consent.withdrawn_at is None for consent in request.consents)


def test_a_change_becomes_a_new_version_of_the_same_request(client):
    token = sent(client)
    version = load_request_by_token(token).version
    open_form(client, token)
    answer(client, "kosten?pruefen=1", {"rent_warm_eur": "700"}, button="Speichern")
    page = client.submit("/suche/pruefen", button=SAVE)
    request = load_request_by_token(token)
    assert page.request.path == f"/mein-gesuch/{token}"
    assert "700" in page.text
    assert request.version > version
    assert len(request.versions) == 2
    assert db.session.query(RequestDraft).count() == 0


def test_until_it_is_saved_the_old_request_holds(client):
    token = sent(client)
    open_form(client, token)
    answer(client, "kosten?pruefen=1", {"rent_warm_eur": "700"}, button="Speichern")
    assert "700" not in client.get(f"/mein-gesuch/{token}").text


def changed_by_both(client):
    """The person enters 700 and the office changes the contact before they save; shows the page they get."""
    token = sent(client)
    open_form(client, token)
    answer(client, "kosten?pruefen=1", {"rent_warm_eur": "700"}, button="Speichern")
    request = load_request_by_token(token)
    change_request(request, version=request.version, contact={"name": "Erika Anders", "reach": "none"})
    return token, client.submit("/suche/pruefen", button=SAVE)


def test_whoever_changes_an_old_version_sees_both_side_by_side_and_loses_nothing(client):
    token, page = changed_by_both(client)
    assert page.status_code == 409
    assert {"Erika Anders", "Erika Beispiel"} <= set(re.findall(r"Erika \w+", page.text))
    assert "700" in page.text
    assert contact_of(load_request_by_token(token))["name"] == "Erika Anders"
    assert "700" in client.get("/suche/pruefen").text


def test_having_seen_both_the_person_may_save_their_own(client):
    token, page = changed_by_both(client)
    form = find_form(Page(page.text), {"version"}, "Meine Eingaben speichern")
    saved = client.post(form.attrib["action"], data=dict(offered_values(form)), follow_redirects=True)
    assert "sind gespeichert" in saved.text
    request = load_request_by_token(token)
    assert contact_of(request)["name"] == "Erika Beispiel"
    assert [version.number for version in request.versions][-2] < request.version


def test_what_an_advisor_has_weighed_stays_as_it_is(client):
    token = sent(client)
    request = load_request_by_token(token)
    needs = needs_of(request)
    for entry in needs["requirements"]:
        entry["weight"] = 3
        entry["tolerance"] = entry["tolerance"] and 2
    change_request(request, version=request.version, needs=needs)
    open_form(client, token)
    answer(client, "kosten?pruefen=1", {"rent_warm_eur": "700"}, button="Speichern")
    client.submit("/suche/pruefen", button=SAVE)
    saved = {entry["key"]: entry for entry in needs_of(load_request_by_token(token))["requirements"]}
    assert saved["rent_warm_eur"]["wanted"] == 700
    assert {entry["weight"] for entry in saved.values()} == {3}
    assert saved["district"]["tolerance"] == 2


def test_a_consent_left_out_is_taken_back(client):
    token = sent(client)
    open_form(client, token)
    answer(client, "einwilligung?pruefen=1", {"consent_advice": None}, button="Speichern")
    client.submit("/suche/pruefen", button=SAVE)
    assert not has_consent(load_request_by_token(token), "advice")
    assert has_consent(load_request_by_token(token), "matching")


@pytest.mark.parametrize("deed", ["link", "loeschen"])
def test_a_new_link_and_erasing_end_a_change_that_was_begun(client, deed):
    token = sent(client)
    open_form(client, token)
    button = {"link": "Neuen Link geben lassen", "loeschen": "Alles endgültig löschen"}[deed]
    client.submit(f"/mein-gesuch/{token}/{deed}", button=button)
    assert db.session.query(RequestDraft).count() == 0


def test_discarding_a_change_leaves_the_request_readable(client):
    token = sent(client)
    open_form(client, token)
    client.submit("/suche", button="Angaben löschen und neu beginnen")
    assert contact_of(load_request_by_token(token))["name"] == "Erika Beispiel"


def test_a_request_that_is_over_is_not_changed(client):
    submitted = make_request()
    move_request_to(submitted.request, "withdrawn")
    assert "Angaben ändern" not in client.get(f"/mein-gesuch/{submitted.token}").text
