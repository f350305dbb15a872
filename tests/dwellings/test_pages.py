"""Lists and fact sheets of homes: honest about what is known, by whom, and what not."""

from tests.factories import Address, make_dwelling, make_offer, make_organisation
from tests.people import make_user, sign_in
from wohnberatung.core import clock


def test_anybody_sees_published_offers_and_what_is_not_known(client):
    address = Address("Geheimweg", "7", "01307", "Dresden")
    dwelling = make_dwelling(address=address, level="claimed", has_lift=True)
    offer = make_offer(dwelling, title="Helle Wohnung", rent_warm_eur=640)
    make_offer(title="Noch Entwurf", status="draft")
    page = client.get("/angebote").text
    assert "Helle Wohnung" in page
    assert "Noch nicht bekannt" in page
    assert "Noch Entwurf" not in page
    sheet = client.get(f"/angebote/{offer.id}").text
    assert f"laut Anzeige vom {clock.today():%d.%m.%Y}, nicht geprüft" in sheet
    assert "640 €" in sheet
    assert "Geheimweg" not in sheet
    assert "Was noch nicht bekannt ist" in sheet


def test_the_address_shows_where_it_is_released_and_to_the_office(client):
    offer = make_offer(make_dwelling(address=Address("Geheimweg", "7", "01307", "Dresden")))
    sign_in(client, make_user("advisor"))
    assert "Geheimweg 7" in client.get(f"/angebote/{offer.id}").text


def test_a_dwelling_shows_its_history_to_the_office(client):
    dwelling = make_dwelling(level="claimed", inner_door_clear_width_cm=95)
    sign_in(client, make_user("advisor"))
    page = client.get(f"/bestand/{dwelling.id}").text
    assert "95 cm" in page
    assert "Testangabe" in page
    assert dwelling.title in client.get("/bestand").text


def test_owners_see_their_own_dwellings_only(client):
    mine, other = make_organisation(), make_organisation()
    own, foreign = make_dwelling(mine, title="Meine"), make_dwelling(other, title="Fremde")
    sign_in(client, make_user("provider", organisation_ids=[mine.id]))
    page = client.get("/bestand").text
    assert "Meine" in page
    assert "Fremde" not in page
    assert client.get(f"/bestand/{own.id}").status_code == 200
    assert client.get(f"/bestand/{foreign.id}").status_code == 404


def test_an_unknown_offer_is_not_found_and_an_empty_search_helps(client):
    assert client.get("/angebote/aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code == 404
    assert "Kein Angebot erfüllt alles" in client.get("/angebote?suche=gibtesnicht").text


def test_who_offers_a_home_finds_the_way_back_from_its_public_page_and_nobody_else_does(client):
    mine = make_offer(make_dwelling(rooms=2))
    way, interest = f'href="/anbieten/{mine.id}"', "Diese Wohnung interessiert mich"
    seen = client.get(f"/angebote/{mine.id}").text
    assert (way in seen, interest in seen) == (False, True)
    sign_in(client, make_user("provider", organisation_ids=[mine.organisation_id]))
    seen = client.get(f"/angebote/{mine.id}").text.partition('class="ask"')[0]
    assert (way in seen, interest in seen) == (True, False)
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    assert way not in client.get(f"/angebote/{mine.id}").text
