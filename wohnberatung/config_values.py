"""Values of single settings as the operator writes them, and the secrets that the demo makes for itself."""

import json
import logging
import os
import secrets
from collections.abc import Mapping
from enum import IntEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource
from sqlalchemy import URL
from sqlalchemy.exc import ArgumentError

from wohnberatung.core.abuse import LIMITS
from wohnberatung.core.actors import ADMIN, ADVISOR, LOGIN_ROLES
from wohnberatung.core.database import normal_url
from wohnberatung.core.sealing import new_house_key

Networks = tuple[IPv4Network | IPv6Network, ...]
PRODUCTION, DEMO, TEST = "production", "demo", "test"
# What one person of the office may take out a day; see privacy/services.py.
EXPORTS = {"case": 10, "stock": 20}
# How the connection to the mail server is protected, with the usual port.
SMTP_TLS = {"starttls": 587, "implicit": 465, "none": 25}
HIGHEST_PORT = 65535
NO_DATABASE = "must be an address like postgresql://user:password@host/name or sqlite:////path/office.sqlite3"


class LogLevel(IntEnum):
    """As in Python's logging."""

    DEBUG = logging.DEBUG
    INFO = logging.INFO
    WARNING = logging.WARNING
    WARN = logging.WARNING
    ERROR = logging.ERROR
    CRITICAL = logging.CRITICAL
    FATAL = logging.CRITICAL


def _mode(text: str) -> str:
    return _one_of(text, (PRODUCTION, DEMO, TEST))


def _one_of(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}")
    return text


def _smtp_tls(text: str) -> str:
    return _one_of(text, tuple(SMTP_TLS))


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word not in ("0", "1", "no", "yes", "false", "true"):
        raise ValueError("must be 1 or 0")
    return word in ("1", "yes", "true")


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError("must be a whole number")
    return int(text)


def _port(text: str) -> int:
    if not text.strip().isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise ValueError(f"must be a number from 1 to {HIGHEST_PORT}")
    return int(text)


def _log_level(text: str) -> LogLevel:
    try:
        return LogLevel[text.strip().upper()]
    except KeyError:
        raise ValueError(f"must be {', '.join(level.name.lower() for level in LogLevel)}") from None


def _database_url(text: str) -> URL:
    try:
        url = normal_url(text)
    except (ArgumentError, ValueError):
        # Their words may quote a password.
        raise ValueError(NO_DATABASE) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(NO_DATABASE)
    return url


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in text.split(",") if host.strip())


def _roles(text: str) -> frozenset[str]:
    """``admin,advisor``; ``none`` for nobody."""
    roles = frozenset(role.strip() for role in text.lower().split(",") if role.strip()) - {"none"}
    if wrong := roles - set(LOGIN_ROLES):
        raise ValueError(f"must name roles ({', '.join(LOGIN_ROLES)}) or be none; {', '.join(sorted(wrong))} is none")
    return roles


def _networks(text: str) -> Networks:
    """``10.0.0.5,192.168.7.0/24``"""
    found = []
    for item in filter(str.strip, text.split(",")):
        try:
            found.append(ip_network(item.strip()))
        except ValueError:
            raise ValueError(f"must be addresses or networks like 10.0.0.0/24, wrong is {item.strip()}") from None
    return tuple(found)


def _roles_of_claims(text: str) -> dict[str, str]:
    """``Wohnberatung=advisor,IT-Leitung=admin``: which value of the city's claim gives which role."""
    pairs = [item.partition("=") for item in text.split(",") if item.strip()]
    found = {value.strip(): role.strip() for value, _equals, role in pairs}
    if wrong := [value for value, role in found.items() if role not in (ADMIN, ADVISOR) or not value]:
        raise ValueError(f"must be pairs like Wohnberatung=advisor or IT=admin, wrong is {', '.join(wrong)}")
    return found


def _unknown(text: str) -> str:
    return _one_of(text, ("refuse", "create"))


def _issuer(text: str) -> str:
    """The code and the secret travel there: over TLS, unless it is this machine."""
    parts = urlsplit(text.strip())
    here = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or parts.query or (parts.scheme != "https" and not (here and parts.scheme == "http")):
        raise ValueError("must be an address that begins with https://")
    return text.strip().rstrip("/")


