"""Commands about keys."""

import click

from wohnberatung.core.commands import with_app


@click.command("rewrap-keys")
@with_app
def rewrap_keys() -> None:
    """Nach dem Wechsel von FIELD_KEYS alle Datenschlüssel mit dem neuen Hausschlüssel versiegeln."""
    from wohnberatung.core.transactions import transaction
    from wohnberatung.privacy.encryption import rewrap_all

    with transaction():
        changed = rewrap_all()
    click.echo(f"{changed} Datenschlüssel sind neu versiegelt.")
