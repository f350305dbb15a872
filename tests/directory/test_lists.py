"""Lists of entries: CSV, XLSX and ODS alike, shown with differences and faults before anything changes."""

import io
from typing import Any

import pytest

from tests.directory.entries import make_entry
from tests.factories import advisor
from tests.infrastructure.client import CheckingClient
from tests.intake.test_office_programs import saved_as_ods
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.directory.models import DirectoryEntry, DirectoryList, EntryState
from wohnberatung.directory.services import lists
from wohnberatung.directory.services.tables import as_csv
from wohnberatung.extensions import db
from wohnberatung.intake.spreadsheet_writer import write_xlsx
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content

HEADINGS = ["Einrichtung", "Art", "Beschreibung", "Stadtteil", "Sprachen", "Stufenlos erreichbar", "Kartenfarbe"]
ROWS = [
    [
        "Treff am Fluss",
        "Nachbarschaftshaus",
        "Kaffee und Rat",
        "Johanstadt-Nord",
        "Deutsch, Gebärdensprache",
        "ja",
        "rot",
    ],
    ["Werkstatt", "Raumschiff", "Reparieren", "Atlantis", "Klingonisch", "vielleicht", ""],
    ["", "Verein", "Ohne Namen", "", "", "", ""],
]


def csv_file(rows: list[list[str]] = ROWS) -> bytes:
    return "\n".join(";".join(f'"{cell}"' for cell in row) for row in [HEADINGS, *rows]).encode()


def stage(content: bytes, name: str = "liste.csv") -> DirectoryList:
    return lists.stage_list(name, lists.read_file(name, io.BytesIO(content)), advisor())


def xlsx_file() -> bytes:
    return write_xlsx("Liste", HEADINGS, ROWS)


def ods_file() -> bytes:
    """As an office program saves it."""
    content: bytes = saved_as_ods(xlsx_file())
    return content


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_each_row_says_what_it_would_do_and_what_cannot_be(session: Any, kind: str) -> None:
    content = {"csv": csv_file, "xlsx": xlsx_file, "ods": ods_file}[kind]()
    row = stage(content, f"liste.{kind}")
    assert "Kartenfarbe" in row.notes[0]
    first, second, third = lists.preview_of(row)
    assert (first.word, second.word, third.word) == ("new", "new", "left_out")
    assert first.faults == []
    faults = " ".join(second.faults)
    assert all(word in faults for word in ("Raumschiff", "Atlantis", "Klingonisch", "Stufenlos erreichbar"))
    assert third.faults == ["Es fehlt der Name."]
    assert db.session.query(DirectoryEntry).count() == 0, "a preview changes nothing"


def test_taking_over_does_what_was_shown_once(session: Any) -> None:
    known = make_entry("TREFF am Fluss", summary="Alt", phone="0351 1")
    row = stage(csv_file())
    changed = lists.preview_of(row)[0]
    assert ("Was", "Alt", "Kaffee und Rat") in changed.differences
    lists.apply_list(row.id, row.version, advisor())
    assert (known.summary, known.phone, known.spoken) == ("Kaffee und Rat", "0351 1", ["de", "dgs"])
    assert known.is_step_free
    assert known.state == EntryState.PUBLISHED
    other = db.session.query(DirectoryEntry).filter_by(name="Werkstatt").one()
    assert (other.kind, other.state, other.is_step_free) == ("association", EntryState.DRAFT, None), "it names no place"
    assert (row.taken, row.plain_rows) == (2, None), "what was read is gone"
    with pytest.raises(Conflict):
        lists.apply_list(row.id, row.version, advisor())


def test_what_is_written_out_changes_nothing_when_it_is_read_in_again(session: Any) -> None:
    make_entry("Haus", contacts="Frau Laut", contacts_agreed=True, room={"has_lift": False, "ramp_slope_percent": 5.5})
    make_entry("Amt", citywide=True, serves=[])
    assert {outcome.word for outcome in lists.preview_of(stage(as_csv()))} == {"unchanged"}


def test_what_is_no_list_is_refused_in_words(session: Any) -> None:
    for content in (b"nur Text", b"", b"Farbe;Form\nrot;rund\n"):
        with pytest.raises(DomainError):
            stage(content)
    with pytest.raises(DomainError):
        stage(csv_file([]))
    with pytest.raises(Forbidden):
        lists.load_list("x", VISITOR)


def test_the_office_reads_a_list_on_the_pages(client: CheckingClient) -> None:
    sign_in(client, make_user("advisor"))
    client.get("/wegweiser/listen")
    page = client.submit(
        "/wegweiser/listen", {"file": (io.BytesIO(csv_file()), "liste.csv")}, button="Lesen und zeigen"
    )
    assert "2 Einträge würden sich ändern oder kämen dazu." in page.text
    (row,) = db.session.query(DirectoryList)
    done = client.submit(f"/wegweiser/listen/{row.id}", button="Alles übernehmen")
    assert "2 Einträge übernommen." in done.text
    again = stage(csv_file())
    client.submit(f"/wegweiser/listen/{again.id}", button="Verwerfen")
    assert db.session.get_one(DirectoryList, again.id).state == "discarded"


def test_an_owner_is_told_once_that_a_list_has_changed_their_entries(session: Any) -> None:
    owner = create_organisation(name="Treff e. V.", kind="initiative", trust="live", contact={"email": "t@example.org"})
    for name in ("TREFF am Fluss", "Werkstatt"):
        make_entry(name, organisation_id=owner.id)
    make_entry("Bleibt, wie es ist", organisation_id=owner.id)
    row = stage(csv_file())
    lists.apply_list(row.id, row.version, advisor())
    (mail,) = db.session.query(OutgoingMail)
    content = open_content(mail)
    assert (content["to"], content["subject"]) == ("t@example.org", "Ihr Eintrag im Wegweiser wurde geändert")
    assert all(word in content["text"] for word in ("Treff am Fluss", "Werkstatt", "/wegweiser/eintraege/"))
    assert "Bleibt" not in content["text"]


def test_what_the_office_keeps_itself_is_told_to_nobody(session: Any) -> None:
    make_entry("Treff am Fluss")
    row = stage(csv_file())
    lists.apply_list(row.id, row.version, advisor())
    assert db.session.query(OutgoingMail).count() == 0
