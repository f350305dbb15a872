"""The page of a neighbourhood: what every area knows of it, found within three steps, and no household to recognise."""

from dataclasses import replace
from typing import Any

import pytest

from tests.contacts.persons import make_contact
from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import make_dwelling, make_offer, make_organisation, make_project
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.planning.snapshots import invented
from wohnberatung.areas import AREAS
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import manifests
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.place_sections import PlaceSection, sections_of
from wohnberatung.demand.services.of_place import lack_in
from wohnberatung.extensions import db


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def test_one_finds_whom_to_ask_in_three_steps_with_a_slip_of_the_pen(client: CheckingClient) -> None:
    name = make_contact(quarters=["Altstadt"], phone="0351 471100").user.name
    db.session.commit()
    start = client.get("/")
    assert 'href="/stadtteile"' in start.text
    found = client.get("/stadtteile", query_string={"ort": "Johanstadt Nord"}, follow_redirects=True)
    assert found.request.path == "/stadtteile/johannstadt-nord"
    assert name in text_of(found)
    assert "0351 471100" in text_of(found)
    several = text_of(client.get("/stadtteile", query_string={"ort": "01307"}))
    assert "Welchen Stadtteil meinen Sie?" in several
    assert "finden wir keinen Stadtteil" in text_of(client.get("/stadtteile", query_string={"ort": "Xyzzy"}))
    assert client.get("/stadtteile/atlantis").status_code == 404


def test_the_page_shows_what_is_public_there_and_nothing_else(client: CheckingClient) -> None:
    owner = make_organisation()
    project, hidden = make_project(owner, "Kinderhof"), make_project(owner, "Geheimnis", published=False)
    for each in (project, hidden):
        make_offer(make_dwelling(owner, district=JOHANNSTADT), each)
    make_offer(make_dwelling(owner, district=JOHANNSTADT, rooms=3), title="Hier frei")
    make_offer(make_dwelling(owner, district=JOHANNSTADT), title="Noch ein Entwurf", status="draft")
    make_offer(make_dwelling(owner, district=PIESCHEN), title="Anderswo frei")
    make_entry("Beirat", kind="residents_council")
    make_entry("Entwurf", public=False)
    db.session.commit()
    text = text_of(client.get("/stadtteile/johannstadt-nord"))
    assert all(word in text for word in ("Kinderhof", "Hier frei", "Beirat"))
    assert not any(word in text for word in ("Geheimnis", "Noch ein Entwurf", "Anderswo frei", "Entwurf"))
    assert "Noch nicht im Wegweiser: Mieterinitiative, Selbstvertretung, Nachbarschaftshaus." in text


def test_few_households_are_not_told_and_many_as_planning_publishes_them(session: Any) -> None:
    few = lack_in(JOHANNSTADT)
    assert (few.seeking, few.asked) == ("Im Moment suchen nur wenige Haushalte genau hier.", ())
    quarter = places_quarter(JOHANNSTADT)
    invented(stadtteile={JOHANNSTADT: [15, 10, 0]}, merkmale={f"has_lift|{quarter}": [25, 20, 0]})
    many = lack_in(JOHANNSTADT)
    assert many.seeking == "Hier suchen etwa 15 Haushalte eine Wohnung."
    assert many.asked == (("Aufzug", "etwa 25 Haushalte"),)
    assert lack_in(PIESCHEN).asked == ()


def places_quarter(code: str) -> str:
    place = place_of(code)
    assert place is not None
    return place.quarter


def test_one_declaration_adds_a_section(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = PlaceSection("raeume", "Räume", 25, "rooms.html", lambda code, _by: ["Saal"] if code == PIESCHEN else None)
    more = tuple(replace(area, place_sections=(rooms,)) if area.key == "network" else area for area in AREAS)
    monkeypatch.setitem(manifests.current_app.extensions, manifests.EXTENSION, more)
    shown = [each.section.key for each in sections_of(PIESCHEN, VISITOR)]
    assert shown == ["wegweiser", "raeume", "fehlt"], "in their order, empty ones left out"
    assert "raeume" not in [each.section.key for each in sections_of(JOHANNSTADT, VISITOR)]
