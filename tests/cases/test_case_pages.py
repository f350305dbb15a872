"""The pages of cases, as an advisor uses them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.brokerage.cases import asked, offered
from tests.cases.factories import actor_of, make_advisor, make_case
from tests.factories import make_organisation, make_request
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.privacy.trails import trail
from wohnberatung.advice.services.enquiries import open_case_from_enquiry, submit_enquiry
from wohnberatung.appointments.services.office import book_for
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.follow_ups import add_follow_up, understand
from wohnberatung.cases.services.handover import set_blocked
from wohnberatung.cases.services.people import people_of
from wohnberatung.cases.services.requests import link_request, open_case_from_request, requests_of
from wohnberatung.core import clock
from wohnberatung.privacy.audit import pseudonyms, verify
from wohnberatung.seekers.services.messages import write_my_message
from wohnberatung.seekers.services.requests import needs_of


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def anna(client: CheckingClient) -> Any:
    user = make_user("advisor", name="Anna Beraterin")
    sign_in(client, user)
    return actor_of(user)


def test_a_caller_becomes_a_case_with_helper_and_request(client: CheckingClient, anna: Any) -> None:
    refused = client.submit("/faelle/neu", {"name": "", "phone": "0351 22"})
    assert refused.status_code == 400
    assert "0351 22" in refused.text
    organisation = make_organisation("Wohnhof eG")
    sent = {"name": "Ilse Kaden", "phone": "0351 22", "consent": "oral", "organisation": organisation.id}
    page = client.submit("/faelle/neu", sent)
    assert "Ilse Kaden" in text_of(page)
    assert "mündlich eingewilligt" in text_of(page)
    here = page.request.path
    client.submit(f"{here}/personen/neu", {"name": "Tochter Tanja", "role": "helper", "phone": "0171 1"})
    assert client.submit(here, {"receipt_number": "DD-2026-XXXXXX"}).status_code == 400
    number = make_request().request.receipt_number
    page = client.submit(here, {"receipt_number": number})
    for said in ("Tochter Tanja", number, "Fall angelegt", "Wohnhof eG"):
        assert said in text_of(page)
    assert "Ilse Kaden" in text_of(client.get("/faelle"))
    client.submit(here, button="Aus dem Fall nehmen")
    assert "Gesuch aus dem Fall genommen" in text_of(client.get(here))


def test_a_person_of_a_case_is_changed_and_removed(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    here = f"/faelle/{case.id}"
    client.submit(f"{here}/personen/neu", {"name": "Frau Amt", "role": "guardian"})
    ((person, _),) = people_of(case)
    client.submit(f"{here}/personen/{person.id}", {"name": "Frau Amtmann", "consent": "written"})
    assert [content["name"] for _, content in people_of(case)] == ["Frau Amtmann"]
    client.submit(f"{here}/personen/{person.id}", button="Person aus dem Fall nehmen")
    assert people_of(case) == []
    assert client.get(f"{here}/personen/x").status_code == 404


def test_two_advisors_changing_one_case_see_both_texts(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna, notes="alt")
    path = f"/faelle/{case.id}/aendern"
    seen = dict(offered_values(find_form(Page(client.get(path).text), {"notes"}, "")))
    client.submit(path, {"notes": "von der Kollegin"})
    conflict = client.post(path, data={**seen, "notes": "von mir"})
    assert conflict.status_code == 409
    assert "von der Kollegin" in text_of(conflict)
    assert "von mir" in text_of(conflict)
    assert content_of(case)["notes"] == "von der Kollegin"


def test_a_case_of_others_asks_for_a_reason_and_a_blocked_one_does_not_exist(client: CheckingClient, anna: Any) -> None:
    bert = make_advisor("Bert Berater")
    case, hidden = make_case(bert, name="Ida Fremd"), make_case(bert, name="Xaver Verborgen")
    set_blocked(hidden, True, version=hidden.version, actor=bert)
    asked = client.get(f"/faelle/{case.id}/aendern", follow_redirects=True)
    assert "Bert Berater" in text_of(asked)
    assert "Ida Fremd" not in text_of(asked)
    path = asked.request.full_path
    assert client.submit(path, {"reason": "neugier"}).status_code == 400
    page = client.submit(path, {"reason": "Die Person ist gerade am Telefon."})
    assert page.request.path == f"/faelle/{case.id}/aendern"
    assert "Sie lesen den Fall von Bert Berater" in text_of(client.get(f"/faelle/{case.id}"))
    for page in ("", "/aendern", "/oeffnen", "/uebergabe", "/personen/neu", "/abschliessen"):
        assert client.get(f"/faelle/{hidden.id}{page}").status_code == 404
    listed = text_of(client.get("/faelle?wer=alle"))
    assert "Ida Fremd" in listed
    assert "Xaver" not in listed


def test_a_case_is_handed_over_blocked_and_closed(client: CheckingClient, anna: Any) -> None:
    bert, case = make_advisor("Bert Berater"), make_case(anna)
    path = f"/faelle/{case.id}/uebergabe"
    client.submit(path, {"stand_in": bert.user_id})
    assert "Vertretung: Bert Berater" in text_of(client.get(f"/faelle/{case.id}"))
    assert client.submit(path, {"sure": None}, button="Fall sperren").status_code == 400
    client.submit(path, {"sure": "y"}, button="Fall sperren")
    assert "nur für Sie sichtbar" in text_of(client.get(f"/faelle/{case.id}"))
    assert client.submit(f"/faelle/{case.id}/abschliessen", {"note": "alles erledigt"}).status_code == 400
    client.submit(f"/faelle/{case.id}/abschliessen", {"note": "alles erledigt", "outcome": "moved"})
    closed = text_of(client.get(f"/faelle/{case.id}"))
    assert "alles erledigt" in closed
    assert "umgezogen" in closed
    assert client.submit(path, {"to": anna.user_id}).status_code == 400
    assert "ist übergeben" in text_of(client.submit(path, {"to": bert.user_id, "note": "bitte übernehmen"}))


def test_a_request_is_taken_down_in_the_case_on_one_page(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna, name="Ilse Kaden", phone="0351 4711471", email="ilse@example.org")
    path = f"/faelle/{case.id}/gesuch"
    form = dict(offered_values(find_form(Page(client.get(path).text), {"reach"}, "Gesuch speichern")))
    assert (form["name"], form["phone"], form["reach"]) == ("Ilse Kaden", "0351 4711471", "phone")
    said = {"household_persons": "1", "rent_warm_eur": "620,50", "rent_warm_eur_importance": "must"}
    refused = client.submit(path, said)
    assert refused.status_code == 400
    assert "620,50" in refused.text
    assert "Einwilligung" in text_of(refused)
    agreed = {"consent_matching": "y", "consent_contact": "y"}
    page = client.submit(path, {**said, **agreed})
    (request,) = requests_of(case, anna)
    needs = needs_of(request)
    assert [(each["key"], each["wanted"]) for each in needs["requirements"]] == [("rent_warm_eur", 620.5)]
    assert needs["household"] == {"persons": 1}
    assert request.receipt_number in text_of(page)
    assert {(each.purpose, each.given_through, each.recorded_by) for each in request.consents} == {
        (purpose, "advice", anna.user_id) for purpose in ("matching", "contact")
    }


def test_what_a_profile_brings_is_seen_before_a_request_is_taken_down(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna, name="Ilse Kaden", phone="0351 4711471")
    path = f"/faelle/{case.id}/gesuch"
    agreed = {"consent_matching": "y", "consent_contact": "y", "consent_health": "y"}
    seen = client.submit(path, {**agreed, "profiles": "wheelchair"})
    assert seen.status_code == 400
    assert "Bitte sehen Sie durch, was die Wohnung dafür können muss" in text_of(seen)
    assert requests_of(case, anna) == []
    form = dict(offered_values(find_form(Page(seen.text), {"bedarf_zu"}, "Gesuch speichern")))
    client.post(path, data=form)
    (request,) = requests_of(case, anna)
    musts = {each["key"] for each in needs_of(request)["requirements"] if each["importance"] == "must"}
    assert "inner_door_clear_width_cm" in musts


def test_closing_asks_what_becomes_of_everything_that_is_open(client: CheckingClient, anna: Any) -> None:
    case = make_case(anna)
    path = f"/faelle/{case.id}/abschliessen"
    follow_up = add_follow_up(case, understand("in 3 Wochen anrufen wegen Bad"), anna)
    visit = book_for(
        way="home",
        starts_at=clock.now() + timedelta(days=3),
        user_id=anna.user_id,
        content={"email": "erika@example.org"},
        case_id=case.id,
        actor=anna,
    )
    match = offered(submitted := asked(), actor=anna)
    link_request(case, submitted.request.receipt_number, anna)
    shown = text_of(client.get(path))
    for said in ("anrufen wegen Bad", "Hausbesuch am", "Wohnung am Park"):
        assert said in shown, said
    answered = {"outcome": "moved", "open_appointments": "beenden", "open_proposals": "beenden"}
    refused = client.submit(path, answered)
    assert refused.status_code == 400
    assert (case.state, visit.state, match.state) == ("open", "booked", "offered"), "all or nothing"
    client.submit(path, {**answered, "open_follow_ups": "behalten"})
    assert (case.state, case.outcome, visit.state, match.state) == ("closed", "moved", "cancelled", "cancelled")
    assert follow_up.done_at is None
    client.submit(path, {"note": "doch nicht"})
    assert (case.state, case.outcome) == ("open", None)
    client.submit(path, {"outcome": "stopped", "open_follow_ups": "beenden"})
    assert follow_up.done_at is not None


def test_a_holiday_is_planned_and_taken_back(client: CheckingClient, anna: Any) -> None:
    bert = make_advisor("Bert Berater")
    days = {"first_day": "2030-08-05", "last_day": "2030-08-01"}
    refused = client.submit("/vertretung", {"user": anna.user_id, "stand_in": bert.user_id, **days})
    assert "liegt vor dem ersten" in text_of(refused)
    page = client.submit("/vertretung", {"stand_in": bert.user_id, **days, "last_day": "2030-08-20"})
    assert "20.08.2030" in text_of(page)
    assert "Keine Vertretung geplant" in text_of(client.submit("/vertretung", button="Aufheben"))


def test_who_reads_or_opens_a_case_is_in_the_audit_chain(client: CheckingClient, anna: Any) -> None:
    case = make_case(make_advisor("Bert Berater"))
    path = f"/faelle/{case.id}"
    client.get(path)
    assert trail(f"cases|{case.id}") == [], "nothing was read yet"
    client.submit(f"{path}/oeffnen", {"reason": "Die Person ist gerade am Telefon."}, follow=False)
    client.get(path)
    client.get(f"{path}/aendern")
    entries = trail(f"cases|{case.id}")
    assert [entry.action for entry in entries] == ["break_glass", "read", "read"]
    assert {entry.actor for entry in entries} == pseudonyms(f"users|{anna.user_id}")
    assert verify().broken == ()


def test_a_person_gets_all_that_is_stored_and_is_forgotten(client: CheckingClient, anna: Any) -> None:
    case_id = make_case(anna, notes="mag Kaffee").id
    path = f"/faelle/{case_id}/daten"
    told = client.submit(path, button="Datei herunterladen")
    assert told.json["content"]["notes"] == "mag Kaffee"
    assert told.headers["Cache-Control"] == "no-store"
    assert client.submit(path, {"sure": None}, button="Fall löschen").status_code == 400
    client.submit(path, {"sure": "y"}, button="Fall löschen")
    assert client.get(path).status_code == 404
    assert [entry.action for entry in trail(f"cases|{case_id}")] == ["export", "erase"]
    assert verify().broken == ()


def test_an_enquiry_and_a_request_become_cases_with_a_click_and_never_two(client: CheckingClient, anna: Any) -> None:
    asked_what = {"question": "Wer zahlt einen Lift?", "name": "Frau Frager"}
    enquiry = submit_enquiry("question", asked_what, consent=("1", "Ja"))
    request = make_request(contact={"name": "Paul Suchend"}).request
    page = client.submit(f"/anfragen/{enquiry.id}", button="Fall daraus anlegen")
    for said in ("Frau Frager", "Wer zahlt einen Lift?", "schriftlich eingewilligt", enquiry.receipt_number):
        assert said in text_of(page), said
    again = client.submit(f"/anfragen/{enquiry.id}", button=f"Zum Fall {number_of(page)}")
    assert again.request.path == page.request.path
    first = client.submit(f"/gesuche/{request.id}", button="Zum Fall dieser Person")
    assert "Paul Suchend" in text_of(first)
    assert client.submit(f"/gesuche/{request.id}", button="Zum Fall dieser Person").request.path == first.request.path


def number_of(page: Any) -> str:
    found = re.search(r"FA-\d{4}-\w{6}", page.text)
    assert found
    return found[0]


def test_proposals_and_messages_stand_in_the_timeline_and_hidden_enquiries_nowhere(
    client: CheckingClient, anna: Any
) -> None:
    submitted = asked()
    offered(submitted)
    write_my_message(submitted.token, "Wann kann ich sie ansehen?")
    case = open_case_from_request(submitted.request.id, anna)
    page = text_of(client.get(f"/faelle/{case.id}"))
    assert "Wohnung am Park: " in page
    assert "Wann kann ich sie ansehen?" in page
    bert = make_advisor("Bert Berater")
    enquiry = submit_enquiry("question", {"question": "Hilfe", "name": "Xaver Verborgen"})
    hidden = open_case_from_enquiry(enquiry, bert)
    set_blocked(hidden, True, version=hidden.version, actor=bert)
    assert "Xaver" not in client.get("/anfragen").text
    assert client.get(f"/anfragen/{enquiry.id}").status_code == 404


def test_what_is_no_address_is_refused_where_it_is_typed_and_none_is_a_choice(
    client: CheckingClient, anna: Any
) -> None:
    case = make_case(anna)
    path = f"/faelle/{case.id}/aendern"
    refused = client.submit(path, {"email": "keine mail"})
    assert refused.status_code == 400
    assert 'href="#email"' in refused.text
    assert "„keine mail“ ist keine E-Mail-Adresse" in refused.text
    kept = client.submit(path, {"email": "keine mail", "no_email": "y"})
    assert "E-Mail hat keine" in text_of(kept)
    assert content_of(case)["email"] == ""
    changed = client.submit(path, {"email": "erika@example.org"})
    assert "erika@example.org" in changed.text
    assert content_of(case)["no_email"] == ""
