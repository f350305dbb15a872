"""Hours of help for a room: the office comes from who looks for such a room to help that is sought near it."""

from typing import Any

from tests.directory.entries import JOHANNSTADT
from tests.factories import make_request
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from wohnberatung.extensions import db
from wohnberatung.resources.services.homeshare import places_for_homeshare

FORM: dict[str, Any] = {"key": "living_form", "importance": "wish", "weight": 1.0, "tolerance": 0.0}
HOMESHARE: Any = {**FORM, "wanted": ["homeshare"]}
FLAT: Any = {**FORM, "wanted": ["self_contained"]}
HERE: Any = {
    "key": "district",
    "wanted": [JOHANNSTADT],
    "importance": "must",
    "weight": 1.0,
    "tolerance": 0.0,
}


def test_only_who_thinks_of_a_room_for_help_is_led_to_where_help_is_sought() -> None:
    assert places_for_homeshare([FLAT, HERE]) is None
    assert places_for_homeshare([HOMESHARE]) == []
    assert [place.code for place in places_for_homeshare([HOMESHARE, HERE]) or ()] == [JOHANNSTADT]


def test_the_desk_leads_from_the_request_to_help_that_is_sought_there(client: CheckingClient) -> None:
    request = make_request(HOMESHARE, HERE).request
    db.session.commit()
    sign_in(client, make_user("advisor"))
    shown = client.get(f"/gesuche/{request.id}").text
    assert "/nachbarschaft?was=suchen&amp;art=gruppe-help&amp;stadtteil=johannstadt-nord" in shown
