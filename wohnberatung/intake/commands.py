"""Commands of imports."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wohnberatung.core.commands import with_app

if TYPE_CHECKING:
    from wohnberatung.intake.services import Report

FORMAT = "openimmo"


@click.group("import")
def import_commands() -> None:
    """Angebote aus Dateien übernehmen."""


@import_commands.command("openimmo")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was geschähe; nichts speichern.")
@click.option(
    "--organisation", default="", metavar="NAME", help="Wem die Objekte gehören, wenn es die Datei nicht sagt."
)
@click.option("--allow-removals", is_flag=True, help="Auch dann übernehmen, wenn viele Angebote enden.")
@with_app
def import_openimmo(file: Path, dry_run: bool, organisation: str, allow_removals: bool) -> None:
    """OpenImmo aus FILE (XML oder ZIP) einlesen, prüfen und in einem Zug übernehmen."""
    from wohnberatung.core import clock
    from wohnberatung.core.transactions import transaction
    from wohnberatung.intake import services
    from wohnberatung.intake.archives import open_delivery
    from wohnberatung.intake.openimmo import read_openimmo

    delivery = open_delivery(file)
    transfer = read_openimmo(delivery, clock.today(), organisation)
    with transaction() as session:
        staged = services.stage(FORMAT, delivery, transfer, organisation)
        if dry_run:
            session.rollback()
    _tell(staged.report)
    if dry_run or staged.is_done:
        click.echo("Nur Vorschau: gespeichert ist nichts." if dry_run else "Diese Datei ist schon übernommen.")
        return
    with transaction():
        try:
            services.promote(staged.run_id, allow_removals=allow_removals)
        except services.TooManyRemovals as error:
            raise services.TooManyRemovals(f"{error} (--allow-removals)") from error
    click.echo("Übernommen.")


def _tell(report: "Report") -> None:
    for note in report.notes:
        click.echo(note)
    for outcome in report.outcomes:
        click.echo(f"{outcome.state_label:<14}{outcome.name}")
        for line in outcome.lines:
            click.echo(f"    {line}")
    click.echo(report.summary)
