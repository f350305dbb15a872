"""The pages of a match: for advisors with its history, for those who seek by secret link."""

import pytest
from sqlalchemy import select

from tests.brokerage.cases import DOOR, asked, home, link_in, mails, offered, reviewed, steps_of
from tests.brokerage.ways import go, on_the_way, sharing
from tests.factories import advisor, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.queries import sent_statements
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.proposals import answer
from wohnberatung.seekers.services.consents import withdraw_consent


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    return client


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def only_match(session):
    return session.scalars(select(BrokeredMatch)).one()


def test_an_advisor_proposes_from_the_ranked_list_in_one_step(office, session):
    submitted, offer = asked(), home()
    page = office.submit(f"/gesuche/{submitted.request.id}", {}, button="Vorschlagen")
    match = only_match(session)
    assert page.request.path == f"/vorschlaege/{match.id}"
    assert (match.state, match.offer_id, steps_of(match)) == ("offered", offer.id, ["review", "offer"])
    assert "vorgeschlagen" in text_of(office.get(f"/gesuche/{submitted.request.id}"))
    assert len(mails()) == 1


def test_an_advisor_reviews_first_and_proposes_then(office, session):
    submitted = asked()
    home()
    page = office.submit(f"/gesuche/{submitted.request.id}", {}, button="Prüfen")
    match = only_match(session)
    shown = text_of(page)
    for expected in ("in Prüfung", "Lichte Breite der Innentüren: 95 cm", "Anna Beraterin", "Frist"):
        assert expected in shown
    done = office.submit(f"/vorschlaege/{match.id}", {"version": str(match.version)}, button="Vorschlagen")
    assert "vorgeschlagen" in text_of(done)
    assert "E-Mail an die suchende Person" in text_of(done)


def test_a_double_click_proposes_once(office, session):
    match = reviewed()
    fields = {"version": str(match.version), "idempotency_key": "k" * 26}
    token = next(
        field.attrib["value"]
        for field in Page(office.get(f"/vorschlaege/{match.id}").text).all("input")
        if field.attrib.get("name") == "csrf_token"
    )
    path = f"/vorschlaege/{match.id}/schritt/offer"
    for _ in range(3):
        assert office.post(path, data={**fields, "csrf_token": token}).status_code == 302
    assert steps_of(match) == ["review", "offer"]
    assert len(mails()) == 1


def test_withdrawing_asks_why(office):
    match = offered()
    path = f"/vorschlaege/{match.id}/angaben/withdraw"
    assert office.submit(path, {"reason": None}).status_code == 400
    page = office.submit(path, {"reason": "office_other", "note": ""})
    assert (page.status_code, "Bitte schreiben Sie dazu" in page.text) == (400, True)
    done = office.submit(path, {"reason": "condition", "note": "Feuchter Keller"})
    assert "Zustand oder Sicherheit müssen geprüft werden: „Feuchter Keller“" in text_of(done)


def test_a_limit_is_explained_where_the_button_was(office):
    submitted = asked()
    for _ in range(3):
        offered(submitted)
    home("Vierte")
    page = office.submit(f"/gesuche/{submitted.request.id}", {}, button="Vorschlagen")
    assert "schon 3 Vorschläge offen" in page.text


def test_a_decline_comes_with_what_helps_now(office):
    submitted = asked()
    match = offered(submitted)
    given = Given("doors", "Die Schlafzimmertür ist schmal.")
    answer(submitted.token, match.id, "declined", version=match.version, given=given)
    page = office.get(f"/vorschlaege/{match.id}")
    for expected in ("Die Türen passen nicht", "Schlafzimmertür", "Nachmessen", "Ablehnung bestätigen"):
        assert expected in text_of(page)
    done = office.submit(f"/vorschlaege/{match.id}/angaben/confirm", {"note": "Am Telefon besprochen"})
    assert "abgelehnt" in text_of(done)


def test_an_answer_on_the_telephone_is_taken_down(office):
    match = offered()
    path = f"/vorschlaege/{match.id}/am-telefon"
    assert path in office.get(f"/vorschlaege/{match.id}").text
    refused = office.submit(path, {"said": "declined", "note": "Zu weit weg von der Schwester"})
    assert refused.status_code == 400
    assert "Zu weit weg von der Schwester" in refused.text
    page = office.submit(path, {"said": "declined", "reason": "area", "note": "Zu weit weg von der Schwester"})
    assert match.state == "declined"
    for said in ("aufgenommen von Anna Beraterin", "Die Lage passt nicht", "Zu weit weg von der Schwester"):
        assert said in text_of(page), said


def test_the_list_begins_with_what_waits_for_the_office(office):
    empty = office.get("/vorschlaege")
    assert "Keine offenen Vorschläge" in empty.text
    waiting, mine = asked(), asked()
    offered(waiting)
    answered = offered(mine)
    answer(mine.token, answered.id, "interested", version=answered.version)
    shown = text_of(office.get("/vorschlaege"))
    assert shown.index(mine.request.receipt_number) < shown.index(waiting.request.receipt_number)


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ({"reach": "phone", "phone": "0351 1"}, "möchte eine Antwort: am Telefon."),
        ({"reach": "post", "address": "Musterweg 3, 01307 Dresden"}, "möchte eine Antwort: mit einem Brief."),
        ({"reach": "none"}, "möchte eine Antwort: gar nicht, die Person sieht selbst nach."),
    ],
)
def test_the_office_is_told_that_somebody_gets_no_mails_and_how_they_want_an_answer(office, contact, told):
    match = offered(make_request(DOOR, contact={"name": "Erika", **contact}))
    page = text_of(office.get(f"/vorschlaege/{match.id}"))
    assert ("bekommt keine E-Mails" in page, told in page) == (True, True)


