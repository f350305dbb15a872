"""Commands about cases."""

import click

from wohnberatung.core.commands import with_app

BATCH = 200


@click.command("reindex-cases")
@with_app
def reindex_cases() -> None:
    """Nach dem Wechsel von SECRET_KEY: Fälle wieder nach Telefonnummer und E-Mail finden; darf beliebig oft laufen."""
    from wohnberatung.cases.services.lookups import cases_to_index, renew_lookups
    from wohnberatung.core.transactions import transaction

    case_ids, changed = cases_to_index(), 0
    for start in range(0, len(case_ids), BATCH):
        # What is done stays done: killed and called again, it finds nothing left to do there.
        with transaction():
            changed += renew_lookups(case_ids[start : start + BATCH])
        click.echo(f"{min(start + BATCH, len(case_ids))} von {len(case_ids)} Fällen")
    click.echo(f"Bei {changed} von {len(case_ids)} Fällen sind Telefonnummern und E-Mail-Adressen neu erfasst.")
