"""A room in a flat is shown as large as it is."""

from tests.factories import make_dwelling, make_offer, make_project
from tests.infrastructure.pages import Page, words
from wohnberatung.dwellings.services.showcase import shown_offer


def test_a_room_is_shown_with_its_own_size(client):
    flat = make_dwelling(living_area_sqm=104, rooms=4)
    project = make_project(living_form="homeshare", private_area_sqm=18)
    room = make_offer(flat, project, title="Zimmer gegen Hilfe")
    texts = [row.text for row in shown_offer(room).figures if row.known]
    assert "18 m²" in texts
    assert "104 m²" not in texts
    listed = words(Page(client.get("/angebote").text).root.find(".//main"))
    assert "18 m²" in listed
    assert "104 m²" not in listed
    assert '"value": 18' in client.get(f"/angebote/{room.id}").text


def test_a_whole_flat_in_a_project_keeps_its_size(session):
    flat = make_dwelling(living_area_sqm=75, rooms=3)
    offer = make_offer(flat, make_project(living_form="building_group", private_area_sqm=75))
    assert "75 m²" in [row.text for row in shown_offer(offer).figures if row.known]
    assert "3 Zimmer" in [row.text for row in shown_offer(offer).figures if row.known]
