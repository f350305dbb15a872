"""The command that runs a worker."""

import signal
import sys
from threading import Event

import click

from wohnberatung.core.commands import with_app


@click.command("work")
@click.option("--once", is_flag=True, help="Nur tun, was jetzt fällig ist, und enden.")
@click.option("--check", is_flag=True, help="Nur sagen, was überfällig ist; endet mit 1, wenn es etwas gibt.")
@with_app
def work(once: bool, check: bool) -> None:
    """Alles im Hintergrund erledigen: E-Mails, Fristen, Einlesen; bis der Befehl beendet wird."""
    from wohnberatung.jobs import worker

    if check:
        _check()
    elif once:
        click.echo(f"{worker.do_due()} Vorgänge erledigt.")
    else:
        _run()


def _run() -> None:
    from flask import current_app

    from wohnberatung.jobs import worker

    stop = Event()
    # What is in hand is finished first; a kill without mercy costs one lease.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    app = current_app._get_current_object()
    for thread in worker.start_threads(app, stop):
        thread.join()


def _check() -> None:
    from wohnberatung.core import clock
    from wohnberatung.jobs import services

    behind = services.late()
    for late in behind:
        click.echo(f"Überfällig seit {clock.to_berlin(late.since):%d.%m.%Y %H:%M}: {late.label}")
    if behind:
        sys.exit(1)
    click.echo("Alles ist erledigt.")
