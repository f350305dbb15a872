"""A lost link has a way back, and the form remembers the offer that somebody began with."""

import pytest
from sqlalchemy import delete

from tests.brokerage.cases import mails
from tests.factories import make_dwelling, make_offer, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.seekers.walking import answer, begin
from wohnberatung.dwellings.models import OfferSpell
from wohnberatung.dwellings.services.listings import offer_by_number
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import contact_of, load_request_by_token

BY_MAIL = {"name": "Erika Beispiel", "reach": "email", "email": "erika@example.org"}
ANSWER = "Gehören Nummer und Adresse zusammen"


def lost(client, number, email):
    return client.submit("/mein-gesuch/link-verloren", {"number": number, "email": email}, button="Neuen Link schicken")


def test_a_new_link_comes_by_mail_and_the_old_one_ends(client, session):
    mine = make_request(contact=BY_MAIL)
    spoken = mine.request.receipt_number.lower().replace("-", "- ")
    assert ANSWER in lost(client, spoken, "Erika@Example.org").text
    (mail,) = mails()
    assert mail.to == "erika@example.org"
    link = next(line for line in mail.text.splitlines() if "/mein-gesuch/" in line)
    assert client.get(f"/mein-gesuch/{mine.token}").status_code == 404
    assert client.get("/mein-gesuch/" + link.rpartition("/")[2]).status_code == 200


@pytest.mark.parametrize("email", ["andere@example.org", "erika@example.com"])
def test_who_guesses_gets_the_same_answer_and_nothing_happens(client, session, email):
    mine = make_request(contact=BY_MAIL)
    assert ANSWER in lost(client, mine.request.receipt_number, email).text
    assert ANSWER in lost(client, "DD-2026-AAAAAA", "erika@example.org").text
    assert mails() == []
    assert load_request_by_token(mine.token).id == mine.request.id


def test_whoever_wants_no_mail_gets_none(client, session):
    mine = make_request(contact=BY_MAIL | {"reach": "phone", "phone": "0351 1234567"})
    lost(client, mine.request.receipt_number, "erika@example.org")
    assert mails() == []


def test_a_link_that_opens_nothing_leads_to_a_new_one(client, session):
    refused = client.get("/mein-gesuch/" + "a" * 26)
    assert refused.status_code == 404
    assert "/mein-gesuch/link-verloren" in refused.text
    assert "/mein-gesuch/link-verloren" in client.get("/vorschlag/" + "a" * 26 + "/" + "b" * 26).text


def test_every_fact_sheet_has_a_button_with_the_number_and_the_form_remembers_it(client, session):
    offer = make_offer(make_dwelling(rooms=2), title="Am Park", rent_warm_eur=500)
    session.commit()
    sheet = client.get(f"/angebote/{offer.id}")
    assert offer.number in sheet.text
    assert f'href="/suche?angebot={offer.number}"' in sheet.text
    assert "Set-Cookie" not in sheet.headers
    started = client.get(f"/suche?angebot={offer.number}")
    assert f"Sie fragen nach dem Angebot {offer.number}." in words(Page(started.text).root)
    assert f'href="/suche/haushalt?angebot={offer.number}"' in started.text
    client.submit(f"/suche/haushalt?angebot={offer.number}", button="Weiter")
    assert f'value="{offer.number}"' in client.get("/suche/einzug").text
    assert f"Sie fragen nach dem Angebot {offer.number}." in words(Page(client.get("/suche").text).root)


def test_the_office_opens_the_offer_that_was_asked_for(client, session):
    offer = make_offer(make_dwelling(rooms=2), title="Am Park")
    session.commit()
    begin(client, einzug={"offer": offer.number.lower().replace("-", " ")})
    client.submit("/suche/pruefen", button="Gesuch absenden")
    request = db.session.query(HousingRequest).one()
    assert contact_of(request)["offer"]
    sign_in(client, make_user("advisor"))
    page = client.get(f"/gesuche/{request.id}").text
    assert f'href="/angebote/{offer.id}"' in page
    assert "Am Park" in page


@pytest.mark.parametrize(
    "spelling",
    [
        "{number}",
        "{low}",
        "Angebot Nr. {number}, 2 Zimmer",
        "https://example.org/angebote/{id}?sprache=en",
        "{spelled}",
    ],
)
def test_the_number_of_an_offer_is_read_as_people_write_it(client, session, spelling):
    offer = make_offer(make_dwelling(rooms=2))
    session.commit()
    typed = spelling.format(
        number=offer.number, low=offer.number.lower().replace("-", ""), id=offer.id, spelled=" ".join(offer.id[:8])
    )
    begin(client, before="einzug")
    answered = answer(client, "einzug", {"offer": typed})
    assert answered.request.path == "/suche/kontakt"


def test_what_is_easily_written_for_a_letter_is_read_as_that_letter(session):
    offer = make_offer(make_dwelling(rooms=2))
    # Its number is made of the id, on which hangs since when it can be had.
    session.execute(delete(OfferSpell))
    offer.id = "obgi" + "lobg" + offer.id[8:]
    session.flush()
    assert offer_by_number("0891-L0B9") is offer
    assert offer_by_number("O8GI-1OB9") is offer
    assert offer_by_number("0891-LOBB") is None


FORWARD = {"de": "Weiter", "en": "Continue", "leicht": "Weiter"}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Ein Angebot mit der Nummer „{typed}“ finden wir nicht."),
        ("en", "We cannot find an offer with the number “{typed}”."),
        ("leicht", "Eine Wohnung mit der Nummer „{typed}“ gibt es hier nicht."),
    ],
)
def test_a_number_that_is_none_is_asked_about_and_everything_stays(client, session, language, told):
    draft = make_offer(make_dwelling(rooms=2), status="draft")
    session.commit()
    begin(client, before="einzug")
    client.get(f"/suche/einzug?sprache={language}")
    for typed in ("AAAA-BBBB", "die am Park", "12345", draft.number):
        refused = answer(client, "einzug", {"offer": typed, "note": "Bitte leise."}, button=FORWARD[language])
        page = words(Page(refused.text).root)
        assert refused.status_code == 400
        assert told.format(typed=typed) in page
        assert f'value="{typed}"' in refused.text
        assert "Bitte leise." in refused.text
