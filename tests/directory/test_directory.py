"""The directory for everybody, kept by those it names: found with slips of the pen, reviewed, confirmed once a year."""

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import advisor, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.cases.services.desk import desk_of
from wohnberatung.cases.services.search import search
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.directory.models import DirectoryEntry, EntryState
from wohnberatung.directory.services.entries import begin_entry, edit_entry, entries_in_review, move_entry, own_entry
from wohnberatung.directory.services.finding import DirectoryQuery, directory_map, find_entries
from wohnberatung.directory.services.freshness import ask_whether_right, forgotten_entries
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content

VALUES = {"kind": "tenant_initiative", "name": "Mietertreff", "summary": "Wir helfen.", "serves": [JOHANNSTADT]}


def names(**asked: Any) -> list[str]:
    return [entry.name for entry in find_entries(DirectoryQuery(**asked)).items]


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def test_words_are_found_with_slips_of_the_pen_in_names_kinds_and_places(session: Any) -> None:
    make_entry("Bewohnerrunde Sonne", kind="residents_council", summary="Wir reden mit.")
    make_entry("Werkstatt", summary="Reparaturcafé am Samstag.", serves=[PIESCHEN])
    make_entry("Noch ein Entwurf", public=False)
    assert names(words="Bewonerbeirat") == ["Bewohnerrunde Sonne"], "by its kind"
    assert names(words="reperatur") == ["Werkstatt"]
    assert names(words="Johanstadt") == ["Bewohnerrunde Sonne"], "by the place it serves"
    assert names(words="Sonne Pieschen") == [], "all words must be there"
    assert names() == ["Bewohnerrunde Sonne", "Werkstatt"]


def test_a_place_shows_its_own_before_those_of_the_whole_city(session: Any) -> None:
    make_entry("Amt", citywide=True, serves=[])
    make_entry("Zirkel")
    make_entry("Anderswo", serves=[PIESCHEN])
    assert names(place=place_of(JOHANNSTADT)) == ["Zirkel", "Amt"]
    counted = {each.tile.code: each.count for each in directory_map(DirectoryQuery()).neighbourhoods}
    assert (counted[JOHANNSTADT], counted[PIESCHEN], directory_map(DirectoryQuery()).elsewhere) == (1, 1, 1)


def test_unknown_steps_are_never_taken_for_steps(session: Any) -> None:
    for name, value in (("ohne", True), ("mit", False), ("unbekannt", None)):
        make_entry(name, room={"step_free": value})
    assert names(way_in="ja") == ["ohne", "unbekannt"]
    assert names(way_in="sicher") == ["ohne"]


def test_sign_language_is_a_language(session: Any) -> None:
    make_entry("Gehörlosentreff", spoken=["dgs", "de"])
    make_entry("Chor", spoken=["de"])
    assert names(language="dgs") == ["Gehörlosentreff"]


def test_a_new_owner_waits_for_the_office_and_a_trusted_one_does_not(session: Any) -> None:
    new, known = make_organisation(trust="reviewed"), make_organisation()
    waits, shown = (begin_entry(VALUES, provider_of(owner)) for owner in (new, known))
    move_entry(waits.id, "zeigen", provider_of(new))
    move_entry(shown.id, "zeigen", provider_of(known))
    assert (waits.state, shown.state) == (EntryState.WAITING, EntryState.PUBLISHED)
    assert entries_in_review(advisor()) == [waits]
    move_entry(waits.id, "freigeben", advisor())
    edit_entry(waits.id, VALUES | {"summary": "Wir helfen allen."}, waits.version, provider_of(new))
    assert waits.state == EntryState.CHANGED, "public, and the office looks again"
    move_entry(waits.id, "geprueft", advisor())
    edit_entry(shown.id, VALUES | {"audience": "Keine Ausländer."}, shown.version, provider_of(known))
    assert shown.state == EntryState.WAITING, "hidden until somebody has read it"


def test_nothing_is_shown_that_says_nothing(session: Any) -> None:
    owner = make_organisation()
    entry = begin_entry({"kind": "association", "name": "Leer"}, provider_of(owner))
    with pytest.raises(DomainError):
        move_entry(entry.id, "zeigen", provider_of(owner))
    with pytest.raises(NotFound):
        own_entry(entry.id, provider_of(make_organisation()))
    with pytest.raises(Conflict):
        edit_entry(entry.id, {"kind": "association", "name": "Leer"}, 99, provider_of(owner))