def _exports(text: str) -> dict[str, int]:
    """``case=10,stock=5``"""
    found = _periods(text)
    if wrong := [kind for kind in found if kind not in EXPORTS]:
        raise ValueError(f"must be pairs like case=10 of {', '.join(EXPORTS)}, wrong is {', '.join(wrong)}")
    return EXPORTS | found


def _email(text: str) -> str:
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise ValueError("must be one address like name@example.org") from None


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())


def _periods(text: str) -> dict[str, int]:
    """``request_ask=182,drafts=0``: periods in days that differ from those declared with the rules."""
    pairs = [item.partition("=") for item in text.split(",") if item.strip()]
    if wrong := [key.strip() for key, _equals, days in pairs if not days.strip().isdecimal()]:
        raise ValueError(f"must be pairs like request_ask=182, wrong is {', '.join(wrong)}")
    return {key.strip(): int(days) for key, _equals, days in pairs}


def _limits(text: str) -> dict[str, tuple[int, int]]:
    """``login=50/300``: hits within so many seconds that differ from those in core/abuse.py."""
    found = {}
    for item in filter(str.strip, text.split(",")):
        name, _equals, rule = item.strip().partition("=")
        hits, _slash, seconds = rule.partition("/")
        if name not in LIMITS or not (hits.isdecimal() and seconds.isdecimal() and int(seconds)):
            raise ValueError(f"must be entries like login=50/300 of {', '.join(LIMITS)}, wrong is {item.strip()}")
        found[name] = int(hits), int(seconds)
    return found


Mode = Annotated[str, BeforeValidator(_mode)]
SmtpTls = Annotated[str, BeforeValidator(_smtp_tls)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Count = Annotated[int, BeforeValidator(_count)]
Port = Annotated[int, BeforeValidator(_port)]
DatabaseUrl = Annotated[URL, BeforeValidator(_database_url)]
Hosts = Annotated[tuple[str, ...], BeforeValidator(_hosts)]
Roles = Annotated[frozenset[str], BeforeValidator(_roles)]
Periods = Annotated[dict[str, int], BeforeValidator(_periods)]
ClaimRoles = Annotated[dict[str, str], BeforeValidator(_roles_of_claims)]
Unknown = Annotated[str, BeforeValidator(_unknown)]
Issuer = Annotated[str, BeforeValidator(_issuer)]
Exports = Annotated[dict[str, int], BeforeValidator(_exports)]
Email = Annotated[str, BeforeValidator(_email)]
WordSet = Annotated[frozenset[str], BeforeValidator(_words)]
AllowedNetworks = Annotated[Networks, BeforeValidator(_networks)]
Limits = Annotated[dict[str, tuple[int, int]], BeforeValidator(_limits)]
Level = Annotated[LogLevel, BeforeValidator(_log_level)]


ROOT = Path(__file__).resolve().parent.parent
# Whoever sets one of them runs a real office.
SERIOUS = ("DATABASE_URL", "SECRET_KEY", "FIELD_KEYS")


# Nobody is reached there: the number is one that the Federal Network Agency keeps free for films and books.
DEMO_OFFICE = {
    "OFFICE_PHONE": "030 23125 014",
    "OFFICE_EMAIL": "wohnberatung@wohnberatung.example",
    "OFFICE_ADDRESS": "Beispielplatz 1\n01067 Dresden",
    "OFFICE_RESPONSIBLE": "Anna Beispiel",
}


class DemoDefaults(PydanticBaseSettingsSource):
    """The mode where none is given, and outside production a database where none is given."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Everything comes at once."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        given = self.current_state
        mode = given.get("APP_ENV") or (PRODUCTION if any(given.get(name) for name in SERIOUS) else DEMO)
        found: dict[str, Any] = {"APP_ENV": mode}
        if mode == DEMO:
            found |= DEMO_OFFICE
        if mode != PRODUCTION:
            found["DATABASE_URL"] = f"sqlite:///{demo_directory(given) / 'wohnberatung.sqlite3'}"
        return found


def demo_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the demo keeps everything."""
    return Path(environ.get("INSTANCE_DIR") or ROOT / "instance").resolve() / "demo"


def kept_secrets(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """SECRET_KEY and FIELD_KEYS of the demo. Makes its directory and both where they are not yet."""
    folder = demo_directory(environ)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "secrets.json"
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
