"""Commands of mail."""

import signal
from threading import Event

import click

from wohnberatung.core.commands import with_app


@click.command("mail-worker")
@click.option("--once", is_flag=True, help="Nur senden, was jetzt fällig ist, und enden.")
@with_app
def mail_worker(once: bool) -> None:
    """E-Mails aus dem Postausgang senden, bis der Befehl beendet wird."""
    from flask import current_app

    from wohnberatung.mail.transports import transport_for
    from wohnberatung.mail.worker import send_due, work

    transport = transport_for(current_app.config)
    if once:
        click.echo(f"{send_due(transport)} E-Mails gesendet.")
        return
    stop = Event()
    # The mail in hand is finished first; a kill without mercy costs one lease.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work(transport, stop)


@click.command("mail-retry")
@with_app
def mail_retry() -> None:
    """E-Mails, die gescheitert oder zurückgehalten sind, noch einmal versuchen."""
    from wohnberatung.core.transactions import transaction
    from wohnberatung.mail import services

    with transaction():
        count = services.retry()
    click.echo(f"{count} E-Mails liegen wieder im Postausgang.")
