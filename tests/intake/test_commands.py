"""The import command as an operator runs it."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.factories import make_organisation
from tests.infrastructure.processes import running
from tests.intake.deliveries import FLAT, PLACE, PROLOG, home, openimmo, provider, zipped
from tests.intake.test_embedded_pictures import inside
from tests.intake.test_pictures import flat, shown
from tests.pictures.drawings import image_file
from wohnberatung.cli import main
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.services import taking_over

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(own_app, monkeypatch) -> Run:
    """The command in this process, on a database where its transactions are real."""
    monkeypatch.setattr("wohnberatung.create_app", lambda: own_app)

    def running(*arguments: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["import", "openimmo", *map(str, arguments)])
        return result.exit_code, result.output

    return running


def stored(own_app) -> dict[str, str]:
    with own_app.app_context():
        return {offer.external_id: offer.status for offer in db.session.scalars(select(Offer))}


def runs(own_app) -> int:
    with own_app.app_context():
        return db.session.query(ImportRun).count()


def test_an_archive_is_previewed_imported_and_then_left_alone(own_app, run, tmp_path):
    file = tmp_path / "lieferung.zip"
    file.write_bytes(zipped(openimmo(provider(home(), home(obid="A2", extern="WE 2"))), "titel.jpg"))

    assert run(file, "--dry-run")[0] == 0
    assert (stored(own_app), runs(own_app)) == ({}, 0)

    code, words = run(file)
    assert code == 0
    assert stored(own_app) == {"A1": "published", "A2": "published"}
    assert "neu           WE 1, Musterweg 4 b" in words
    assert "Stadtteil: Johannstadt-Nord, zu 100 % sicher" in words
    assert "davon 2 neu, 0 geändert" in words

    code, words = run(file)
    assert code == 0
    assert "davon 0 neu, 0 geändert, 2 unverändert" in words
    assert "schon übernommen" in words


def test_pictures_inside_the_document_are_taken_too(own_app, run, tmp_path, monkeypatch):
    monkeypatch.setitem(own_app.config, "PICTURES_DIR", str(tmp_path / "pictures"))
    file = tmp_path / "lieferung.xml"
    pictures = inside(image_file((60, 40)), "Bad"), inside(bytes(9_000_000), "Hof")
    file.write_text(PROLOG + openimmo(provider(flat(*pictures))), encoding="utf-8")

    assert run(file, "--dry-run")[0] == 0
    assert not (tmp_path / "pictures").exists()

    code, words = run(file)
    assert (code, "1 Bild vom Anbieter ist neu." in words, "Hof“: Das ist kein Bild" in words) == (0, True, True)
    with own_app.app_context():
        assert shown() == ["Bild vom Anbieter: Bad"]


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (b"no xml at all", "keine XML-Datei"),
        ((PROLOG + "<!DOCTYPE a><openimmo/>").encode(), "DOCTYPE"),
        (openimmo(provider(home(), home(obid=None, extern=None))).encode(), "Objekt 2 (Zeile"),
    ],
)
def test_an_unusable_file_ends_with_2_and_nothing_stored(own_app, run, tmp_path, document, fault):
    file = tmp_path / "lieferung.xml"
    file.write_bytes(document)
    code, words = run(file)
    assert (code, fault in words, "Traceback" in words) == (2, True, False)
    assert (stored(own_app), runs(own_app)) == ({}, 0)


def test_many_removals_end_with_2_and_say_how_to_allow_them(own_app, run, tmp_path):
    first, second = tmp_path / "1.xml", tmp_path / "2.xml"
    flats = [home(obid=f"A{number}", extern=f"WE {number}") for number in range(4)]
    first.write_text(openimmo(provider(*flats)))
    second.write_text(openimmo(provider(*flats[:1])).replace("TEIL", "VOLL"))
    assert run(first)[0] == 0
    code, words = run(second)
    assert (code, "--allow-removals" in words) == (2, True)
    assert set(stored(own_app).values()) == {"published"}
    assert run(second, "--allow-removals")[0] == 0
    assert stored(own_app) == {"A0": "published", "A1": "withdrawn", "A2": "withdrawn", "A3": "withdrawn"}


@pytest.fixture
def file(tmp_path) -> str:
    """Forty flats."""
    file = tmp_path / "lieferung.xml"
    file.write_text(openimmo(provider(*(home(obid=f"A{number}", extern=f"WE {number}") for number in range(40)))))
    return str(file)


def test_a_killed_import_goes_on_where_it_was_when_the_file_is_given_again(own_app, file):
    for delay in (0.4, 1.0):
        with running(own_app, "import", "openimmo", file) as process:
            time.sleep(delay)
            process.kill()
        assert set(stored(own_app).values()) <= {"published"}
    with running(own_app, "import", "openimmo", file) as process:
        assert (process.wait(), len(stored(own_app)), runs(own_app)) == (0, 40, 1)


def test_others_write_between_two_parts_and_a_part_that_is_refused_loses_no_other(own_app, run, file, monkeypatch):
    monkeypatch.setattr(taking_over, "PART", 0)
    met = []

    def pause(_seconds: float) -> None:
        with transaction(patience=0.1):
            make_organisation()
        met.append(len(met))
        if len(met) == 5:
            raise DomainError("Das geht gerade nicht.")

    monkeypatch.setattr(taking_over.time, "sleep", pause)
    code, words = run(file)
    assert (code, "Das geht gerade nicht." in words, len(stored(own_app))) == (2, True, 5)
    assert run(file)[0] == 0
    assert (len(stored(own_app)), runs(own_app)) == (40, 1)


def test_a_likely_double_is_asked_about_and_not_taken_over_before_the_answer(own_app, run, tmp_path):
    one, other = tmp_path / "1.xml", tmp_path / "2.xml"
    area = "<flaechen><wohnflaeche>61.5</wohnflaeche><anzahl_zimmer>3</anzahl_zimmer></flaechen>"
    one.write_text(openimmo(provider(home(FLAT + PLACE + area))))
    other.write_text(openimmo(provider(home(FLAT + PLACE + area, obid="B1", extern="X 1"))))
    assert run(one)[0] == 0
    code, words = run(other)
    assert (code, list(stored(own_app))) == (0, ["A1"])
    assert "Ist das die Wohnung Musterweg 4 b" in words
    answers = re.findall(r"--same '([^']+)'", words)
    assert [answer.partition("=")[0] for answer in answers] == ["AN1|B1", "AN1|B1"]
    assert run(other, "--same", answers[1])[0] == 0
    assert list(stored(own_app)) == ["A1", "B1"]


def test_the_same_file_twice_at_once_comes_once(own_app, file):
    with running(own_app, "import", "openimmo", file) as one, running(own_app, "import", "openimmo", file) as other:
        codes = [one.wait(), other.wait()]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert (len(stored(own_app)), runs(own_app)) == (40, 1)
