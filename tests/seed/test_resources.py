"""The invented neighbourhood gives and seeks something in every Stadtteil, and much in three."""

from typing import Any

from wohnberatung.bridge.neighbourhood_places import places
from wohnberatung.resources.models import ContactRequest
from wohnberatung.resources.services.finding import in_place
from wohnberatung.resources.services.offers import all_needs, all_offers
from wohnberatung.seeding.directory import list_neighbours
from wohnberatung.seeding.homes import fill
from wohnberatung.seeding.resources import share


def test_every_stadtteil_has_something_and_three_have_a_lot(session: Any) -> None:
    fill(session, 0.01)
    list_neighbours(session)
    assert share(session)
    rows = [row for row in (*all_offers(), *all_needs()) if row.resource is not None]
    local = {place.code: len(in_place(place.code, rows)) for place in places()}
    assert min(local.values()) >= 1
    assert all(local[code] >= 7 for code in ("06", "21", "97"))
    assert {row.state for row in session.query(ContactRequest)} == {"asked", "passed_on", "released"}
    assert share(session) is False
