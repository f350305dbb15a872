"""Settings from the environment. Every name the operator can set is read here and nowhere else.

Without any setting the application runs as the *demo* in ``instance/demo``, with secrets made there on first use.
As soon as a database or a key is configured it is *production*, which refuses to start unsafely.
"""

import json
import logging
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.exc import ArgumentError

from wohnberatung.core.actors import LOGIN_ROLES
from wohnberatung.core.database import engine_options, normal_url
from wohnberatung.core.sealing import new_house_key

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
PRODUCTION, DEMO, TEST = "production", "demo", "test"
MEGABYTE = 1024 * 1024
# How the connection to the mail server is protected, with the usual port.
SMTP_TLS = {"starttls": 587, "implicit": 465, "none": 25}
_SERIOUS = ("DATABASE_URL", "SECRET_KEY", "FIELD_KEYS")


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings for ``app.config``. ValueError names a variable that cannot be understood."""
    mode = environ.get("APP_ENV") or (PRODUCTION if any(environ.get(name) for name in _SERIOUS) else DEMO)
    if mode not in (PRODUCTION, DEMO, TEST):
        raise ValueError(f"APP_ENV is {mode!r}; it must be production, demo or test")
    values = dict(environ) if mode == PRODUCTION else demo_values(environ) | dict(environ)
    url = _database_url(values.get("DATABASE_URL", "sqlite://"))
    https = _flag(values, "HTTPS", default=mode == PRODUCTION)
    return {
        "MODE": mode,
        "HTTPS": https,
        "SECRET_KEY": values.get("SECRET_KEY", ""),
        "FIELD_KEYS": values.get("FIELD_KEYS", ""),
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "TRUSTED_HOSTS": [host.strip() for host in values.get("TRUSTED_HOSTS", "").split(",") if host.strip()] or None,
        "TRUSTED_PROXIES": _number(values, "TRUSTED_PROXIES", 0),
        "LOG_LEVEL": _log_level(values),
        "MAX_CONTENT_LENGTH": MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 1000,
        **_legal_settings(values),
        "RETENTION_DAYS": _retention_days(values),
        "LIMITS": _limits(values),
        "OFFICE_NAME": values.get("OFFICE_NAME", "Zentrale Wohnberatung Dresden"),
        "OFFICE_PHONE": values.get("OFFICE_PHONE", ""),
        "OFFICE_EMAIL": values.get("OFFICE_EMAIL", ""),
        "OFFICE_ADDRESS": values.get("OFFICE_ADDRESS", ""),
        # Parallel proposals to one person and of one place; source: brokerage concept, guards.
        "OFFERS_PER_SEEKER": _number(values, "OFFERS_PER_SEEKER", 3),
        "OFFERS_PER_PLACE": _number(values, "OFFERS_PER_PLACE", 5),
        # How long an offer is shown after its provider last said that it can be had.
        "OFFER_DAYS": _number(values, "OFFER_DAYS", 60),
        # Seconds below which a public form was filled in by a machine; see web/spam.py.
        "FASTEST_SECONDS": _number(values, "FASTEST_SECONDS", 3),
        "PICTURES_DIR": _pictures_folder(values, url),
        # Roles that must sign in with a second factor; source: security concept, section 5.
        "SECOND_FACTOR": _roles(values, "SECOND_FACTOR", default="admin" if mode == PRODUCTION else ""),
        **_mail_settings(values),
        **_FIXED,
    }


def _legal_settings(values: Mapping[str, str]) -> dict[str, Any]:
    """Who answers for these pages, and whom to turn to: imprint, privacy notice, accessibility statement.

    The enforcement body is the one that statements of the Free State of Saxony named in 2024.
    """
    return {
        "OFFICE_RESPONSIBLE": values.get("OFFICE_RESPONSIBLE", ""),
        "DATA_PROTECTION_OFFICER": values.get("DATA_PROTECTION_OFFICER", ""),
        "DATA_PROTECTION_AUTHORITY": values.get(
            "DATA_PROTECTION_AUTHORITY", "Sächsische Datenschutz- und Transparenzbeauftragte"
        ),
        "ENFORCEMENT_BODY": values.get(
            "ENFORCEMENT_BODY",
            "Landesbeauftragter für Inklusion der Menschen mit Behinderungen, Sächsische Staatskanzlei, "
            "Archivstraße 1, 01097 Dresden",
        ),
    }


def _pictures_folder(values: Mapping[str, str], url: URL) -> str:
    """Where pictures lie: beside a SQLite database unless said otherwise; empty where there is no place."""
    if folder := values.get("PICTURES_DIR"):
        return str(Path(folder).resolve())
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return str(Path(str(url.database)).resolve().parent / "pictures") if is_file else ""


def _retention_days(values: Mapping[str, str]) -> dict[str, int]:
    """``RETENTION_DAYS="request_ask=182,drafts=0"``: periods that differ from those declared with the rules."""
    pairs = [item.partition("=") for item in values.get("RETENTION_DAYS", "").split(",") if item.strip()]
    if wrong := [key for key, _equals, days in pairs if not days.strip().isdigit()]:
        raise ValueError(f"RETENTION_DAYS must be pairs like request_ask=182, wrong is {', '.join(wrong)}")
    return {key.strip(): int(days) for key, _equals, days in pairs}


def _limits(values: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """``LIMITS="login=50/300"``: hits within so many seconds that differ from those in web/limits.py."""
    found = {}
    for item in filter(str.strip, values.get("LIMITS", "").split(",")):
        name, _equals, rule = item.strip().partition("=")
        hits, _slash, seconds = rule.partition("/")
        if not (hits.isdigit() and seconds.isdigit() and int(seconds)):
            raise ValueError(f"LIMITS must be entries like login=50/300, wrong is {item.strip()}")
        found[name] = int(hits), int(seconds)
    return found


def _mail_settings(values: Mapping[str, str]) -> dict[str, Any]:
    """How mail leaves the house, and where its links lead: never to a host that a request named."""
    hosts = values.get("TRUSTED_HOSTS", "").split(",")[0].strip().lstrip(".")
    address = values.get("PUBLIC_URL") or (
        f"https://{hosts}" if hosts else f"http://127.0.0.1:{values.get('PORT', 8000)}"
    )
    tls = values.get("SMTP_TLS", "starttls")
    if tls not in SMTP_TLS:
        raise ValueError(f"SMTP_TLS is {tls!r}; it must be {', '.join(SMTP_TLS)}")
    return {
        # To one recipient outside a running dialogue; source: security concept, section 3.
        "MAILS_PER_DAY": _number(values, "MAILS_PER_DAY", 3),
        "PUBLIC_URL": address.rstrip("/"),
        "SMTP_HOST": values.get("SMTP_HOST", ""),
        "SMTP_PORT": _number(values, "SMTP_PORT", SMTP_TLS[tls]),
        "SMTP_TLS": tls,
        "SMTP_CA_FILE": values.get("SMTP_CA_FILE") or None,
        "SMTP_USER": values.get("SMTP_USER", ""),
        "SMTP_PASSWORD": values.get("SMTP_PASSWORD", ""),
        "MAIL_FROM": values.get("MAIL_FROM") or values.get("OFFICE_EMAIL") or f"wohnberatung@{hosts or 'localhost'}",
    }


_FIXED: dict[str, Any] = {
    "BABEL_DEFAULT_LOCALE": "de",
    "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
    # The token lives as long as the session: a slow typist loses nothing.
    "WTF_CSRF_TIME_LIMIT": None,
    # Flask-WTF insists on a Referer; web/origin.py accepts an Origin too and checks both.
    "WTF_CSRF_SSL_STRICT": False,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
}


def demo_directory(environ: Mapping[str, str] = os.environ) -> Path:
    return Path(environ.get("INSTANCE_DIR") or ROOT / "instance").resolve() / "demo"


def demo_values(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Database and secrets of the demo; the secrets are drawn once and kept readable for their owner only."""
    if all(environ.get(name) for name in _SERIOUS):
        return {}
    folder = demo_directory(environ)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = {"DATABASE_URL": f"sqlite:///{folder / 'wohnberatung.sqlite3'}"}
    return database | _kept_secrets(folder / "secrets.json")


