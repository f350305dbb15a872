"""At the start of production: rather no service than an unsafe one."""

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

from wohnberatung.core.sealing import KeyRing

log = structlog.get_logger(__name__)

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "glusterfs", "ceph"}
)
SHORTEST_SECRET = 32
SHORTEST_TOKEN = 16


class UnsafeStart(RuntimeError):
    """The settings would put people's data at risk; the message says what to change."""


def refuse_unsafe_start(config: Mapping[str, Any], debug: bool) -> None:
    """Raise UnsafeStart with all faults at once; only production is strict."""
    production = config["MODE"] == "production"
    faults = safety_faults(config, debug) if production else _key_faults(config)
    if faults:
        raise UnsafeStart("The application refuses to start:\n- " + "\n- ".join(faults))
    if production:
        _warn(config)


def safety_faults(config: Mapping[str, Any], debug: bool = False) -> list[str]:
    """What keeps production from starting: a sentence each, which names the variable and what to do."""
    faults = _key_faults(config)
    secret = config["SECRET_KEY"]
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 8:
        faults.append(f"SECRET_KEY must be random and at least {SHORTEST_SECRET} characters long")
    if debug or os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        faults.append("FLASK_DEBUG is set: debug mode is on; unset it")
    if not config["HTTPS"]:
        faults.append("HTTPS is off: session cookies would travel in the clear; set it to 1 or unset it")
    if not config["TRUSTED_HOSTS"]:
        faults.append("TRUSTED_HOSTS must name the host names this office is reached by")
    if 0 < len(config["METRICS_TOKEN"]) < SHORTEST_TOKEN:
        faults.append(f"METRICS_TOKEN must be random and at least {SHORTEST_TOKEN} characters long, or not set")
    return faults + _mail_faults(config) + _database_faults(config)


def _key_faults(config: Mapping[str, Any]) -> list[str]:
    try:
        keys = KeyRing.parse(config["FIELD_KEYS"]).keys.values()
    except ValueError as error:
        return [str(error)]
    if config["MODE"] == "production" and any(not any(key) for key in keys):
        return ["FIELD_KEYS contains a key of zeros; draw one as docs/operations/settings.md says"]
    return []


def _mail_faults(config: Mapping[str, Any]) -> list[str]:
    faults, address = [], config["PUBLIC_URL"]
    if not address.startswith("https://"):
        faults.append(f"PUBLIC_URL is {address!r}; it must begin with https://, as mails carry secret links")
    if config["SMTP_TLS"] == "none" and config["SMTP_HOST"] not in ("", "localhost", "127.0.0.1", "::1"):
        faults.append(
            f"SMTP_TLS is 'none': mails would travel in the clear to {config['SMTP_HOST']}; set starttls or implicit"
        )
    return faults


def _database_faults(config: Mapping[str, Any]) -> list[str]:
    url = config["SQLALCHEMY_DATABASE_URI"]
    if url.get_backend_name() != "sqlite":
        return []
    if not url.database or url.database == ":memory:":
        return ["DATABASE_URL names no database file; everything would be lost at the next start"]
    path = Path(url.database)
    faults = []
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        faults.append(f"DATABASE_URL: {path} can be read by other users; set its mode to 600")
    if (kind := file_system_of(path)) in NETWORK_FILE_SYSTEMS:
        faults.append(
            f"DATABASE_URL: {path} lies on a network file system ({kind}); SQLite can lose data there, move it"
        )
    return faults


def _warn(config: Mapping[str, Any]) -> None:
    if not config["PICTURES_DIR"]:
        log.warning("PICTURES_DIR is not set: nobody can upload pictures")
    if not config["SMTP_HOST"]:
        log.warning("SMTP_HOST is not set: mails wait in the outbox")
    if warning := old_python_warning():
        log.warning(warning)


def file_system_of(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str | None:
    """The type of the file system that holds ``path``; None where the system does not tell (not Linux)."""
    if not mounts.exists():
        return None
    best, kind = -1, None
    resolved = str(path.resolve())
    for line in mounts.read_text().splitlines():
        _, point, found, *_ = line.split()
        inside = resolved == point or resolved.startswith(point.rstrip("/") + "/")
        if inside and len(point) > best:
            best, kind = len(point), found
    return kind


def old_python_warning(version: tuple[int, int, int] = sys.version_info[:3]) -> str | None:
    """A sentence if this Python lacks security fixes of its line (state of November 2026)."""
    latest = {(3, 11): 15, (3, 12): 13, (3, 13): 10}.get(version[:2])
    if latest is None or version[2] >= latest:
        return None
    have, line = ".".join(map(str, version)), ".".join(map(str, version[:2]))
    return f"Python {have} lacks security fixes; {line}.{latest} or newer has them."
