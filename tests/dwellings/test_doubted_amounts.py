"""An amount that can hardly be meant is asked about on the page where it was typed, and taken once somebody says so."""

import pytest

from tests.factories import make_dwelling, make_offer
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.extensions import db


def answers_on(page):
    """What the page offers, by its words: name and value of each answer."""
    html = Page(page.text)
    found = {}
    for choice in html.all("input"):
        if choice.attrib.get("name", "").endswith("_agreed"):
            label = html.labels[choice.attrib["id"]]
            found[label] = {choice.attrib["name"]: choice.attrib["value"]}
    return found


@pytest.mark.parametrize(
    ("chosen", "rent"), [("Gemeint sind 504 € im Monat", 504), ("Die Miete von 8,40 € im Monat stimmt", 8.4)]
)
def test_a_price_of_a_square_metre_is_asked_about_beside_the_area_that_is_stored(client, chosen, rent):
    offer = make_offer(make_dwelling(living_area_sqm=60), status="draft")
    sign_in(client, make_user("provider", organisation_ids=[offer.organisation_id]))
    here = f"/anbieten/{offer.id}/angaben/money"
    asked = client.submit(here, {"rent_gross_cold_eur": "8,40"}, button="Speichern")
    assert asked.status_code == 400
    assert "Ist der Preis je m² gemeint, also 504 €?" in words(Page(asked.text).root)
    page = client.get(here).text
    assert "_agreed" not in page, "asked only where there is a doubt"
    answer = answers_on(asked)[chosen]
    data = {name: value for name, value in _sent(asked).items() if value} | answer
    assert client.post(here, data=data).status_code == 302
    assert db.session.get_one(type(offer), offer.id).rent_gross_cold_eur == rent


def _sent(page):
    return dict(offered_values(find_form(Page(page.text), {"rent_gross_cold_eur"}, "Speichern")))


def test_a_deposit_in_rents_is_worked_out_of_the_rent_that_is_stored(client):
    offer = make_offer(make_dwelling(), status="draft", rent_net_cold_eur=400)
    sign_in(client, make_user("provider", organisation_ids=[offer.organisation_id]))
    here = f"/anbieten/{offer.id}/angaben/money"
    asked = client.submit(here, {"deposit_eur": "3 KM"}, button="Speichern")
    assert "„3 KM“ ergibt 1.200 €" in words(Page(asked.text).root)
    data = {name: value for name, value in _sent(asked).items() if value} | answers_on(asked)["Ja, 1.200 €"]
    assert client.post(here, data=data).status_code == 302
    assert db.session.get_one(type(offer), offer.id).deposit_eur == 1200