def test_the_owner_is_asked_once_a_year_and_answers_with_one_click(client: CheckingClient) -> None:
    contact = {"email": "treff@example.org"}
    owner = create_organisation(name="Treff e. V.", kind="initiative", trust="live", contact=contact)
    entry = begin_entry(VALUES, provider_of(owner))
    move_entry(entry.id, "zeigen", provider_of(owner))
    db.session.commit()
    assert ask_whether_right() == 0
    with time_machine.travel(clock.now() + timedelta(days=400)):
        assert (ask_whether_right(), ask_whether_right()) == (1, 0)
        page = client.get(f"/wegweiser/{entry.id}")
        assert "zuletzt bestätigt am" in text_of(page)
        mail = open_content(db.session.query(OutgoingMail).one())
        link = re.search(r"/wegweiser/bestaetigen/\S+", mail["text"])
        assert mail["to"] == "treff@example.org"
        assert link
        asked = client.get(link[0])
        assert db.session.get_one(type(entry), entry.id).asked_at, "opening it confirms nothing"
        assert "Stimmt Ihr Eintrag noch?" in text_of(asked)
        client.submit(link[0], button="Ja, alles stimmt noch")
        assert "mehr als ein Jahr" not in text_of(client.get(f"/wegweiser/{entry.id}"))


def test_the_office_is_reminded_of_what_it_keeps_itself(session: Any) -> None:
    make_entry("Amt")
    assert not forgotten_entries()
    with time_machine.travel(clock.now() + timedelta(days=370)):
        assert ask_whether_right() == 0, "there is nobody to write to"
        section = next(each for each in desk_of(advisor()) if each.key == "directory_confirm")
        assert [line.title for line in section.found.lines] == ["Amt"]
        (entry,) = forgotten_entries()
        move_entry(entry.id, "stimmt", advisor())
        assert not forgotten_entries()


def test_people_are_named_only_where_they_agreed(client: CheckingClient) -> None:
    said = make_entry("Offen", contacts="Frau Laut, 0351 1", contacts_agreed=True)
    silent = make_entry("Still", contacts="Herr Leise, 0351 2", contacts_agreed=False)
    assert "Frau Laut" in client.get(f"/wegweiser/{said.id}").text
    assert "Herr Leise" not in client.get(f"/wegweiser/{silent.id}").text
    for path in ("/wegweiser.csv", "/wegweiser.json", "/wegweiser/drucken/johannstadt-nord"):
        taken = client.get(path).text
        assert "Frau Laut" in taken, path
        assert "Herr Leise" not in taken, path


def test_it_is_taken_away_as_a_table_and_for_programs(client: CheckingClient) -> None:
    make_entry("=SUMME(A1)", room={"step_free": True}, spoken=["dgs"])
    answer = client.get("/wegweiser.csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert all(field.startswith('"') and field.endswith('"') for line in lines for field in line.split(";"))
    (row,) = csv.DictReader(io.StringIO("\r\n".join(lines)), delimiter=";")
    assert row["Name"] == "'=SUMME(A1)", "no formula for office programs"
    assert (row["Stadtteile"], row["Sprachen"]) == ("Johannstadt-Nord", "Deutsche Gebärdensprache")
    assert row["Stufenlos erreichbar"] == "ja"
    assert row["Aufzug"] == ""
    (record,) = json.loads(client.get("/wegweiser.json").text)["entries"]
    assert record["rooms"]["step_free"] is True
    assert record["rooms"]["has_lift"] is None


def test_an_organisation_makes_its_entry_on_the_pages(client: CheckingClient) -> None:
    owner = make_organisation("Nachbarn e. V.", kind="initiative")
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    typed = {"kind": "association", "name": "Nachbarn", "summary": "Wir kochen.", "serves": "Johannstatt-Nord, 01307"}
    page = client.submit("/wegweiser/eintraege/neu", typed, button="Speichern")
    assert "Johannstadt-Nord" in text_of(page)
    (entry,) = (each for each in db.session.query(type(make_entry(public=False))) if each.name == "Nachbarn")
    desk = f"/wegweiser/eintraege/{entry.id}"
    client.submit(desk, button="Veröffentlichen")
    client.submit(f"{desk}/raeume", {"step_free": "nein"}, button="Speichern")
    shown = text_of(client.get(f"/wegweiser/{entry.id}"))
    assert "mit Stufen" in shown
    assert "Noch nicht bekannt:" in shown
    refused = client.submit("/wegweiser/eintraege/neu", typed | {"serves": "Nirgendwo"}, button="Speichern")
    assert refused.status_code == 400
    assert "Nirgendwo" in refused.text


def test_the_office_finds_entries_in_its_search_with_slips_of_the_pen(session: Any) -> None:
    make_entry("Bewohnerbeirat Sonnenhof", address="Striesener Straße 10")
    make_entry("Entwurf der Reparaturwerkstatt", public=False)
    db.session.commit()

    def found(query: str) -> list[str]:
        return [hit.title for group in search(query, advisor()) if group.key == "directory_entry" for hit in group.hits]

    assert found("Bewonerbeirat Sonenhof") == ["Bewohnerbeirat Sonnenhof"]
    assert found("Striesener Str") == ["Bewohnerbeirat Sonnenhof"]
    assert found("Reperaturwerkstatt") == ["Entwurf der Reparaturwerkstatt"]
    entry = db.session.query(DirectoryEntry).filter_by(name="Bewohnerbeirat Sonnenhof").one()
    entry.name = "Runde am Park"
    db.session.commit()
    assert found("Runde am Park") == ["Runde am Park"]