def test_a_person_finds_proposals_on_the_page_of_their_request(client):
    submitted = asked()
    offered(submitted, home("Wohnung am Park"))
    reviewed(submitted, home("Noch geheim"))
    page = client.get(f"/mein-gesuch/{submitted.token}")
    for expected in ("Unsere Vorschläge", "Wohnung am Park", "Wartet auf Ihre Antwort"):
        assert expected in text_of(page)
    assert "Noch geheim" not in page.text


def test_without_consent_there_are_no_proposals_on_the_page(client):
    submitted = asked()
    offered(submitted, home("Wohnung am Park"))
    withdraw_consent(submitted.request, "matching")
    assert "Wohnung am Park" not in client.get(f"/mein-gesuch/{submitted.token}").text


def test_a_person_reads_why_and_says_yes(client, session):
    submitted = asked()
    match = offered(submitted, home("Wohnung am Park", balcony=True))
    path = link_in(mails()[0])
    page = client.get(path)
    assert "Lichte Breite der Innentüren: 95 cm" in text_of(page)
    for hidden in ("Erika", "gefordert", "Beispielstraße"):
        assert hidden not in text_of(page)
    done = client.submit(path, {"version": str(match.version)}, button="Das interessiert mich")
    assert "Danke. Ihre Antwort ist bei uns." in text_of(done)
    assert "Sie haben Interesse" in text_of(done)
    assert match.state == "interested"


def test_whoever_has_given_their_name_is_not_told_that_nobody_knows_it(client):
    submitted = sharing()
    match = on_the_way("offer", "interested", submitted=submitted)
    path, nobody = f"/vorschlag/{submitted.token}/{match.id}", "Ihren Namen erfährt durch Ihre Antwort niemand"
    assert nobody in text_of(client.get(path))
    go(match, "share", "present", "welcome", "release")
    assert nobody not in text_of(client.get(path))


def test_a_person_says_no_with_a_reason(client):
    submitted = asked()
    match = offered(submitted)
    path = f"/vorschlag/{submitted.token}/{match.id}/passt-nicht"
    for given, message in (({}, "Bitte wählen Sie einen Grund"), ({"reason": "other"}, "Bitte schreiben Sie dazu")):
        refused = client.submit(path, given)
        assert (refused.status_code, message in refused.text) == (400, True)
    done = client.submit(path, {"reason": "doors", "note": "Die Tür ist zu schmal."})
    assert "Ihr Grund: Die Türen passen nicht" in text_of(done)


def test_a_person_asks_for_later_and_for_help(client, session):
    submitted = asked()
    later, help_wanted = offered(submitted), offered(submitted)
    base = f"/vorschlag/{submitted.token}"
    assert client.submit(f"{base}/{later.id}/spaeter", {}).status_code == 400
    assert "Wir fragen Sie am" in text_of(client.submit(f"{base}/{later.id}/spaeter", {"weeks": "4"}))
    assert "Wir melden uns bei Ihnen" in text_of(client.submit(f"{base}/{help_wanted.id}/hilfe", {"note": ""}))
    session.expire_all()
    assert (later.state, help_wanted.state) == ("later", "help_wanted")


def test_a_link_that_a_mail_scanner_opens_answers_nothing(client):
    submitted = asked()
    match = offered(submitted)
    for address in ("", "/interesse", "/passt-nicht", "/spaeter", "/hilfe"):
        assert client.get(f"/vorschlag/{submitted.token}/{match.id}{address}").status_code == 200
    assert match.state == "offered"
    assert client.get(f"/vorschlag/{submitted.token}/{match.id}/unsinn").status_code == 404


def test_an_answer_given_meanwhile_on_another_page_is_shown_beside_the_new_one(client):
    submitted = asked()
    match = offered(submitted)
    old = str(match.version)
    answer(submitted.token, match.id, "interested", version=match.version)
    conflict = client.submit(f"/vorschlag/{submitted.token}/{match.id}/hilfe", {"version": old})
    assert conflict.status_code == 409
    for expected in ("Sie haben Interesse", "Ich brauche Hilfe"):
        assert expected in text_of(conflict)


def test_a_button_of_an_old_page_does_nothing_and_leads_to_what_is_so_now(office):
    match = reviewed()
    path = f"/vorschlaege/{match.id}"
    refused = office.submit(path, {"version": "99"}, button="Vorschlagen")
    assert (refused.status_code, match.state) == (409, "under_review")
    assert f'href="{path}">Gespeicherten Eintrag öffnen' in refused.text


def test_a_wrong_secret_opens_nothing(client):
    submitted = asked()
    match = offered(submitted)
    for path in (f"/vorschlag/{'a' * 26}/{match.id}", f"/vorschlag/{asked().token}/{match.id}/passt-nicht"):
        assert client.get(path).status_code == 404


def test_the_pages_cost_the_same_queries_however_long_the_history(office, session):
    def cost(match):
        session.commit()
        with sent_statements() as statements:
            office.get(f"/vorschlaege/{match.id}")
        return len(statements)

    submitted = asked()
    match = offered(submitted, actor=advisor())
    cost(match)  # the first page of a browser costs its session
    short = cost(match)
    for key, given in (("interested", Given()), ("help_wanted", Given(note="Hilfe")), ("interested", Given())):
        answer(submitted.token, match.id, key, version=match.version, given=given)
    assert cost(match) == short
