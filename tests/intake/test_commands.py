"""The import command as an operator runs it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.infrastructure.processes import running
from tests.intake.deliveries import PROLOG, home, openimmo, provider, zipped
from wohnberatung.cli import main
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun

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


def test_a_killed_import_has_happened_wholly_or_not_at_all(own_app, file):
    for delay in (0.4, 1.0):
        with running(own_app, "import", "openimmo", file) as process:
            time.sleep(delay)
            process.kill()
        assert len(stored(own_app)) in (0, 40)
    with running(own_app, "import", "openimmo", file) as process:
        assert (process.wait(), len(stored(own_app)), runs(own_app)) == (0, 40, 1)


def test_the_same_file_twice_at_once_comes_once(own_app, file):
    with running(own_app, "import", "openimmo", file) as one, running(own_app, "import", "openimmo", file) as other:
        codes = [one.wait(), other.wait()]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert (len(stored(own_app)), runs(own_app)) == (40, 1)
