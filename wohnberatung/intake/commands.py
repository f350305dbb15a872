"""Commands of imports."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wohnberatung.core.commands import with_app

if TYPE_CHECKING:
    from wohnberatung.intake.result import ImportResult


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
@click.option(
    "--same",
    "answers",
    multiple=True,
    metavar="ANBIETER|KENNUNG=WOHNUNG",
    help="Antwort auf „Ist das die Wohnung …?“; ohne WOHNUNG: keine davon. Ohne Antwort wird nicht übernommen.",
)
@with_app
def import_openimmo(
    file: Path, dry_run: bool, organisation: str, allow_removals: bool, answers: tuple[str, ...]
) -> None:
    """OpenImmo aus FILE (XML oder ZIP) einlesen, prüfen und übernehmen, in kurzen Teilen, zwischen denen andere
    schreiben."""
    from wohnberatung.core import clock
    from wohnberatung.core.ids import new_id
    from wohnberatung.core.transactions import transaction
    from wohnberatung.intake.openimmo import read_openimmo
    from wohnberatung.intake.recognise import OPENIMMO, openimmo_file
    from wohnberatung.intake.services import enclosures, promotion, taking_over
    from wohnberatung.intake.services.senders import Owner

    delivery = openimmo_file(file)
    with file.open("rb") as stream:
        delivery = enclosures.without_pictures(delivery) if dry_run else enclosures.lay_aside(delivery, stream)
    result = read_openimmo(delivery, clock.today(), ("", organisation))
    if not dry_run:
        result = enclosures.draw_pictures(result, new_id(), delivery.enclosed)
    same_as = {key: dwelling for key, _equals, dwelling in (answer.rpartition("=") for answer in answers)}
    result = promotion.preview(OPENIMMO, result, Owner(organisation), same_as)
    _tell(result)
    if dry_run:
        click.echo("Nur Vorschau: gespeichert ist nichts.")
        return
    with transaction():
        run_id = promotion.stage(delivery, result, organisation, same_as)
    if run_id is None:
        click.echo("Diese Datei ist schon übernommen.")
        return
    try:
        taking_over.promote(run_id, allow_removals=allow_removals)
    except promotion.TooManyRemovals as error:
        raise promotion.TooManyRemovals(f"{error} (--allow-removals)") from error
    click.echo("Übernommen.")


@import_commands.command("inbox")
@with_app
def look_through_inbox() -> None:
    """Die Eingangsordner einmal durchsehen, wie es sonst der Arbeiter alle zwei Minuten tut."""
    from wohnberatung.intake.services import inbox

    click.echo(f"Dateien angenommen oder abgelegt: {inbox.look_through()}")


def _tell(result: "ImportResult") -> None:
    from wohnberatung.intake.services.stock import record_key

    for note in result.notes:
        click.echo(note)
    for outcome in result.outcomes:
        click.echo(f"{outcome.state_label:<14}{outcome.name}")
        for line in outcome.lines:
            click.echo(f"    {line}")
        for double in outcome.doubles:
            answer = f"--same '{record_key(*outcome.key)}={double.dwelling_id}'"
            click.echo(f"    Ist das die Wohnung {double.name} ({double.probability:.0%})? Ja: {answer}")
        if outcome.doubles:
            click.echo(f"    Keine davon: --same '{record_key(*outcome.key)}='. Ohne Antwort wird nicht übernommen.")
    click.echo(result.summary)
