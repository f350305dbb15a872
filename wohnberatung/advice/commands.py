"""Commands of advice."""

import click

from wohnberatung.core.commands import with_app


@click.command("legal-hold")
@click.argument("receipt_number")
@click.option("--lift", is_flag=True, help="Die Löschsperre wieder aufheben.")
@with_app
def legal_hold(receipt_number: str, lift: bool) -> None:
    """Gesuch, Anfrage oder Fall mit dieser Nummer vom Löschen ausnehmen."""
    from wohnberatung.advice.services.holds import set_legal_hold
    from wohnberatung.core.transactions import transaction

    with transaction():
        set_legal_hold(receipt_number, not lift)
    click.echo("Die Löschsperre ist aufgehoben." if lift else "Die Löschsperre gilt.")
