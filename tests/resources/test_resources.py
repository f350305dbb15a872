"""What a neighbourhood gives and seeks: found with what is still unknown, matched both ways, kept by who wrote it."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_project, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.resources.entries import make_linked, make_resource
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.privacy import retention
from wohnberatung.resources.models import Resource
from wohnberatung.resources.services.entries import edit, enter, own_resource
from wohnberatung.resources.services.finding import ResourceQuery, find, suiting
from wohnberatung.resources.services.freshness import ask_whether_current, let_lapse
from wohnberatung.resources.services.of_place import resources_in

ROOM: dict[str, Any] = {"kind": "room", "hours": "Donnerstag 17 bis 21", "text": "Saal"}


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def titles(query: ResourceQuery) -> list[str]:
    return [each.shown.title for each in find(query).items]


def test_a_barrier_free_room_on_thursday_evening_is_three_steps_away(client: CheckingClient) -> None:
    make_resource("Saal am Fluss", **ROOM, step_free=True)
    make_resource("Raum mit Stufen", **ROOM, step_free=False)
    make_resource("Raum am Morgen", kind="room", hours="Donnerstag 9 bis 12", step_free=True)
    make_resource("Noch ungefragt", **ROOM)
    db.session.commit()
    assert 'href="/nachbarschaft"' in client.get("/").text
    assert "Saal am Fluss" in text_of(client.get("/nachbarschaft?art=room"))
    found = text_of(client.get("/nachbarschaft?art=room&tag=thu&zeit=evening&zugang=stufenlos"))
    assert "Saal am Fluss" in found
    assert "Wieder frei: Donnerstag" in found
    assert "Noch ungefragt" in found, "unknown is never no"
    assert "Noch zu erfragen: Stufenlos erreichbar" in found
    assert "Raum mit Stufen" not in found
    assert "Raum am Morgen" not in found
    proven = text_of(client.get("/nachbarschaft?art=room&tag=thu&zeit=evening&zugang=stufenlos&sicher=y"))
    assert "Noch ungefragt" not in proven


def test_the_page_of_a_stadtteil_leads_to_rooms_help_and_what_is_missing(client: CheckingClient) -> None:
    make_resource("Saal am Fluss", **ROOM)
    make_resource("Wer liest mir vor?", side="seeks")
    make_resource("Anderswo", district=PIESCHEN)
    make_resource("Noch nicht gelesen", state="waiting")
    db.session.commit()
    text = text_of(client.get("/stadtteile/johannstadt-nord"))
    assert all(
        word in text for word in ("Saal am Fluss", "Wer liest mir vor?", "Noch bietet hier niemand an: Vorlesen")
    )
    assert not any(word in text for word in ("Anderswo", "Noch nicht gelesen", "Anna Geberin", "anna@example.org"))


def test_a_closed_day_is_no_free_day(session: Any) -> None:
    row = make_resource("Saal", **ROOM)
    with time_machine.travel("2026-12-01T10:00:00+01:00", tick=False):
        row.closures = [{"first": "2026-12-03", "last": "2026-12-10"}]
        [found] = find(ResourceQuery(kinds=("room",), day="thu")).items
        assert found.free is not None
        assert f"{found.free.day}" == "2026-12-17"


def test_rooms_of_the_directory_are_there_and_entered_nowhere_twice(session: Any) -> None:
    treff = make_entry("Treff am Markt", lies_in=JOHANNSTADT, address="Markt 1", room={"step_free": True})
    make_entry("Ohne Räume")
    assert titles(ResourceQuery(kinds=("room",))) == ["Räume: Treff am Markt"]
    values: Any = {"title": "Kleiner Saal", "district": JOHANNSTADT, "entry_id": treff.id, "facts": {"seats": 20}}
    enter("gives", "room", values, advisor())
    [found] = find(ResourceQuery(kinds=("room",), way_in="stufenlos", proven=True)).items
    assert (found.shown.title, found.shown.address) == ("Kleiner Saal", "Markt 1")


def test_words_forgive_slips_of_the_pen_and_a_place_means_the_whole_city_too(session: Any) -> None:
    make_resource("Fahrradreparatur im Hof", kind="repairs")
    make_resource("Vorlesen am Telefon", district=None)
    assert titles(ResourceQuery(words="Reperatur")) == ["Fahrradreparatur im Hof"]
    assert titles(ResourceQuery(place=place_of(PIESCHEN))) == ["Vorlesen am Telefon"]


def test_need_and_offer_find_each_other_with_the_same_score_and_reasons(session: Any) -> None:
    offer = make_resource("Ich lese vor", hours="Dienstag 14 bis 17")
    make_resource("Ich repariere", kind="repairs")
    need = make_resource("Wer liest mir vor?", side="seeks", hours="Dienstag 15 bis 16")
    [for_need], [for_offer] = suiting(need), suiting(offer)
    assert (for_need.shown.title, for_offer.shown.title) == ("Ich lese vor", "Wer liest mir vor?")
    assert for_need.match.score == pytest.approx(for_offer.match.score)
    assert any("Stadtteil" in sentence for _grade, sentence in for_need.sentences)


def test_a_private_person_writes_without_an_account_and_the_office_reads_first(client: CheckingClient) -> None:
    client.submit(
        "/nachbarschaft/eintragen/bieten/reading",
        {
            "title": "Ich lese gern vor",
            "district": JOHANNSTADT,
            "tue_first": "14:00",
            "tue_last": "17:00",
            "name": "Anna Geberin",
            "email": "anna@example.org",
            "consent": "y",
        },
        button="Absenden",
    )
    row = db.session.query(Resource).one()
    assert row.state == "waiting"
    assert row.times == ["tue_afternoon"]
    assert client.get(f"/nachbarschaft/{row.id}").status_code == 404
    link = Page(client.get("/nachbarschaft/eingang").text).root.find(".//p[@class='secret-link']/a").get("href")
    assert "wird geprüft" in text_of(client.get(link))
    assert any(each.found.count for each in desk_of(advisor()) if each.key == "resources")


def test_without_consent_or_contact_nothing_is_stored_and_nothing_typed_is_lost(client: CheckingClient) -> None:
    path = "/nachbarschaft/eintragen/suchen/room"
    answer = client.submit(
        path, {"title": "Raum für den Chor", "thu_first": "19:00", "name": "Bert"}, button="Absenden"
    )
    assert answer.status_code == 400
    assert "Raum für den Chor" in answer.text
    text = text_of(answer)
    assert "Donnerstag: Bitte geben Sie beide Zeiten an." in text
    assert "Bitte geben Sie Telefon oder E-Mail an" in text
    assert "Ohne Ihre Einwilligung dürfen wir nichts speichern." in text
    assert db.session.query(Resource).count() == 0


def test_changes_are_read_again_and_pausing_hides_at_once(client: CheckingClient) -> None:
    row, token = make_linked()
    db.session.commit()
    mine = f"/nachbarschaft/mein/{token}"
    client.submit(f"{mine}/aendern", {"title": "Ich lese Krimis vor"}, button="Speichern")
    assert db.session.get_one(Resource, row.id).state == "waiting"
    client.submit(mine, {}, button="Nicht mehr zeigen")
    assert db.session.get_one(Resource, row.id).state == "paused"
    assert "Ich lese" not in text_of(client.get("/nachbarschaft"))


def test_everything_stored_is_told_and_erased_by_the_link(client: CheckingClient) -> None:
    _row, token = make_linked()
    db.session.commit()
    told = client.get(f"/nachbarschaft/mein/{token}/auskunft").get_json()
    assert told["contact"]["email"] == "anna@example.org"
    client.submit(f"/nachbarschaft/mein/{token}/loeschen", {"sure": "y"}, button="Löschen")
    assert db.session.query(Resource).count() == 0
    assert client.get(f"/nachbarschaft/mein/{token}").status_code == 404


def test_an_organisation_keeps_its_own_and_no_stranger_may(session: Any) -> None:
    owner, other = make_organisation(trust="reviewed"), make_organisation()
    values: Any = {"title": "Saal", "district": JOHANNSTADT, "facts": {}}
    row = enter("gives", "room", values, provider_of(owner))
    assert (row.state, row.organisation_id) == ("waiting", owner.id)
    with pytest.raises(NotFound):
        own_resource(row.id, provider_of(other))
    edit(row, {**values, "title": "Großer Saal"}, row.version, advisor())
    assert row.title == "Großer Saal"


def test_who_is_asked_and_says_nothing_is_no_longer_shown(session: Any) -> None:
    row, silent = make_resource("Mit Mail"), make_resource("Frisch")
    row.confirmed_at = clock.now() - timedelta(days=181)
    session.commit()
    assert ask_whether_current() == 1
    assert [mail.template for mail in session.query(OutgoingMail)].count("resource_current") == 1
    assert let_lapse() == 0
    row.asked_at = clock.now() - timedelta(days=31)
    session.commit()
    assert let_lapse() == 1
    assert (row.state, silent.state) == ("paused", "published")


def test_what_nobody_sees_is_deleted_after_half_a_year(session: Any) -> None:
    make_resource(state="paused")
    kept = make_resource("Sichtbar")
    session.commit()
    rule = next(each for each in retention.rules() if each.key == "resources_unseen")
    with time_machine.travel(clock.now() + timedelta(days=200)):
        assert retention.carry_out(rule).count == 1
    assert [row.id for row in session.query(Resource)] == [kept.id]


def test_a_homeshare_and_the_help_around_it_lead_to_each_other(client: CheckingClient) -> None:
    owner = make_organisation()
    project = make_project(owner, living_form="homeshare", help_hours_month=18)
    offer = make_offer(make_dwelling(owner, district=JOHANNSTADT), project, title="Zimmer gegen Hilfe")
    resource = make_resource("Ich helfe im Garten", kind="errands", hours_a_month=18)
    db.session.commit()
    assert "Ich helfe im Garten" in text_of(client.get(f"/angebote/{offer.id}"))
    assert "Zimmer gegen Hilfe" in text_of(client.get(f"/nachbarschaft/{resource.id}"))


def test_the_office_reads_a_table_row_by_row(client: CheckingClient) -> None:
    sign_in(client, make_user("advisor"))
    make_resource("Saal", **ROOM, seats=30)
    db.session.commit()
    table = client.get("/nachbarschaft.csv").data
    assert "Donnerstag 17:00 bis 21:00" in table.decode("utf-8-sig")
    db.session.query(Resource).delete()
    db.session.commit()

    client.submit("/nachbarschaft/buero/tabelle", {"file": (io.BytesIO(table), "liste.csv")}, button="Einlesen")
    [row] = db.session.query(Resource)
    assert (row.title, row.state, row.seats, row.times) == ("Saal", "waiting", 30, ["thu_evening"])


def test_nothing_there_is_nothing_to_say(session: Any) -> None:
    assert resources_in(PIESCHEN) is None
