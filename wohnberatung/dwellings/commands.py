"""Commands of the supply."""

import click

from wohnberatung.core.commands import with_app


@click.command("fresh-offers")
@with_app
def fresh_offers() -> None:
    """Nachfragen, ob Angebote noch gelten, und beenden, was niemand bestätigt; darf beliebig oft laufen."""
    from wohnberatung.dwellings.services import ask_whether_available, end_stale

    try:
        click.echo(f"beendet: {end_stale()}")
    finally:
        click.echo(f"nachgefragt: {ask_whether_available()}")
