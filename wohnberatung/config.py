"""Settings from the environment. Every name the operator can set is declared here and nowhere else.

Without any setting the application runs as the *demo* in ``instance/demo``, with secrets made there on first use.
As soon as a database or a key is configured it is *production*, which refuses to start unsafely. A variable that is
empty is one that is not set. What is wrong is told all at once.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import URL

from wohnberatung.config_values import (
    EXPORTS,
    PRODUCTION,
    SMTP_TLS,
    AllowedNetworks,
    ClaimRoles,
    Count,
    DatabaseUrl,
    DemoDefaults,
    Email,
    Exports,
    Flag,
    Hosts,
    Issuer,
    Level,
    Limits,
    LogLevel,
    Mode,
    Periods,
    Port,
    Roles,
    SmtpTls,
    Unknown,
    WordSet,
    kept_secrets,
)
from wohnberatung.core.database import engine_options
from wohnberatung.core.selfcheck import safety_faults

MEGABYTE = 1024 * 1024
# They, or a password in them, never stand in a message.
SECRETS = frozenset(
    {"DATABASE_URL", "FIELD_KEYS", "METRICS_TOKEN", "OIDC_CLIENT_SECRET", "SECRET_KEY", "SMTP_PASSWORD"}
)


class WrongSettings(ValueError):
    """Values that cannot be used; the message names every variable, its value unless secret, and what it may be."""


class ServerSettings(BaseSettings):
    """How gunicorn serves; see ``gunicorn.conf.py``."""

    HOST: str = "127.0.0.1"
    PORT: Port = 8000
    WEB_CONCURRENCY: Count = 2
    WEB_THREADS: Count = 4
    # Seconds after which a worker that answers nothing is replaced; nothing heavy happens in a request.
    WEB_TIMEOUT: Count = 30
    # Whose X-Forwarded-* headers are believed.
    FORWARDED_ALLOW_IPS: str = "127.0.0.1,::1"
    LOG_LEVEL: Level = LogLevel.INFO


class OfficeSettings(BaseSettings):
    """Who answers for these pages, and whom to turn to: imprint, privacy notice, accessibility statement."""

    OFFICE_NAME: str = "Zentrale Wohnberatung Dresden"
    OFFICE_PHONE: str = ""
    OFFICE_EMAIL: str = ""
    OFFICE_ADDRESS: str = ""
    OFFICE_RESPONSIBLE: str = ""
    DATA_PROTECTION_OFFICER: str = ""
    # Where mails go about cases opened with a reason and about exports.
    DATA_PROTECTION_EMAIL: Email = ""
    DATA_PROTECTION_AUTHORITY: str = "Sächsische Datenschutz- und Transparenzbeauftragte"
    # The one that statements of the Free State of Saxony named in 2024.
    ENFORCEMENT_BODY: str = (
        "Landesbeauftragter für Inklusion der Menschen mit Behinderungen, Sächsische Staatskanzlei, "
        "Archivstraße 1, 01097 Dresden"
    )


class CitySettings(BaseSettings):
    """The city's own sign-in (OpenID Connect); see docs/operations/city-sign-in.md."""

    OIDC_ISSUER: Issuer = ""
    OIDC_CLIENT_ID: str = ""
    OIDC_CLIENT_SECRET: str = ""
    # What its button says.
    OIDC_NAME: str = ""
    OIDC_SCOPES: str = "openid email profile"
    # Which claim names roles, and which of its values give which; without a claim roles are given here.
    OIDC_ROLES_CLAIM: str = ""
    OIDC_ROLES: ClaimRoles = Field(default_factory=dict)
    # What becomes of somebody whom nobody knows here.
    OIDC_UNKNOWN: Unknown = "refuse"
    # Values of acr or amr by which the provider says that it asked for a second factor (RFC 8176).
    OIDC_SECOND_FACTOR: WordSet = frozenset({"mfa"})


