"""``wohnberatung demo``: the office with invented data, in one command and without any setting."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from seed_data.files import read_toml
from wohnberatung.core.commands import refuse

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
THINGS_TO_TRY = (
    "Als Rollstuhlnutzerin eine Wohnung suchen: {address}/suche",
    "Dasselbe in Leichter Sprache oder auf Englisch: {address}/?sprache=leicht, {address}/?sprache=en",
    "Als Beraterin sehen, was heute ansteht, und oben „Maier pieschen“ suchen: {address}/anmelden",
    "Sehen, was in der Stadt wo und wem fehlt: {address}/planung",
    "Lesen, welche E-Mails die Menschen bekommen: {address}/postfach",
    "Als Vermieterin eine Datei einlesen, zum Beispiel seed_data/openimmo_beispiel.zip: {address}/einlesen",
)


@click.command("demo")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--prepare", is_flag=True, help="Nur Datenbank und Daten anlegen, nicht starten.")
def demo(port: int, prepare: bool) -> None:
    """Die Wohnberatung mit erfundenen Daten starten; ein zweiter Start behält alles."""
    _forbid_real_database()
    if not prepare:
        _check_free(port)
    _prepare()
    if not prepare:
        _print_welcome(port)
        _serve(port)


def _forbid_real_database() -> None:
    """Invented people must never get into the database of a real office."""
    from wohnberatung.config import read_settings
    from wohnberatung.config_values import DEMO

    try:
        mode = read_settings().APP_ENV
    except ValueError as error:
        refuse(str(error))
    if mode != DEMO:
        refuse("DATABASE_URL, SECRET_KEY oder FIELD_KEYS sind gesetzt. Die Vorführung nutzt nur ihre eigene Datenbank.")


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            other = port + 1 if port < 65535 else 8000
            refuse(f"Der Port {port} ist schon belegt. Nehmen Sie einen anderen: make demo PORT={other}")


def _prepare() -> None:
    """Tables and, in an empty database, the invented office. Each all or nothing."""
    from wohnberatung import create_app
    from wohnberatung.core import schema_version
    from wohnberatung.core.transactions import transaction
    from wohnberatung.doubles.services import decisions
    from wohnberatung.seeding.caring_neighbourhoods import introduce_initiatives
    from wohnberatung.seeding.cases import open_cases, open_office
    from wohnberatung.seeding.contacts import name_contacts
    from wohnberatung.seeding.cooperation import offer_services, work_together
    from wohnberatung.seeding.directory import list_neighbours
    from wohnberatung.seeding.discretion import ask_for_discretion
    from wohnberatung.seeding.homes import fill
    from wohnberatung.seeding.imports import deliver
    from wohnberatung.seeding.initiatives import live_on
    from wohnberatung.seeding.news import subscribe
    from wohnberatung.seeding.noticeboard import tell_neighbours
    from wohnberatung.seeding.offers import tend
    from wohnberatung.seeding.planning import count_a_year
    from wohnberatung.seeding.remembered import learn_once, remember_lists, weigh
    from wohnberatung.seeding.resources import share
    from wohnberatung.seeding.seekers import come_to_know, converse, look_at_city, propose
    from wohnberatung.seeding.worked_case import work_on_case

    with _files_for_their_owner_only(), create_app().app_context():
        schema_version.upgrade()
        click.echo("Die Daten der Vorführung werden angelegt oder behalten …", err=True)
        with transaction() as session:
            fill(session)
            open_office(session)
            live_on(session)
            introduce_initiatives(session)
            list_neighbours(session)
            offer_services(session)
            name_contacts(session)
            share(session)
            subscribe(session)
            tell_neighbours(session)
            ask_for_discretion(session)
        with transaction() as session:
            propose(session)
            come_to_know(session)
            converse(session)
            work_together(session)
            tend(session)
            work_on_case(session)
            look_at_city(session)
        remember_lists()
        weigh()
        learn_once()
        deliver()
        with transaction() as session:
            open_cases(session)
        with transaction():
            decisions.keep(decisions.search())
        count_a_year()


@contextmanager
def _files_for_their_owner_only() -> Iterator[None]:
    """SQLite gives its side files the mode of the database, so that it is enough to create that one so."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _print_welcome(port: int) -> None:
    address, accounts = f"http://{HOST}:{port}", read_toml("accounts.toml")
    click.echo(f"\n  {click.style(address, bold=True)}\n\n  Anmelden mit dem Passwort {accounts['password']}")
    for account in accounts["account"]:
        click.echo(f"    {account['email']:<34} {account['what']}")
    click.echo("\n  Zum Ausprobieren:")
    for number, task in enumerate(THINGS_TO_TRY, start=1):
        click.echo(f"    {number}. {task.format(address=address)}")
    click.echo("\n  Beenden mit Strg+C. Die Daten bleiben in instance/demo.\n")
    # The process becomes gunicorn, which knows nothing of our buffer.
    sys.stdout.flush()


def _serve(port: int) -> None:
    """Become gunicorn, with the configuration that production uses."""
    gunicorn = Path(sys.executable).parent / "gunicorn"
    settings = ROOT / "gunicorn.conf.py"
    os.environ["HOST"], os.environ["PORT"] = HOST, str(port)
    os.environ.setdefault("LOG_LEVEL", "warning")
    os.execv(gunicorn, [str(gunicorn), "--config", str(settings)])
