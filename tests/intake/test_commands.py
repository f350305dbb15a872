"""The import command as an operator runs it."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.infrastructure.server import OPERATORS_SETTINGS, command
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
def processes(own_app, tmp_path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the import of forty flats in a process of its own."""
    file = tmp_path / "lieferung.xml"
    file.write_text(openimmo(provider(*(home(obid=f"A{number}", extern=f"WE {number}") for number in range(40)))))
    url = own_app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False)
    settings = {name: own_app.config[name] for name in ("SECRET_KEY", "FIELD_KEYS")}
    inherited = {name: value for name, value in os.environ.items() if name not in OPERATORS_SETTINGS}
    environment = {**inherited, **settings, "APP_ENV": "test", "DATABASE_URL": url}
    started = []

    def start() -> subprocess.Popen[bytes]:
        program = [command("wohnberatung"), "import", "openimmo", str(file)]
        started.append(subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_killed_import_has_happened_wholly_or_not_at_all(own_app, processes):
    for delay in (1.4, 2.0):
        process = processes()
        time.sleep(delay)
        process.kill()
        process.wait()
        assert len(stored(own_app)) in (0, 40)
    assert (processes().wait(60), len(stored(own_app)), runs(own_app)) == (0, 40, 1)


def test_the_same_file_twice_at_once_comes_once(own_app, processes):
    codes = [process.wait(60) for process in (processes(), processes())]
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert (len(stored(own_app)), runs(own_app)) == (40, 1)
