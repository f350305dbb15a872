"""Commands that run the office: accounts, mail, work in the background, deadlines, keys, retention."""

import os
import signal
import sys
from threading import Event

import click

from wohnberatung.core.actors import LOGIN_ROLES
from wohnberatung.core.commands import with_app

# How much nicer than pages, see nice(1): enough to stand behind them, not to starve with a lock held.
BEHIND_PAGES = 5


@click.command("create-user")
@click.option("--email", required=True, help="Anmeldename.")
@click.option("--name", required=True, help="Vor- und Nachname.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(LOGIN_ROLES), help="Mehrfach möglich.")
@click.option("--organisation", "organisations", multiple=True, help="Kennung der Organisation, mehrfach möglich.")
@click.password_option(help="Wird ohne diese Angabe verdeckt abgefragt.")
@with_app
def create_user(email: str, name: str, roles: tuple[str, ...], organisations: tuple[str, ...], password: str) -> None:
    """Ein Konto anlegen."""
    from wohnberatung.accounts.services import people
    from wohnberatung.core.transactions import transaction

    with transaction():
        user = people.create_user(
            email=email, name=name, password=password, roles=roles, organisation_ids=organisations
        )
        created = user.email
    click.echo(f"Das Konto {created} ist angelegt.")


@click.command("disable-user")
@click.argument("email")
@with_app
def disable_user(email: str) -> None:
    """Ein Konto sperren; alle seine Sitzungen enden sofort."""
    from wohnberatung.accounts.services import people
    from wohnberatung.core.errors import NotFound
    from wohnberatung.core.transactions import transaction

    with transaction():
        user = people.find_user(email)
        if user is None:
            raise NotFound("Dieses Konto gibt es nicht.")
        people.disable_user(user.id)
    click.echo("Das Konto ist gesperrt.")


BATCH = 200


@click.command("reindex-cases")
@with_app
def reindex_cases() -> None:
    """Nach dem Wechsel von SECRET_KEY: Fälle wieder nach Telefonnummer und E-Mail finden; darf beliebig oft laufen."""
    from wohnberatung.cases.services.cases import renew_all_lookups

    # What is done stays done: killed and called again, it finds nothing left to do there.
    changed, total = renew_all_lookups(lambda done, total: click.echo(f"{done} von {total} Fällen"))
    click.echo(f"Bei {changed} von {total} Fällen sind Telefonnummern und E-Mail-Adressen neu erfasst.")


@click.command("legal-hold")
@click.argument("receipt_number")
@click.option("--lift", is_flag=True, help="Die Löschsperre wieder aufheben.")
@with_app
def legal_hold(receipt_number: str, lift: bool) -> None:
    """Gesuch, Anfrage oder Fall mit dieser Nummer vom Löschen ausnehmen."""
    from wohnberatung.advice.services.enquiries import set_legal_hold
    from wohnberatung.core.transactions import transaction

    with transaction():
        set_legal_hold(receipt_number, not lift)
    click.echo("Die Löschsperre ist aufgehoben." if lift else "Die Löschsperre gilt.")


@click.command("fresh-offers")
@with_app
def fresh_offers() -> None:
    """Nachfragen, ob Angebote noch gelten, und beenden, was niemand bestätigt; darf beliebig oft laufen."""
    from wohnberatung.dwellings.services.freshness import ask_whether_available, end_stale

    try:
        click.echo(f"beendet: {end_stale()}")
    finally:
        click.echo(f"nachgefragt: {ask_whether_available()}")


@click.command("ask-providers")
@click.option("--mail/--no-mail", default=True, help="Auch je Anbieter die hilfreichste Frage per E-Mail stellen.")
@with_app
def ask_providers(mail: bool) -> None:
    """Die Fragen an Anbieter auswählen, deren Antworten am meisten helfen; darf beliebig oft laufen."""
    from wohnberatung.core.transactions import transaction
    from wohnberatung.demand.services.questions import mail_questions, refresh_questions

    with transaction():
        click.echo(f"offen: {refresh_questions()}")
    click.echo(f"verschickt: {mail_questions() if mail else 0}")


WORDS = {
    "preempt": "beendet, weil das Angebot weg ist",
    "expire": "ohne Antwort abgelaufen",
    "wake": "wieder vorgelegt",
    "unanswered": "vom Anbieter nicht beantwortet",
    "resume": "nach einer Pause weitergeführt",
    "wait": "warten, weil das Angebot reserviert ist",
    "free_again": "wieder frei",
    "remind": "an die Antwort erinnert",
}


@click.command("match-deadlines")
@with_app
def match_deadlines() -> None:
    """Fristen der Vorschläge: erinnern, ablaufen lassen, wieder vorlegen. Läuft beliebig oft, mindestens täglich."""
    from wohnberatung.brokerage.services.deadlines import keep_deadlines

    for step, count in keep_deadlines().items():
        click.echo(f"{WORDS[step]}: {count}")


@click.command("mail-worker")
@click.option("--once", is_flag=True, help="Nur senden, was jetzt fällig ist, und enden.")
@with_app
def mail_worker(once: bool) -> None:
    """E-Mails aus dem Postausgang senden, bis der Befehl beendet wird."""
    from flask import current_app

    from wohnberatung.mail.smtp import transport_for
    from wohnberatung.mail.worker import send_due, work

    transport = transport_for(current_app.config)
    if once:
        click.echo(f"{send_due(transport)} E-Mails gesendet.")
        return
    stop = Event()
    # The mail in hand is finished first; a kill without mercy costs one lease.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work(transport, stop)


@click.command("mail-retry")
@with_app
def mail_retry() -> None:
    """E-Mails, die gescheitert oder zurückgehalten sind, noch einmal versuchen."""
    from wohnberatung.core.transactions import transaction
    from wohnberatung.mail.services import delivery

    with transaction():
        count = delivery.retry()
    click.echo(f"{count} E-Mails liegen wieder im Postausgang.")


@click.command("work")
@click.option("--once", is_flag=True, help="Nur tun, was jetzt fällig ist, und enden.")
@click.option("--check", is_flag=True, help="Nur sagen, was überfällig ist; endet mit 1, wenn es etwas gibt.")
@with_app
def work(once: bool, check: bool) -> None:
    """Alles im Hintergrund erledigen: E-Mails, Fristen, Einlesen; bis der Befehl beendet wird."""
    from wohnberatung.jobs import worker

    if check:
        _check()
    elif once:
        click.echo(f"{worker.do_due()} Vorgänge erledigt.")
    else:
        _run()


def _run() -> None:
    from flask.globals import app_ctx

    from wohnberatung.jobs import worker

    stop = Event()
    # Where processors are few, a page that somebody waits for comes before what nobody looks at.
    os.nice(BEHIND_PAGES)
    # What is in hand is finished first; a kill without mercy costs one lease.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    for thread in worker.start_threads(app_ctx.app, stop):
        thread.join()


def _check() -> None:
    from wohnberatung.core import clock
    from wohnberatung.jobs import services

    behind = services.late()
    for late in behind:
        click.echo(f"Überfällig seit {clock.to_berlin(late.since):%d.%m.%Y %H:%M}: {late.label}")
    if behind:
        sys.exit(1)
    click.echo("Alles ist erledigt.")


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

    from wohnberatung.privacy import retention

    with force_locale("de"):
        lines = retention.report()
        for line in lines if dry_run else retention.carry_out_all([line.rule for line in lines]):
            # Written as it goes: what is done stays done if a later class fails.
            click.echo(
                f"{line.rule.key:<17} {line.days:>4} Tage  {line.count:>6}  {line.rule.action}: {line.rule.label} "
                f"({line.span})"
            )


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
