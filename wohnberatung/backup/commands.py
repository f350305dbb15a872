"""Commands: a pair of keys, a backup, its way back."""

from pathlib import Path

import click

from wohnberatung.core.commands import refuse, with_app


@click.command("backup-key")
@click.argument("private_file", type=click.Path(path_type=Path, dir_okay=False))
def backup_key(private_file: Path) -> None:
    """Ein Schlüsselpaar ziehen: den geheimen in PRIVATE_FILE, den öffentlichen für BACKUP_RECIPIENT auf den Bildschirm.

    Der geheime Schlüssel gehört nicht auf den Server: Ohne ihn kann niemand eine Sicherung lesen.
    """
    import os

    from wohnberatung.backup.sealed_stream import new_pair

    private, public = new_pair()
    try:
        with open(os.open(private_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(private + "\n")
    except OSError as error:
        refuse(f"{private_file} kann nicht angelegt werden: {error.strerror}.")
    click.echo(public)


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Eine Datei ersetzen, die es schon gibt.")
@with_app
def backup(target: Path, force: bool) -> None:
    """Datenbank, Bilder und Dateien verschlüsselt nach TARGET sichern, auch während alle arbeiten."""
    from wohnberatung.backup.making import make
    from wohnberatung.backup.sealed_stream import key_bytes
    from wohnberatung.core.settings import setting

    recipient = key_bytes(setting("BACKUP_RECIPIENT"), "BACKUP_RECIPIENT")
    try:
        made = make(target, recipient, force)
    except OSError as error:
        refuse(f"Die Sicherung ist gescheitert, {target} ist nicht entstanden: {error.strerror}.")
    click.echo(f"{target}: {made.rows} Zeilen, {made.files} Dateien, {made.size} Bytes.")
    if not setting("ERASURE_JOURNAL"):
        click.echo("ERASURE_JOURNAL ist nicht gesetzt: Wer später gelöscht wird, käme mit ihr wieder.", err=True)


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--key-file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Geheimer Schlüssel.",
)
@click.option(
    "--journal",
    "journals",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Das Verzeichnis der Löschungen (ERASURE_JOURNAL) des alten Rechners; mehrfach möglich.",
)
@click.option("--without-journal", is_flag=True, help="Es gibt keines: Seither Gelöschte kommen wieder.")
@click.option("--force", is_flag=True, help="Ersetzen, was hier schon liegt.")
@click.option("--dry-run", is_flag=True, help="Nur lesen und prüfen; nichts ändern.")
@with_app
def restore(
    source: Path, key_file: Path, journals: tuple[Path, ...], without_journal: bool, force: bool, dry_run: bool
) -> None:
    """Eine Sicherung einspielen. Vorher Server und „wohnberatung work“ anhalten."""
    from wohnberatung.backup import restoring
    from wohnberatung.backup.sealed_stream import key_bytes
    from wohnberatung.core.settings import setting

    own = Path(setting("ERASURE_JOURNAL") or "/nonexistent")
    found = [*journals, *([own] if own.is_file() and own not in journals else [])]
    if not found and not without_journal:
        refuse("Welche Löschungen gab es seither? Bitte --journal DATEI angeben, oder --without-journal.")
    try:
        done = restoring.restore(source, key_bytes(key_file.read_text(), str(key_file)), found, force, dry_run)
    except OSError as error:
        refuse(f"Nichts ist ersetzt: {error.strerror} ({error.filename}).")
    click.echo(f"Sicherung vom {done.made_at}: {done.rows} Zeilen, {done.files} Dateien, unversehrt.")
    if dry_run:
        click.echo("Nichts wurde geändert.")
        return
    click.echo(f"Eingespielt. Erneut gelöscht: {done.erased}. Zurückgehaltene E-Mails: {done.held_mails}.")
