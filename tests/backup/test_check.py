"""`wohnberatung check` names what is wrong, all at once, and what to do."""

from pathlib import Path

import pytest
from flask import Flask

from wohnberatung.backup.checking import faults
from wohnberatung.backup.sealed_stream import new_pair
from wohnberatung.core import schema_version


def told(app: Flask) -> str:
    with app.app_context():
        return "\n".join(faults(app.config))


def test_every_fault_is_named_with_its_remedy(own_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "MODE": "production",
        "PICTURES_DIR": str(tmp_path / "missing"),
        "ERASURE_JOURNAL": "",
        "SMTP_HOST": "127.0.0.1",
        # Nobody listens there.
        "SMTP_PORT": 1,
    }.items():
        monkeypatch.setitem(own_app.config, name, value)
    monkeypatch.setattr(schema_version, "newest_revision", lambda: "9999")
    found = told(own_app)
    for word in (
        "PICTURES_DIR",
        "install -d",
        "TRUSTED_PROXIES",
        "BACKUP_RECIPIENT",
        "ERASURE_JOURNAL",
        "SMTP_HOST",
        "db upgrade",
    ):
        assert word in found


def test_what_is_in_order_is_not_mentioned(own_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    for name, value in {
        "MODE": "production",
        "PICTURES_DIR": str(tmp_path),
        "ERASURE_JOURNAL": str(tmp_path / "journal"),
        "BACKUP_RECIPIENT": new_pair()[1],
        "TRUSTED_PROXIES": 1,
    }.items():
        monkeypatch.setitem(own_app.config, name, value)
    # Without a mail server mails wait; that is all there is to say.
    assert [line.partition(" ")[0] for line in told(own_app).splitlines() if "Überfällig" not in line] == ["SMTP_HOST"]
