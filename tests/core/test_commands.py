"""The command line: quick to start, clear when refused, nothing half-done."""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import create_engine, text

from tests.people import PASSWORD
from wohnberatung.cli import COMMANDS, main
from wohnberatung.demo import ROOT, THINGS_TO_TRY
from wohnberatung.seeding import homes


def set_up(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """An instance folder of one's own and none of the operator's settings."""
    for name in ("APP_ENV", "DATABASE_URL", "SECRET_KEY", "FIELD_KEYS", "HTTPS"):
        patch.delenv(name, raising=False)
    patch.setenv("INSTANCE_DIR", str(folder))


def call(*arguments: str, **options: Any) -> Result:
    return CliRunner().invoke(main, list(arguments), **options)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``run("demo", "--prepare")``."""
    set_up(tmp_path, monkeypatch)
    return call


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder whose database has all tables. Copy it, never write to it."""
    folder = tmp_path_factory.mktemp("migrated")
    with pytest.MonkeyPatch.context() as patch:
        set_up(folder, patch)
        assert call("db", "upgrade").exit_code == 0
    return folder


@pytest.fixture
def run_with_tables(run: Any, migrated: Path, tmp_path: Path) -> Any:
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    return run


def users(folder: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{folder / 'demo' / 'wohnberatung.sqlite3'}")
    with engine.connect() as connection:
        found = list(connection.execute(text("SELECT email FROM users ORDER BY email")).scalars())
    engine.dispose()
    return found


def test_every_command_in_the_overview_can_be_loaded(run: Any) -> None:
    overview = run("--help").output
    for name in main.list_commands(None):
        assert name in overview
        answer = run(name, "--help")
        assert answer.exit_code == 0, answer.output


def test_the_stateless_command_starts_without_the_web_and_the_database() -> None:
    code = (
        "import sys; from wohnberatung.cli import main\n"
        "try: main(['rank', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'flask', 'sqlalchemy', 'sklearn', 'alembic'} & sys.modules.keys()))"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.splitlines()[-1] == "[]"


def test_tables_are_made_and_named(run: Any) -> None:
    assert "keinen" in run("db", "current").output or "None" in run("db", "current").output
    assert run("db", "upgrade").exit_code == 0
    newest = run("db", "current").output.strip().rsplit(" ", 1)[-1]
    assert f"vorhanden: {newest}" in run("db", "current").output


def test_an_account_is_created_once_and_disabled(run_with_tables: Any, tmp_path: Path) -> None:
    run = run_with_tables
    account = ("--email", "Anna@Example.org", "--name", "Anna Beispiel", "--role", "advisor", "--password", PASSWORD)
    assert "anna@example.org" in run("create-user", *account).output
    again = run("create-user", *account)
    assert (again.exit_code, again.stderr.strip()) == (2, "Für diese E-Mail-Adresse gibt es schon ein Konto.")
    assert users(tmp_path) == ["anna@example.org"]
    assert run("disable-user", "anna@example.org").exit_code == 0
    assert run("disable-user", "nobody@example.org").exit_code == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"--email": "anna"}, "E-Mail-Adresse"),
        ({"--role": "king"}, "king"),
        ({"--password": "kurz"}, "12 Zeichen"),
        ({"--name": " "}, "Namen"),
    ],
)
def test_a_wrong_account_is_refused_with_a_reason(
    run_with_tables: Any, tmp_path: Path, change: dict[str, str], complaint: str
) -> None:
    good = {"--email": "anna@example.org", "--name": "Anna", "--role": "advisor", "--password": PASSWORD}
    answer = run_with_tables("create-user", *(part for pair in (good | change).items() for part in pair))
    assert answer.exit_code == 2
    assert complaint in answer.stderr
    assert users(tmp_path) == []


def test_without_tables_the_command_says_what_helps(run: Any) -> None:
    answer = run("tidy")
    assert answer.exit_code == 2
    assert "wohnberatung db upgrade" in answer.stderr


def test_tidying_can_be_repeated(run_with_tables: Any) -> None:
    for _ in range(2):
        assert "web_sessions: 0 gelöscht" in run_with_tables("tidy").output


def test_a_second_start_of_the_demo_keeps_what_people_did(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "fill", lambda session, whole=homes.fill: whole(session, share=0.02))
    assert run("demo", "--prepare").exit_code == 0
    before = users(tmp_path)
    assert before
    run("create-user", "--email", "neu@example.org", "--name", "Neu", "--role", "admin", "--password", PASSWORD)
    assert run("demo", "--prepare").exit_code == 0
    assert users(tmp_path) == sorted([*before, "neu@example.org"])
    assert (tmp_path / "demo" / "wohnberatung.sqlite3").stat().st_mode & 0o077 == 0


def test_the_demo_invites_to_pages_and_files_that_are_there(app: Flask) -> None:
    pages = re.findall(r"\{address\}(/\w+)", " ".join(THINGS_TO_TRY))
    files = re.findall(r"seed_data/[\w.]+\w", " ".join(THINGS_TO_TRY))
    assert files
    assert all((ROOT / name).is_file() for name in files)
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        found = {adapter.match(path)[0] for path in pages}
    assert found == {
        "seekers.start",
        "accounts.sign_in",
        "mail.list_mails",
        "intake.list_runs",
        "planning.show_overview",
    }


def test_a_busy_port_is_told_with_a_way_out(run: Any) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = run("demo", "--port", str(port))
    assert answer.exit_code == 2
    assert f"make demo PORT={port + 1}" in answer.stderr


def test_the_demo_never_touches_a_real_database(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://office/real")
    answer = run("demo", "--prepare")
    assert answer.exit_code == 2
    assert "DATABASE_URL" in answer.stderr


def test_every_command_has_a_line_that_says_what_it_does() -> None:
    assert all(target.summary and ":" in target.place for target in COMMANDS.values())
