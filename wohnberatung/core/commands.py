"""Commands of the frame, and what every command with a database needs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask

FAULT = 2


def with_app(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run the command inside the application; a domain error is one line and exit code 2."""

    @wraps(command)
    def running(*args: Any, **kwargs: Any) -> Any:
        from sqlalchemy.exc import SQLAlchemyError

        from wohnberatung import create_app
        from wohnberatung.core.errors import DomainError
        from wohnberatung.core.selfcheck import UnsafeStart

        try:
            with _closing(create_app()):
                return command(*args, **kwargs)
        except (DomainError, UnsafeStart, ValueError) as error:
            refuse(str(error))
        except SQLAlchemyError as error:
            # Terse on purpose: the database's own words may quote personal data.
            cause = type(getattr(error, "orig", None) or error).__name__
            refuse(f"Die Datenbank antwortet nicht wie erwartet ({cause}). Hilft „wohnberatung db upgrade“?")

    return running


@contextmanager
def _closing(app: "Flask") -> Iterator[None]:
    """The application for the length of a command; none of its connections stays open."""
    from wohnberatung.extensions import db

    try:
        with app.app_context():
            yield
    finally:
        with app.app_context():
            db.engine.dispose()


def refuse(message: str) -> None:
    """Say what is wrong on standard error and end with exit code 2."""
    click.echo(message, err=True)
    sys.exit(FAULT)


@click.group("db")
def db_commands() -> None:
    """Tabellen der Datenbank anlegen und auf den Stand dieser Version bringen."""


@db_commands.command("upgrade")
@click.argument("revision", default="head")
@with_app
def upgrade(revision: str) -> None:
    """Alle ausstehenden Änderungen ausführen (oder bis zu REVISION)."""
    from wohnberatung.core import schema_version

    schema_version.upgrade(revision)
    click.echo(f"Die Datenbank hat den Stand {schema_version.current_revision()}.")


@db_commands.command("downgrade")
@click.argument("revision")
@with_app
def downgrade(revision: str) -> None:
    """Änderungen bis zu REVISION zurücknehmen; Daten späterer Tabellen gehen dabei verloren."""
    from wohnberatung.core import schema_version

    schema_version.downgrade(revision)
    click.echo(f"Die Datenbank hat den Stand {schema_version.current_revision()}.")


@db_commands.command("current")
@with_app
def current() -> None:
    """Den Stand der Datenbank und den neuesten Stand nennen."""
    from wohnberatung.core import schema_version

    click.echo(f"vorhanden: {schema_version.current_revision()}, neuester: {schema_version.newest_revision()}")


@click.command("tidy")
@with_app
def tidy() -> None:
    """Löschen, was niemand mehr braucht; darf beliebig oft laufen."""
    from wohnberatung.core import area
    from wohnberatung.core.transactions import transaction

    with transaction():
        for name, count in area.tidy().items():
            click.echo(f"{name}: {count} gelöscht")
