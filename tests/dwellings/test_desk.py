"""Those who offer enter a home in one short form, publish it, and find it again the next time."""

from typing import Any

import pytest

from tests.factories import make_dwelling, make_offer, make_organisation, make_project
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.extensions import db

SHORT = {
    "street": "Beispielweg",
    "house_number": "5",
    "unit": "EG links",
    "postcode": "01307",
    "rent_warm_eur": "640,50",
    "living_area_sqm": "58",
    "rooms": "2",
    "step_free": "ja",
    "available_from": "01.02.2027",
}


@pytest.fixture
def owner(client: CheckingClient, session: Any) -> Any:
    """The organisation whose member the browser belongs to."""
    owner = make_organisation(kind="private_owner")
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    return owner


def the_offer() -> Offer:
    return db.session.query(Offer).one()


def test_the_short_form_makes_a_draft_and_one_click_publishes_it(client: CheckingClient, owner: Any) -> None:
    assert "Noch kein Angebot" in client.get("/anbieten").text
    page = client.submit("/anbieten/neu", SHORT).text
    offer = the_offer()
    assert "Der Entwurf ist gespeichert" in page
    assert (offer.status, offer.organisation_id, offer.rent_warm_eur) == ("draft", owner.id, 640.5)
    assert (offer.dwelling.step_free, offer.dwelling.has_lift) == (True, None)
    # Several neighbourhoods share the postcode, so that is no more than a claim.
    assert offer.dwelling.evidence["district"]["level"] == "claimed"
    assert offer.title.startswith("Wohnung in ")
    path = f"/anbieten/{offer.id}"
    assert "öffentlich zu sehen" in client.submit(path, button="Veröffentlichen").text
    assert the_offer().status == "published"
    assert "reserviert" in client.submit(path, button="Reservieren").text
    assert "wieder zu sehen" in client.submit(path, button="Wieder freigeben").text


def test_nothing_must_be_known(client: CheckingClient, owner: Any) -> None:
    client.submit("/anbieten/neu", button="Speichern")
    assert the_offer().title == "Wohnung"


def test_a_home_that_was_here_before_keeps_what_is_known_and_has_one_open_offer(
    client: CheckingClient, owner: Any
) -> None:
    home = make_dwelling(
        owner, Address("Beispielweg", "5", "01307", "Dresden", "EG links"), has_lift=True, rooms=3, district="06"
    )
    client.submit("/anbieten/neu", SHORT)
    offer = the_offer()
    assert (offer.dwelling_id, offer.dwelling.has_lift, offer.dwelling.rooms) == (home.id, True, 2)
    answer = client.submit("/anbieten/neu", SHORT)
    assert (answer.status_code, "schon ein offenes Angebot" in answer.text) == (400, True)


def test_what_cannot_be_is_said_at_the_field_and_kept(client: CheckingClient, owner: Any) -> None:
    answer = client.submit("/anbieten/neu", SHORT | {"rent_warm_eur": "viel", "postcode": "1307"})
    assert answer.status_code == 400
    for told in ("„viel“ ist keine Zahl", "fünf Ziffern", "Beispielweg"):
        assert told in answer.text
    answer = client.submit("/anbieten/neu", SHORT | {"district": "95"})
    assert (answer.status_code, "Zur Postleitzahl 01307 gehören" in answer.text) == (400, True)
    answer = client.submit("/anbieten/neu", SHORT | {"postcode": "10115", "district": "95"})
    assert (answer.status_code, "gehört nicht zu Dresden" in answer.text) == (400, True)
    assert db.session.query(Offer).count() == 0


def test_the_short_form_again_keeps_town_and_coordinates(client: CheckingClient, owner: Any) -> None:
    home = make_dwelling(owner, Address("Weg", "5", "01307", "Radebeul", "EG", 51.05, 13.74))
    offer = make_offer(home, status="draft", rent_warm_eur=600)
    client.submit(f"/anbieten/{offer.id}/wichtigstes", {"rent_warm_eur": "610", "unit": "EG rechts"})
    home = the_offer().dwelling
    assert (home.town, home.lat, home.unit, the_offer().rent_warm_eur) == ("Radebeul", 51.05, "EG rechts", 610)
    client.submit(f"/anbieten/{offer.id}/wichtigstes", {"house_number": "6"})
    assert the_offer().dwelling.lat is None