class Settings(ServerSettings, OfficeSettings, CitySettings):
    """All settings. A default that depends on others stands below them."""

    model_config = SettingsConfigDict(arbitrary_types_allowed=True, extra="ignore", frozen=True, validate_default=False)

    APP_ENV: Mode
    INSTANCE_DIR: str = ""
    DATABASE_URL: DatabaseUrl = URL.create("sqlite")
    SECRET_KEY: str = ""
    FIELD_KEYS: str = ""
    TRUSTED_HOSTS: Hosts = ()
    HTTPS: Flag = Field(default_factory=lambda known: known["APP_ENV"] == PRODUCTION)
    TRUSTED_PROXIES: Count = 0
    RETENTION_DAYS: Periods = Field(default_factory=dict)
    LIMITS: Limits = Field(default_factory=dict)
    # Parallel proposals to one person and of one place; source: brokerage concept, guards.
    OFFERS_PER_SEEKER: Count = 3
    OFFERS_PER_PLACE: Count = 5
    # So many days an adapted home is first shown to those who need what it has.
    FIRST_SHOWN_DAYS: Count = 14
    # How long an offer is shown after its provider last said that it can be had.
    OFFER_DAYS: Count = 60
    # Seconds below which a public form was filled in by a machine; see web/spam.py.
    FASTEST_SECONDS: Count = 3
    PICTURES_DIR: str = Field(default_factory=lambda known: _beside(known["DATABASE_URL"]))
    # Who was erased, outside of the database; see docs/operations/backup.md.
    ERASURE_JOURNAL: str = Field(default_factory=lambda known: _next_to(known["PICTURES_DIR"], "erasures.journal"))
    # The public key that backups are sealed for; the private one is not on this machine.
    BACKUP_RECIPIENT: str = ""
    # The scheduler of a Dask cluster that works out city views, e.g. tcp://10.0.0.5:8786; without one the worker does.
    CLUSTER: str = ""
    # Where programs lay deliveries, a folder for each access; see docs/operations/uploads.md.
    INBOX_DIR: str = ""
    # Who may read the figures for Prometheus: whoever has the token, or asks from there.
    METRICS_TOKEN: str = ""
    METRICS_ALLOW: AllowedNetworks = ()
    # What one person of the office may take out a day, by kind; beyond that somebody else has to agree.
    EXPORTS_PER_DAY: Exports = Field(default_factory=lambda: dict(EXPORTS))
    # Roles that must sign in with a second factor; source: security concept, section 5.
    SECOND_FACTOR: Roles = Field(
        default_factory=lambda known: frozenset({"admin"} if known["APP_ENV"] == PRODUCTION else ())
    )
    # To one recipient outside a running dialogue; source: security concept, section 3.
    MAILS_PER_DAY: Count = 3
    # Where the links of mails lead: never to a host that a request named.
    PUBLIC_URL: str = Field(default_factory=lambda known: _own_address(known["TRUSTED_HOSTS"], known["PORT"]))
    SMTP_HOST: str = ""
    SMTP_TLS: SmtpTls = "starttls"
    SMTP_PORT: Port = Field(default_factory=lambda known: SMTP_TLS[known["SMTP_TLS"]])
    SMTP_CA_FILE: str | None = None
    SMTP_USER: str = ""
    SMTP_PASSWORD: str = ""
    MAIL_FROM: str = Field(
        default_factory=lambda known: (
            known["OFFICE_EMAIL"] or f"wohnberatung@{_first(known['TRUSTED_HOSTS']) or 'localhost'}"
        )
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """First what was given, then what the demo brings; the environment is given by `read_settings`."""
        return init_settings, DemoDefaults(settings_cls)


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings for ``app.config``. Raises WrongSettings."""
    found = read_settings(environ)
    # Production never invents its keys.
    has_keys = found.SECRET_KEY and found.FIELD_KEYS
    made = {} if has_keys or found.APP_ENV == PRODUCTION else kept_secrets(environ)
    return _for_flask(found) | {name: value for name, value in made.items() if not getattr(found, name)}


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """What is set, checked value by value; writes nothing. Raises WrongSettings, in production with what is unsafe."""
    given = {name: environ[name] for name in Settings.model_fields if environ.get(name, "").strip()}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        wrong = {str(fault["loc"][0]): fault for fault in error.errors() if fault["type"] == "value_error"}
    faults = [_told(name, fault) for name, fault in wrong.items()]
    if "APP_ENV" not in wrong:
        # With defaults where the wrong ones stood; what those would put at risk is told above.
        rest = Settings.model_validate({name: value for name, value in given.items() if name not in wrong})
        if rest.APP_ENV == PRODUCTION:
            faults += [fault for fault in safety_faults(_for_flask(rest)) if not fault.startswith(tuple(wrong))]
    raise WrongSettings("These settings cannot be used:\n- " + "\n- ".join(faults))


def _told(name: str, fault: ErrorDetails) -> str:
    remedy = str(fault["ctx"]["error"])
    return f"{name} {remedy}" if name in SECRETS else f"{name} {remedy}, it is {fault['input']!r}"


def _for_flask(found: Settings) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in Settings.model_fields}
    mode, url = values.pop("APP_ENV"), values.pop("DATABASE_URL")
    return {
        **values,
        "MODE": mode,
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url),
        "TRUSTED_HOSTS": list(found.TRUSTED_HOSTS) or None,
        "PICTURES_DIR": str(Path(found.PICTURES_DIR).resolve()) if found.PICTURES_DIR else "",
        "INBOX_DIR": str(Path(found.INBOX_DIR).resolve()) if found.INBOX_DIR else "",
        "PUBLIC_URL": found.PUBLIC_URL.rstrip("/"),
        **_FIXED,
    }


_FIXED: dict[str, object] = {
    "BABEL_DEFAULT_LOCALE": "de",
    "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
    "MAX_CONTENT_LENGTH": MEGABYTE,
    "MAX_FORM_MEMORY_SIZE": MEGABYTE,
    "MAX_FORM_PARTS": 1000,
    # The token lives as long as the session: a slow typist loses nothing.
    "WTF_CSRF_TIME_LIMIT": None,
    # Flask-WTF insists on a Referer; web/requests.py accepts an Origin too and checks both.
    "WTF_CSRF_SSL_STRICT": False,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
}


def _beside(url: URL) -> str:
    """Where pictures lie: beside a SQLite database unless said otherwise; empty where there is no place."""
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return str(Path(str(url.database)).resolve().parent / "pictures") if is_file else ""


def _next_to(folder: str, name: str) -> str:
    """Beside the folder, not in it: it must outlive what is restored; empty where there is no folder."""
    return str(Path(folder).resolve().parent / name) if folder else ""


def _own_address(hosts: tuple[str, ...], port: int) -> str:
    host = _first(hosts)
    return f"https://{host}" if host else f"http://127.0.0.1:{port}"


def _first(hosts: tuple[str, ...]) -> str:
    """A host that stands for its subdomains begins with a dot."""
    return hosts[0].lstrip(".") if hosts else ""
