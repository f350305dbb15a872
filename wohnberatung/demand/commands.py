"""Commands of demand."""

import click

from wohnberatung.core.commands import with_app


@click.command("ask-providers")
@click.option("--mail/--no-mail", default=True, help="Auch je Anbieter die hilfreichste Frage per E-Mail stellen.")
@with_app
def ask_providers(mail: bool) -> None:
    """Die Fragen an Anbieter auswählen, deren Antworten am meisten helfen; darf beliebig oft laufen."""
    from wohnberatung.core.transactions import transaction
    from wohnberatung.demand.services import mail_questions, refresh_questions

    with transaction():
        click.echo(f"offen: {refresh_questions()}")
    click.echo(f"verschickt: {mail_questions() if mail else 0}")
