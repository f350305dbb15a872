"""The page of a neighbourhood: what every area knows of it, found within three steps, and no household to recognise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.contacts.persons import make_contact
from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import make_dwelling, make_offer, make_organisation, make_project, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.planning.snapshots import invented
from wohnberatung.areas import AREAS
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core import clock, manifests
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.place_sections import PlaceSection, sections_of
from wohnberatung.demand.services.of_place import lack_in
from wohnberatung.extensions import db
from wohnberatung.privacy.models import AuditEntry
from wohnberatung.projects.services.meetings import save_date


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
    assert shown == ["wegweiser", "raeume", "dienste", "fehlt"], "in their order, empty ones left out"
    assert "raeume" not in [each.section.key for each in sections_of(JOHANNSTADT, VISITOR)]


def test_a_page_without_a_place_names_who_is_there_for_the_whole_city(client: CheckingClient) -> None:
    everywhere, elsewhere = make_contact().user.name, make_contact(quarters=["Pieschen"]).user.name
    project = make_project(make_organisation(), "Noch ohne Haus")
    text = text_of(client.get(f"/wohnprojekte/{project.id}"))
    assert everywhere in text
    assert elsewhere not in text


def test_rooms_and_dates_of_a_place_stand_on_its_page(client: CheckingClient) -> None:
    owner = make_organisation()
    project = make_project(owner, "Kinderhof")
    make_offer(make_dwelling(owner, district=JOHANNSTADT), project)
    begins = clock.now() + timedelta(days=3)
    save_date(
        project.id, title="Kaffee", starts_at=begins, ends_at=begins + timedelta(hours=1), actor=provider_of(owner)
    )
    make_entry("Treff am Fluss", lies_in=JOHANNSTADT, serves=[PIESCHEN], room={"step_free": True})
    db.session.commit()
    shown = {each.section.key: each.content for each in sections_of(JOHANNSTADT, VISITOR)}
    assert [entry.name for entry in shown["treffraeume"]] == ["Treff am Fluss"]
    assert [meeting.title for meeting in shown["treffen"]] == ["Kaffee"]
    assert "Kaffee" in text_of(client.get("/stadtteile/johannstadt-nord"))


def test_needs_profiles_are_told_as_they_are_published(session: Any) -> None:
    invented(bedarf={f"wheelchair|{places_quarter(JOHANNSTADT)}": [10, 5, 0]})
    assert [households for _label, households in lack_in(JOHANNSTADT).groups] == ["etwa 10 Haushalte"]
    assert lack_in(PIESCHEN).groups == ()


def test_the_office_sees_exact_figures_and_leaves_a_trace(client: CheckingClient) -> None:
    for _number in range(3):
        make_request(
            {"key": "district", "wanted": [JOHANNSTADT], "importance": "must"},
            {"key": "has_lift", "wanted": True, "importance": "must"},
        )
    make_entry("Beirat", kind="residents_council")
    advisor = make_user("advisor")
    address = "/stadtteile/johannstadt-nord/lage"
    assert client.get(address).status_code == 302, "strangers sign in first"
    sign_in(client, advisor)
    assert address in client.get("/stadtteile/johannstadt-nord").text
    text = text_of(client.get(address))
    assert all(words in text for words in ("Hier suchen 3 Haushalte.", "Nur für die Wohnberatung", "Aufzug", "Beirat"))
    assert db.session.query(AuditEntry).count() == 1
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    assert client.get(address).status_code == 403
    assert address not in client.get("/stadtteile/johannstadt-nord").text


def test_what_is_for_the_office_never_stands_on_the_public_page(session: Any) -> None:
    shown = {each.section.key for each in sections_of(JOHANNSTADT, VISITOR)}
    inside = {each.key for area in AREAS for each in area.place_sections if each.for_office}
    assert inside >= {"bedarf", "bestand", "eintraege"}
    assert not shown & inside