def test_a_place_in_a_project_is_asked_only_what_it_can_hold(client: CheckingClient, owner: Any) -> None:
    offer = make_offer(project=make_project(owner), title="Platz im Hof", rent_warm_eur=400)
    path = f"/anbieten/{offer.id}/wichtigstes"
    assert "Straße" not in client.get(path).text.partition("<main")[2].partition("</main")[0]
    assert "Gespeichert" in client.submit(path, {"rent_warm_eur": "420", "title": ""}).text
    assert (the_offer().rent_warm_eur, the_offer().title) == (420, "Platz im Hof")
    assert client.get(f"/anbieten/{offer.id}/angaben/rooms").status_code == 404
    assert client.get(f"/anbieten/{offer.id}/angaben/money").status_code == 200
    assert "Bilder: Platz im Hof" in client.get(f"/bilder/offer/{offer.id}").text


def test_details_come_later_by_theme_and_what_was_measured_stays(client: CheckingClient, owner: Any) -> None:
    offer = make_offer(make_dwelling(owner, level="stated", turning_space_cm=120), status="draft")
    record_facts(offer.dwelling, {"corridor_width_cm": 110}, "measured", source="Aufmaß")
    page = client.submit(
        f"/anbieten/{offer.id}/angaben/rooms", {"corridor_width_cm": "130", "turning_space_cm": "140"}
    ).text
    assert "Gemessen und darum unverändert: Breite des Flurs" in page
    home = the_offer().dwelling
    assert (home.corridor_width_cm, home.turning_space_cm) == (110, 140)
    assert client.get(f"/anbieten/{offer.id}/angaben/nichts").status_code == 404


def test_of_two_people_at_one_form_the_second_sees_both_texts(client: CheckingClient, owner: Any) -> None:
    offer = make_offer(make_dwelling(owner, turning_space_cm=120), status="draft")
    stale = {"version": str(offer.version), "dwelling_version": str(offer.dwelling.version)}
    path = f"/anbieten/{offer.id}/angaben/rooms"
    client.submit(path, {"turning_space_cm": "140"})
    answer = client.submit(path, {"turning_space_cm": "150", **stale})
    assert answer.status_code == 409
    assert "140 cm" in answer.text
    assert "150 cm" in answer.text
    assert the_offer().dwelling.turning_space_cm == 140


def test_demands_are_chosen_from_the_catalogue(client: CheckingClient, owner: Any) -> None:
    offer = make_offer(make_dwelling(owner), status="draft")
    path = f"/anbieten/{offer.id}/haushalt"
    assert "Nicht möglich: Hund oder Katze" in client.get(path).text
    client.submit(path, {"persons_importance": "must", "persons_high": "3", "pets_importance": "wish"})
    assert [(each["key"], each["wanted"]) for each in the_offer().demands] == [("persons", [None, 3]), ("pets", True)]
    client.submit(path, {"persons_importance": ""})
    assert [each["key"] for each in the_offer().demands] == ["pets"]


def test_a_home_is_listed_again_with_what_was_measured(client: CheckingClient, owner: Any) -> None:
    offer = make_offer(make_dwelling(owner, level="measured", inner_door_clear_width_cm=95), rent_warm_eur=600)
    path = f"/anbieten/{offer.id}"
    first = offer.id
    assert "Was ist geschehen?" in client.submit(f"{path}/beenden", button="Beenden").text
    assert "beendet" in client.submit(f"{path}/beenden", {"step": "vermietet"}).text
    page = client.submit(path, button="Noch einmal anbieten").text
    assert "Ein neuer Entwurf ist da" in page
    again = db.session.query(Offer).filter(Offer.id != first).one()
    assert (again.status, again.rent_warm_eur, again.dwelling.inner_door_clear_width_cm) == ("draft", None, 95)
    assert again.dwelling.evidence["inner_door_clear_width_cm"]["level"] == "measured"


def test_another_organisations_offer_does_not_exist(client: CheckingClient, owner: Any) -> None:
    foreign = make_offer(make_dwelling())
    for path in ("", "/wichtigstes", "/angaben/rooms", "/text", "/haushalt", "/beenden"):
        assert client.get(f"/anbieten/{foreign.id}{path}").status_code == 404, path
        if path:
            assert client.post(f"/anbieten/{foreign.id}{path}").status_code in (400, 404), path
    assert "Angebot Beispiel" not in client.get("/anbieten").text


def test_the_office_offers_for_anybody(client: CheckingClient, owner: Any) -> None:
    other = make_organisation("Andere Genossenschaft")
    sign_in(client, make_user("advisor"))
    client.submit("/anbieten/neu", SHORT | {"organisation": other.id})
    assert the_offer().organisation_id == other.id
    assert "Andere Genossenschaft" in client.get("/anbieten").text
