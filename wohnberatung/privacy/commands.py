"""Commands about keys and about how long things are kept."""

import click

from wohnberatung.core.commands import with_app

BATCH = 200


@click.command("rewrap-keys")
@with_app
def rewrap_keys() -> None:
    """Nach dem Wechsel von FIELD_KEYS alles mit dem neuen Hausschlüssel versiegeln; darf beliebig oft laufen."""
    from collections import Counter

    from wohnberatung.core.commands import refuse
    from wohnberatung.core.transactions import transaction
    from wohnberatung.privacy import audit, rotation

    with transaction():
        audit.keep_keys()
    lost: Counter[str] = Counter()
    for place in rotation.places():
        stale, unknown = rotation.outdated(place)
        lost += unknown
        done = 0
        for start in range(0, len(stale), BATCH):
            # What is done stays done: killed and called again it goes on with the rest.
            with transaction():
                done += rotation.reseal(place, stale[start : start + BATCH])
            click.echo(f"{place}: {done} von {len(stale)}")
    if lost:
        named = ", ".join(f"{key_id} ({count} Werte)" for key_id, count in sorted(lost.items()))
        refuse(f"In FIELD_KEYS fehlen Schlüssel, mit denen noch etwas versiegelt ist: {named}.")
    click.echo("Alles ist mit dem jetzigen Hausschlüssel versiegelt.")


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Nur berichten, was fällig ist; nichts ändern.")
@with_app
def retention(dry_run: bool) -> None:
    """Nachfragen, sperren und löschen, was seine Frist erreicht hat; darf beliebig oft laufen."""
    from flask_babel import force_locale

    from wohnberatung.privacy import retention as keeping

    with force_locale("de"):
        lines = keeping.report()
        for line in lines if dry_run else keeping.carry_out_all([line.rule for line in lines]):
            # Written as it goes: what is done stays done if a later class fails.
            click.echo(f"{line.rule.key:<17} {line.days:>4} Tage  {line.count:>6}  {line.rule.deed}: {line.rule.label}")


@click.command("audit-verify")
@with_app
def audit_verify() -> None:
    """Prüfen, ob am Protokoll der Zugriffe nichts geändert wurde; sonst Rückgabewert 2."""
    from wohnberatung.core.commands import refuse
    from wohnberatung.privacy.audit import verify

    found = verify()
    if found.broken:
        places = ", ".join(map(str, found.broken))
        refuse(f"Das Protokoll mit {found.rows} Zeilen wurde verändert, bei Nummer {places}.")
    click.echo(f"Das Protokoll mit {found.rows} Zeilen ist unverändert.")
