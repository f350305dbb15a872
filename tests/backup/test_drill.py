"""The restore drill: a backup under load, an empty host, and everybody is there but those erased since."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from tests.cases.factories import make_advisor, make_case
from tests.infrastructure.application import reused_app
from tests.infrastructure.postgres import installed_server
from tests.people import make_user
from tests.privacy.key_rings import restored_ring
from wohnberatung.accounts.models import User
from wohnberatung.accounts.services import people
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.personal_data import erase_case
from wohnberatung.cli import main
from wohnberatung.core.manifests import erase
from wohnberatung.core.sealing import KeyRing, use_keys
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.pictures import files
from wohnberatung.privacy import audit
from wohnberatung.privacy.models import PersonKey

PASSWORD = "Ein langes Kennwort 2026"


class Host:
    """A machine of the office: settings as an operator gives them, and commands."""

    def __init__(self, app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.folder, self._monkeypatch = app, folder, monkeypatch
        monkeypatch.setitem(app.config, "PICTURES_DIR", str(folder / "pictures"))
        monkeypatch.setitem(app.config, "ERASURE_JOURNAL", str(folder / "erasures.journal"))

    def call(self, *arguments: str, recipient: str = "") -> Result:
        with self.app.app_context():
            db.session.remove()
        environment = {
            "APP_ENV": "test",
            "DATABASE_URL": self.app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False),
            "SECRET_KEY": self.app.config["SECRET_KEY"],
            "FIELD_KEYS": self.app.config["FIELD_KEYS"],
            "PICTURES_DIR": str(self.folder / "pictures"),
            "BACKUP_RECIPIENT": recipient,
        }
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, arguments)


@pytest.fixture
def old_host(own_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("PATH", f"{installed_server() / 'bin'}{os.pathsep}{os.environ['PATH']}")
    with restored_ring():
        yield Host(own_app, tmp_path / "old", monkeypatch)


@pytest.fixture
def empty_host(
    old_host: Host, empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Host]:
    """With the keys of the old one, which came another way, and nothing else."""
    with reused_app(empty_database_url) as app:
        app.config["FIELD_KEYS"] = old_host.app.config["FIELD_KEYS"]
        use_keys(KeyRing.parse(app.config["FIELD_KEYS"]))
        yield Host(app, tmp_path / "new", monkeypatch)


@contextmanager
def load_on(host: Host) -> Iterator[None]:
    """Somebody opens cases, one after the other, as long as the block runs."""
    stop, begun = Event(), Event()

    def work() -> None:
        with host.app.app_context():
            while not stop.is_set():
                with transaction():
                    make_case(make_advisor(), name="Unter Last")
                begun.set()
                stop.wait(0.01)

    thread = Thread(target=work)
    thread.start()
    assert begun.wait(20)
    try:
        yield
    finally:
        stop.set()
        thread.join()


def names() -> set[str]:
    return {content_of(case)["name"] for case in db.session.scalars(select(Case))} - {"Unter Last"}


def key_pair(host: Host, folder: Path) -> tuple[str, str]:
    """The file of the private key, and the public one."""
    private = str(folder / "private")
    return private, host.call("backup-key", private).output.strip()


def test_drill(old_host: Host, empty_host: Host, tmp_path: Path) -> None:
    with old_host.app.app_context():
        with transaction():
            advisor = make_advisor()
            gone, left = make_case(advisor, name="Geht Später"), make_case(advisor, name="Erika Bleibt")
            former = make_user("advisor", name="Frau Früher", email="frueher@example.org")
            make_user("advisor", name="Anna", email="anna@example.org", password=PASSWORD)
            files.write("01ABC", {"large": b"a picture", "small": b"one"})
            audit.record("read", f"cases|{left.id}", advisor)
        gone_id, former_id = gone.id, former.id
        gone_key = gone.person_key_id
    private, public = key_pair(old_host, tmp_path)
    target = tmp_path / "office.backup"
    with load_on(old_host):
        made = old_host.call("backup", str(target), recipient=public)
    assert made.exit_code == 0, made.output
    for secret in ("Erika Bleibt", old_host.app.config["FIELD_KEYS"].partition(":")[2], "a picture"):
        assert secret.encode() not in target.read_bytes()
    with old_host.app.app_context(), transaction():
        erase_case(db.session.get_one(Case, gone_id))
        erase(db.session.get_one(User, former_id))
    journal = tmp_path / "old" / "erasures.journal"

    dry = empty_host.call("restore", str(target), "--key-file", private, "--journal", str(journal), "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "Nichts wurde geändert" in dry.output
    done = empty_host.call("restore", str(target), "--key-file", private, "--journal", str(journal))
    assert done.exit_code == 0, done.output

    with empty_host.app.app_context():
        assert names() == {"Erika Bleibt"}
        assert db.session.get_one(PersonKey, gone_key).wrapped is None
        assert db.session.get_one(User, former_id).name == "Gelöschtes Konto"
        assert files.read("01ABC", "large") == b"a picture"
        assert audit.verify().broken == ()
        assert people.authenticate("anna@example.org", PASSWORD)
        db.session.remove()
    again = empty_host.call("restore", str(target), "--key-file", private, "--journal", str(journal))
    assert again.exit_code == 2
    assert "--force" in again.output
    forced = empty_host.call("restore", str(target), "--key-file", private, "--journal", str(journal), "--force")
    assert forced.exit_code == 0, forced.output
    with empty_host.app.app_context():
        assert names() == {"Erika Bleibt"}


def test_a_failed_restore_leaves_what_was_there(old_host: Host, tmp_path: Path) -> None:
    with old_host.app.app_context(), transaction():
        make_case(make_advisor(), name="Erika Bleibt")
        files.write("01ABC", {"large": b"before"})
    private, public = key_pair(old_host, tmp_path)
    target = tmp_path / "office.backup"
    assert old_host.call("backup", str(target), recipient=public).exit_code == 0
    whole = target.read_bytes()
    arguments = ("restore", str(target), "--key-file", private, "--without-journal", "--force")
    for damaged in (whole[:-1], whole[:-40] + bytes(40), b"", whole[:60]):
        target.write_bytes(damaged)
        refused = old_host.call(*arguments)
        assert refused.exit_code == 2
        assert "Sicherung" in refused.output
    target.write_bytes(whole)
    # The keys of another house: seen only once everything lies there.
    kept = old_host.app.config["FIELD_KEYS"]
    old_host.app.config["FIELD_KEYS"] = kept.replace(kept.partition(":")[0], "other", 1)
    refused = old_host.call(*arguments)
    assert refused.exit_code == 2, refused.output
    assert "FIELD_KEYS" in refused.output
    old_host.app.config["FIELD_KEYS"] = kept
    # The ring of this process too: the command had read the other one.
    assert old_host.call("db", "current").exit_code == 0
    with old_host.app.app_context():
        assert names() == {"Erika Bleibt"}
        assert files.read("01ABC", "large") == b"before"
        assert db.session.scalar(select(func.count()).select_from(User)) == 1
        db.session.remove()
