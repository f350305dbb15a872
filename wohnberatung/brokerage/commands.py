"""Commands of brokerage."""

import click

from wohnberatung.core.commands import with_app

WORDS = {
    "preempt": "beendet, weil das Angebot weg ist",
    "expire": "ohne Antwort abgelaufen",
    "wake": "wieder vorgelegt",
    "remind": "an die Antwort erinnert",
}


@click.command("match-deadlines")
@with_app
def match_deadlines() -> None:
    """Fristen der Vorschläge: erinnern, ablaufen lassen, wieder vorlegen. Läuft beliebig oft, mindestens täglich."""
    from wohnberatung.brokerage.services import keep_deadlines

    for step, count in keep_deadlines().items():
        click.echo(f"{WORDS[step]}: {count}")
