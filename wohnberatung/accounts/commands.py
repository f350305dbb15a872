"""Commands about accounts."""

import click

from wohnberatung.core.actors import LOGIN_ROLES
from wohnberatung.core.commands import with_app


@click.command("create-user")
@click.option("--email", required=True, help="Anmeldename.")
@click.option("--name", required=True, help="Vor- und Nachname.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(LOGIN_ROLES), help="Mehrfach möglich.")
@click.option("--organisation", "organisations", multiple=True, help="Kennung der Organisation, mehrfach möglich.")
@click.password_option(help="Wird ohne diese Angabe verdeckt abgefragt.")
@with_app
def create_user(email: str, name: str, roles: tuple[str, ...], organisations: tuple[str, ...], password: str) -> None:
    """Ein Konto anlegen."""
    from wohnberatung.accounts import services
    from wohnberatung.core.transactions import transaction

    with transaction():
        user = services.create_user(
            email=email, name=name, password=password, roles=roles, organisation_ids=organisations
        )
        created = user.email
    click.echo(f"Das Konto {created} ist angelegt.")


@click.command("disable-user")
@click.argument("email")
@with_app
def disable_user(email: str) -> None:
    """Ein Konto sperren; alle seine Sitzungen enden sofort."""
    from wohnberatung.accounts import services
    from wohnberatung.core.errors import NotFound
    from wohnberatung.core.transactions import transaction

    with transaction():
        user = services.find_user(email)
        if user is None:
            raise NotFound("Dieses Konto gibt es nicht.")
        services.disable_user(user.id)
    click.echo("Das Konto ist gesperrt.")
