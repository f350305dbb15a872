"""Commands about keys and about how long things are kept."""

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
