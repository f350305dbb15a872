"""People who live in what they offer: a room to let or against help, a flat for a smaller one."""

from sqlalchemy import select

from tests.factories import make_organisation
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.bridge.frames import current_supply
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db

HOME = {"street": "Haydnstraße", "house_number": "94", "unit": "1. OG links", "postcode": "01309"}
ROOM = HOME | {"kind": "homeshare", "private_area_sqm": "18", "living_area_sqm": "104", "help_hours_month": "18"}


def text_of(response) -> str:
    return words(Page(response.text).root.find(".//main"))


def sign_in_at_home(client) -> None:
    organisation = make_organisation("Adelheid Beispiel (privat)", kind="owner_occupier")
    sign_in(client, make_user("provider", organisation_ids=[organisation.id]))


def test_a_room_against_help_becomes_an_offer_with_its_own_facts(client):
    sign_in_at_home(client)
    assert "Zimmer anbieten" in text_of(client.get("/anbieten"))
    page = client.submit("/anbieten/zimmer", ROOM | {"rent_warm_eur": "95", "description": "Mit Blick in den Garten."})
    assert "Der Entwurf ist gespeichert" in text_of(page)
    offer = db.session.scalars(select(Offer)).one()
    assert (offer.title, offer.tenure, offer.rent_warm_eur) == ("Zimmer gegen Hilfe im Alltag", "homeshare", 95)
    household = offer.project
    assert (household.living_form, household.help_hours_month, household.private_area_sqm) == ("homeshare", 18, 18)
    assert not household.published
    assert offer.dwelling.living_area_sqm == 104
    client.submit(f"/anbieten/{offer.id}", button="Veröffentlichen")
    shown = text_of(client.get(f"/angebote/{offer.id}"))
    assert "18 m²" in shown
    assert "18 Stunden im Monat" in shown
    with current_supply() as supply:
        assert offer.id in supply.frame.ids


def test_a_room_can_be_sublet_and_says_nothing_of_a_form_of_living(client):
    sign_in_at_home(client)
    client.submit("/anbieten/zimmer", ROOM | {"kind": "sublet", "help_hours_month": ""})
    offer = db.session.scalars(select(Offer)).one()
    assert (offer.title, offer.tenure, offer.project.living_form) == ("Zimmer zur Untermiete", "sublet", None)


def test_how_the_room_is_given_must_be_said(client):
    sign_in_at_home(client)
    refused = client.submit("/anbieten/zimmer", ROOM | {"kind": None})
    assert refused.status_code == 400
    assert "Haydnstraße" in refused.text


def test_a_flat_is_offered_for_a_smaller_one(client):
    sign_in_at_home(client)
    flat = HOME | {"living_area_sqm": "98", "rooms": "4"}
    assert client.submit("/anbieten/tausch", flat).status_code == 400
    client.submit("/anbieten/tausch", flat | {"sought": "Zwei Zimmer mit Aufzug in Striesen."})
    offer = db.session.scalars(select(Offer)).one()
    assert (offer.tenure, offer.dwelling.living_area_sqm) == ("exchange", 98)
    assert offer.description == "Im Tausch gesucht: Zwei Zimmer mit Aufzug in Striesen."
    client.submit(f"/anbieten/{offer.id}", button="Veröffentlichen")
    assert "Tausch gegen eine andere Wohnung" in text_of(client.get(f"/angebote/{offer.id}"))