def _kept_secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        fresh = {"SECRET_KEY": secrets.token_hex(32), "FIELD_KEYS": f"1:{new_house_key()}"}
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(fresh, file)
        _publish(draft, path)
    return dict(json.loads(path.read_text()))


def _publish(draft: Path, path: Path) -> None:
    """Of two first starts at once only one gives the secrets; both then read the same."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _database_url(text: str) -> URL:
    try:
        return normal_url(text)
    except ArgumentError:
        # The address may hold a password, so it is not quoted.
        raise ValueError("DATABASE_URL is not the address of a database") from None


def _flag(values: Mapping[str, str], name: str, default: bool) -> bool:
    text = values.get(name, "").strip().lower()
    if text not in ("", "0", "1", "no", "yes", "false", "true"):
        raise ValueError(f"{name} must be 1 or 0, it is {text!r}")
    return default if not text else text in ("1", "yes", "true")


def _roles(values: Mapping[str, str], name: str, default: str) -> frozenset[str]:
    """``admin,advisor``; ``none`` for nobody."""
    text = values.get(name, "").strip().lower() or default
    roles = frozenset(role.strip() for role in text.split(",") if role.strip()) - {"none"}
    if wrong := roles - set(LOGIN_ROLES):
        raise ValueError(f"{name} must name roles ({', '.join(LOGIN_ROLES)}), wrong is {', '.join(sorted(wrong))}")
    return roles


def _log_level(values: Mapping[str, str]) -> int:
    text = values.get("LOG_LEVEL", "").strip().upper() or "INFO"
    levels = logging.getLevelNamesMapping()
    if text not in levels:
        raise ValueError(f"LOG_LEVEL must be one of {', '.join(levels).lower()}, it is {text!r}")
    return levels[text]


def _number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, "").strip()
    if text and not text.isdigit():
        raise ValueError(f"{name} must be a whole number, it is {text!r}")
    return int(text) if text else default
