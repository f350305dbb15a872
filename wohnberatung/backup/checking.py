"""What is wrong with an installation, each with its remedy: read by whoever has just set one up, or wonders."""

import os
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from wohnberatung.core.commands import FAULT

# Further apart, times of records and links are wrong.
MOST_SECONDS_APART = 5
SMTP_SECONDS = 10
Faults = Iterator[str]


@click.command("check")
def check() -> None:
    """Alle Fehler dieser Installation mit ihrer Abhilfe nennen; endet mit 2, wenn es welche gibt. Ändert nichts."""
    from wohnberatung import create_app
    from wohnberatung.config import WrongSettings
    from wohnberatung.core.selfcheck import UnsafeStart
    from wohnberatung.extensions import db

    try:
        app = create_app()
    except (WrongSettings, UnsafeStart) as error:
        click.echo(str(error), err=True)
        sys.exit(FAULT)
    with app.app_context():
        found = list(faults(app.config))
        db.engine.dispose()
    for fault in found:
        click.echo(f"- {fault}", err=True)
    if found:
        sys.exit(FAULT)
    click.echo("Diese Installation ist in Ordnung.")


def faults(config: Mapping[str, Any]) -> Faults:
    """One sentence each: what is wrong, and what to do."""
    yield from _of_folders(config)
    yield from _of_web(config)
    yield from _of_backup(config)
    yield from _of_vendor_files()
    yield from _of_mail(config)
    if (unreachable := _database_fault()) is not None:
        yield unreachable
        return
    for look in (_of_schema, _of_clock, _of_keys, _of_work):
        yield from look()


def _of_folders(config: Mapping[str, Any]) -> Faults:
    if not config["PICTURES_DIR"]:
        yield "PICTURES_DIR fehlt: Niemand kann Bilder hochladen; einen Ordner auf lokaler Platte nennen."
    for name in ("PICTURES_DIR", "INBOX_DIR"):
        if not config[name]:
            continue
        folder = Path(config[name])
        if not folder.is_dir():
            yield f"{name}: {folder} gibt es nicht; anlegen mit „install -d -m 700 -o BENUTZER {folder}“."
        elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield f"{name}: In {folder} darf dieses Konto nicht schreiben; den Ordner mit chown übergeben."
        elif name == "PICTURES_DIR" and folder.stat().st_mode & 0o077:
            yield f"{name}: {folder} ist für andere offen; „chmod 700 {folder}“."


def _of_web(config: Mapping[str, Any]) -> Faults:
    if config["MODE"] != "production":
        yield f"APP_ENV ist {config['MODE']!r}: Das ist kein Betrieb; DATABASE_URL, SECRET_KEY und FIELD_KEYS setzen."
    elif not config["TRUSTED_PROXIES"]:
        yield "TRUSTED_PROXIES ist 0: Hinter einem Proxy hätten alle dieselbe Adresse; auf die Zahl der Proxys setzen."


def _of_backup(config: Mapping[str, Any]) -> Faults:
    from wohnberatung.backup.sealed_stream import key_bytes

    try:
        key_bytes(config["BACKUP_RECIPIENT"], "BACKUP_RECIPIENT")
    except ValueError as error:
        yield f"{error} Ohne ihn gibt es keine Sicherung."
    journal = Path(config["ERASURE_JOURNAL"] or "/nonexistent")
    if not config["ERASURE_JOURNAL"]:
        yield "ERASURE_JOURNAL fehlt: Nach einer Wiederherstellung kämen Gelöschte wieder; eine Datei nennen."
    elif not os.access(journal if journal.exists() else journal.parent, os.W_OK):
        yield f"ERASURE_JOURNAL: {journal} kann dieses Konto nicht schreiben; den Ordner mit chown übergeben."


def _of_vendor_files() -> Faults:
    from wohnberatung import PACKAGE

    if not (PACKAGE / "static" / "vendor" / "stamp").is_file():
        yield "Gestaltung und Schriften fehlen (static/vendor): das Wheel neu bauen und installieren."


def _of_mail(config: Mapping[str, Any]) -> Faults:
    host, port = config["SMTP_HOST"], config["SMTP_PORT"]
    if not host:
        yield "SMTP_HOST fehlt: E-Mails bleiben im Postausgang; den Mailserver nennen."
        return
    context = ssl.create_default_context(cafile=config["SMTP_CA_FILE"])
    open_server: Callable[[], smtplib.SMTP] = (
        (lambda: smtplib.SMTP_SSL(host, port, timeout=SMTP_SECONDS, context=context))
        if config["SMTP_TLS"] == "implicit"
        else (lambda: smtplib.SMTP(host, port, timeout=SMTP_SECONDS))
    )
    try:
        with open_server() as server:
            if config["SMTP_TLS"] == "starttls":
                server.starttls(context=context)
            if config["SMTP_USER"]:
                server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
    except smtplib.SMTPAuthenticationError:
        yield "SMTP_USER oder SMTP_PASSWORD: Der Mailserver lehnt die Anmeldung ab."
    except ssl.SSLError as error:
        yield f"SMTP_CA_FILE: Dem Zertifikat von {host} wird nicht vertraut ({error.reason})."
    except (OSError, smtplib.SMTPException) as error:
        yield f"SMTP_HOST: {host}:{port} antwortet nicht ({type(error).__name__}); Name, Port und Firewall prüfen."


def _database_fault() -> str | None:
    from wohnberatung.core import schema_version

    if schema_version.database_answers():
        return None
    return "DATABASE_URL: Die Datenbank antwortet nicht; Server, Name, Benutzer und Passwort prüfen."


def _of_schema() -> Faults:
    from wohnberatung.core import schema_version

    have, newest = schema_version.current_revision(), schema_version.newest_revision()
    if have != newest:
        yield f"Die Datenbank hat den Stand {have}, diese Version braucht {newest}: „wohnberatung db upgrade“."


def _of_clock() -> Faults:
    from sqlalchemy import text

    from wohnberatung.core import clock
    from wohnberatung.extensions import db

    if db.engine.dialect.name == "sqlite":
        return
    with db.engine.connect() as connection:
        apart = abs((connection.scalar(text("SELECT clock_timestamp()")) - clock.now()).total_seconds())
    if apart > MOST_SECONDS_APART:
        yield f"Die Uhren von Datenbank und diesem Rechner gehen {apart:.0f} Sekunden auseinander; NTP einrichten."


def _of_keys() -> Faults:
    from sqlalchemy.exc import SQLAlchemyError

    from wohnberatung.extensions import db
    from wohnberatung.privacy import rotation

    try:
        lost = {key_id for place in rotation.places() for key_id in rotation.outdated(place)[1]}
    except SQLAlchemyError:
        # Tables that are not there yet are told above.
        db.session.rollback()
        return
    if lost:
        yield f"FIELD_KEYS: Es fehlen Schlüssel, mit denen etwas versiegelt ist: {', '.join(sorted(lost))}; ergänzen."


def _of_work() -> Faults:
    from sqlalchemy.exc import SQLAlchemyError

    from wohnberatung.extensions import db
    from wohnberatung.jobs import services

    try:
        for late in services.late():
            yield f"Überfällig: {late.label}; läuft „wohnberatung work“?"
    except SQLAlchemyError:
        db.session.rollback()
