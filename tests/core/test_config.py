"""Without settings it is the demo, with any serious one it is production, and production starts safely or not."""

import json
import os
import re
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.infrastructure.server import command
from wohnberatung import create_app
from wohnberatung.config import Settings, WrongSettings, read_settings, settings
from wohnberatung.core.sealing import new_house_key
from wohnberatung.core.selfcheck import UnsafeStart, file_system_of, old_python_warning, refuse_unsafe_start

ROOT = Path(__file__).resolve().parents[2]


def production(folder: Path, **changes: str) -> dict[str, str]:
    """Settings of an operator who did everything right, but for the changes."""
    good = {
        "DATABASE_URL": f"sqlite:///{folder / 'office.sqlite3'}",
        "SECRET_KEY": "k3Jd9-sLq02mVxYzR7tBnWc4EfHgUiPo",
        "FIELD_KEYS": f"1:{new_house_key()}",
        "TRUSTED_HOSTS": "wohnen.example",
    }
    return {name: value for name, value in (good | changes).items() if value}


def test_a_careful_operator_can_start(tmp_path: Path) -> None:
    app = create_app(settings(production(tmp_path)))
    assert app.config["MODE"] == "production"
    assert app.config["HTTPS"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 40}, "SECRET_KEY"),
        ({"FIELD_KEYS": ""}, "FIELD_KEYS"),
        ({"FIELD_KEYS": "1:" + "A" * 43 + "="}, "zeros"),
        ({"FIELD_KEYS": "1:short"}, "FIELD_KEYS"),
        ({"HTTPS": "0"}, "in the clear"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
        ({"DATABASE_URL": "sqlite://"}, "lost"),
    ],
)
def test_an_unsafe_start_is_refused(tmp_path: Path, changes: dict[str, str], complaint: str) -> None:
    with pytest.raises(UnsafeStart, match=complaint):
        create_app(settings(production(tmp_path, **changes)))


def test_debug_mode_is_refused_in_production(tmp_path: Path) -> None:
    with pytest.raises(UnsafeStart, match="debug"):
        refuse_unsafe_start(settings(production(tmp_path)), debug=True)


def test_a_database_others_can_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "office.sqlite3").touch(mode=0o600)
    refuse_unsafe_start(settings(production(tmp_path)), debug=False)
    (tmp_path / "office.sqlite3").chmod(0o644)
    with pytest.raises(UnsafeStart, match="mode to 600"):
        refuse_unsafe_start(settings(production(tmp_path)), debug=False)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnsafeStart) as caught:
        create_app(settings(production(tmp_path, SECRET_KEY="x", TRUSTED_HOSTS="", HTTPS="no")))
    assert all(name in str(caught.value) for name in ("SECRET_KEY", "TRUSTED_HOSTS", "HTTPS"))


def test_a_network_file_system_is_recognised(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\nserver:/data /srv/data nfs4 rw 0 0\n/dev/sdb /srv/database ext4 rw 0 0\n"
    )
    found = [file_system_of(Path(path), mounts) for path in ("/home/a.db", "/srv/data/a.db", "/srv/database/a.db")]
    assert found == ["ext4", "nfs4", "ext4"]
    assert file_system_of(Path("/home/a.db"), tmp_path / "none") is None


def test_an_old_python_is_warned_about() -> None:
    assert "3.11.15" in (old_python_warning((3, 11, 7)) or "")
    assert old_python_warning((3, 11, 15)) is None
    assert old_python_warning((3, 14, 0)) is None


def test_without_settings_it_is_the_demo_with_secrets_for_its_owner_only(tmp_path: Path) -> None:
    first, second = (settings({"INSTANCE_DIR": str(tmp_path)}) for _ in range(2))
    assert first["MODE"] == "demo"
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert str(tmp_path) in str(first["SQLALCHEMY_DATABASE_URI"])
    secrets = tmp_path / "demo" / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert stat.S_IMODE(secrets.parent.stat().st_mode) == 0o700
    assert set(json.loads(secrets.read_text())) == {"SECRET_KEY", "FIELD_KEYS"}


def test_two_first_starts_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: settings({"INSTANCE_DIR": str(tmp_path)})["FIELD_KEYS"], range(8)))
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"APP_ENV": "live"},
        {"HTTPS": "perhaps"},
        {"TRUSTED_PROXIES": "-1"},
        {"DATABASE_URL": "nonsense"},
        {"DATABASE_URL": "mysql://host/name"},
        {"DATABASE_URL": "postgresql://host:secret/name"},
        {"LOG_LEVEL": "loud"},
        {"PORT": "70000"},
        {"WEB_THREADS": "many"},
        {"SECOND_FACTOR": "everybody"},
    ],
)
def test_settings_that_make_no_sense_are_named(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(WrongSettings, match=next(iter(wrong))) as caught:
        settings(production(tmp_path, **wrong))
    ((name, value),) = wrong.items()
    assert (value in str(caught.value)) is (name != "DATABASE_URL"), "the value helps, but may hold a password"
    assert str(caught.value).count("\n- ") == 1


EVERYTHING_WRONG = {
    "DATABASE_URL": "postgresql://office:open-sesame@host:port/name",
    "SECRET_KEY": "open-sesame",
    "FIELD_KEYS": "1:open-sesame",
    "HTTPS": "perhaps",
    "TRUSTED_HOSTS": "",
    "LIMITS": "logon=1/1",
    "SMTP_TLS": "ssl3",
    "SMTP_PORT": "mail",
    "SMTP_PASSWORD": "open-sesame",
    "PUBLIC_URL": "http://wohnen.example",
}


def test_what_cannot_be_understood_and_what_is_unsafe_is_told_at_once_without_secrets(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings) as caught:
        settings(production(tmp_path, **EVERYTHING_WRONG))
    told = str(caught.value)
    assert [name for name in EVERYTHING_WRONG if not re.search(rf"^- {name}\b", told, re.M)] == ["SMTP_PASSWORD"]
    assert "open-sesame" not in told


@pytest.mark.parametrize(
    "program",
    [
        ["wohnberatung", "db", "current"],
        ["wohnberatung", "demo"],
        ["gunicorn", "--config", str(ROOT / "gunicorn.conf.py")],
    ],
)
def test_whoever_starts_something_reads_all_faults_and_no_traceback(tmp_path: Path, program: list[str]) -> None:
    environment = {"PATH": os.environ["PATH"], "INSTANCE_DIR": str(tmp_path), "PORT": "0", "LOG_LEVEL": "loud"}
    started = subprocess.run(
        [command(program[0]), *program[1:]], env=environment, capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert started.returncode == 2
    assert [line.split()[1] for line in started.stderr.splitlines()[1:]] == ["PORT", "LOG_LEVEL"]


def test_a_variable_that_is_empty_is_not_set(tmp_path: Path) -> None:
    empty = dict.fromkeys(Settings.model_fields, " ")
    assert settings(empty | {"INSTANCE_DIR": str(tmp_path)}) == settings({"INSTANCE_DIR": str(tmp_path)})


def test_limits_are_read_and_wrong_ones_named() -> None:
    assert read_settings({"LIMITS": "login=50/300, code=6/60"}).LIMITS == {"login": (50, 300), "code": (6, 60)}
    for wrong in ("login", "login=50", "login=a/b", "login=5/0", "logon=1/1"):
        with pytest.raises(WrongSettings, match="LIMITS"):
            read_settings({"LIMITS": wrong})


def rows_of_the_handbook() -> dict[str, str]:
    """The default that the operator's page tells, by variable."""
    rows = {}
    for line in (ROOT / "docs/operations/settings.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            _start, names, _meaning, default, _end = re.split(r"(?<!\\)\|", line)
            rows |= dict.fromkeys(re.findall(r"`(\w+)`", names), default.strip())
    return rows


def test_the_operators_page_tells_every_setting_and_its_default() -> None:
    told = rows_of_the_handbook()
    assert set(told) == set(Settings.model_fields)
    counted = {name: field.default for name, field in Settings.model_fields.items() if type(field.default) is int}
    assert {name: told[name] for name, default in counted.items() if str(default) not in told[name]} == {}
