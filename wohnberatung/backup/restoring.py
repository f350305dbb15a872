"""A backup's way back: read and check all of it first, replace then, erase again whoever was erased since."""

import hashlib
import json
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from alembic.script import ScriptDirectory
from sqlalchemy import delete, update

from wohnberatung.backup import snapshots
from wohnberatung.backup.making import DATABASE, FILES, LIST
from wohnberatung.backup.sealed_stream import BackupUnreadable, OpeningReader
from wohnberatung.core import schema_version
from wohnberatung.core.errors import DomainError
from wohnberatung.core.models import WebSession
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import changed_rows, transaction
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.privacy import erasure_journal, rotation

_FILE = re.compile(re.escape(FILES) + r"[\w-]{1,64}/[\w.-]{1,120}", re.ASCII)


@dataclass
class Restored:
    """What came back, and what was done to it."""

    made_at: str
    rows: int
    files: int
    erased: int = 0
    held_mails: int = 0


def restore(
    source: Path, private: bytes, journals: Sequence[Path], overwrite: bool = False, dry_run: bool = False
) -> Restored:
    """Bring a backup back onto an empty host, or with `overwrite` in the place of what is there.

    Until everything was read, checked and erased again, what was there before can come back, and does if anything
    fails. Raises BackupUnreadable, BrokenJournal, DomainError and OSError.
    """
    erasures = [each for journal in journals for each in erasure_journal.read(journal)]
    with tempfile.TemporaryDirectory(prefix="wohnberatung-") as name:
        folder = Path(name)
        told = _unpack(source, private, folder)
        _check(told, folder)
        restored = Restored(told["made_at"], sum(told["rows"].values()), len(told["sha256"]) - 1)
        if not overwrite:
            _check_empty()
        if dry_run:
            return restored
        with _files_put_back(folder / FILES), snapshots.put_back(folder / DATABASE):
            _compare(told["rows"])
            schema_version.upgrade()
            _check_keys()
            _settle(restored, erasures)
    return restored


def _unpack(source: Path, private: bytes, folder: Path) -> dict[str, Any]:
    """Everything into `folder`, each file as the list says. Nothing is taken whose name could lead elsewhere."""
    found: dict[str, str] = {}
    told: dict[str, Any] = {}
    (folder / FILES).mkdir()
    with source.open("rb") as file:
        opened = OpeningReader(file, private)
        try:
            with tarfile.open(fileobj=cast(Any, opened), mode="r|") as tar:
                for entry in tar:
                    content = tar.extractfile(entry)
                    if content is None or not (entry.name in (DATABASE, LIST) or _FILE.fullmatch(entry.name)):
                        raise BackupUnreadable(f"In der Sicherung liegt etwas, das nicht hineingehört: {entry.name!r}.")
                    if entry.name == LIST:
                        told = json.load(content)
                        continue
                    path = folder / entry.name
                    path.parent.mkdir(exist_ok=True)
                    with path.open("w+b") as copy:
                        shutil.copyfileobj(content, copy)
                        copy.seek(0)
                        found[entry.name] = hashlib.file_digest(copy, "sha256").hexdigest()
            # To the very end, where a cut would show.
            while opened.read(65536):
                pass
        except tarfile.TarError as error:
            raise BackupUnreadable("Die Sicherung ist beschädigt.") from error
    if not told or told["sha256"] != found:
        raise BackupUnreadable("In der Sicherung fehlt etwas, oder es ist anders, als ihre Liste sagt.")
    return told


def _check(told: dict[str, Any], folder: Path) -> None:
    if told["kind"] != snapshots.kind():
        raise DomainError(f"Die Sicherung ist von {told['kind']}, DATABASE_URL nennt {snapshots.kind()}.")
    known = {script.revision for script in ScriptDirectory.from_config(schema_version.configuration()).walk_revisions()}
    if told["revision"] not in known:
        raise DomainError(
            f"Die Sicherung hat den Stand {told['revision']}, den diese Version nicht kennt: bitte zuerst die Version "
            f"{told['release']} oder eine neuere installieren."
        )
    if len(told["sha256"]) > 1 and not setting("PICTURES_DIR"):
        raise DomainError("PICTURES_DIR ist nicht gesetzt: In der Sicherung sind Bilder und Dateien.")
    snapshots.check_file(folder / DATABASE, told["rows"])


def _check_empty() -> None:
    there = [f"{len(names)} Tabellen in der Datenbank"] if (names := snapshots.table_names()) else []
    folder = Path(setting("PICTURES_DIR") or "/nonexistent")
    if folder.is_dir() and any(folder.iterdir()):
        there.append(f"Dateien in {folder}")
    if there:
        raise DomainError(f"Hier liegt schon etwas: {' und '.join(there)}. Mit --force wird es ersetzt.")


@contextmanager
def _files_put_back(source: Path) -> Iterator[None]:
    """The folder of files replaced; the one of before stays until the end of the block and is back if it fails."""
    if not setting("PICTURES_DIR"):
        yield
        return
    folder = Path(setting("PICTURES_DIR"))
    aside = folder.with_name(f"{folder.name}.{snapshots.ASIDE}")
    if existed := folder.exists():
        folder.rename(aside)
    try:
        shutil.copytree(source, folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if existed:
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _compare(expected: snapshots.Counts) -> None:
    have = snapshots.counts_now()
    if wrong := [name for name, count in expected.items() if have.get(name) != count]:
        raise DomainError(f"Nach dem Einspielen fehlen Zeilen in: {', '.join(wrong)}.")


def _check_keys() -> None:
    lost = {key_id for place in rotation.places() for key_id in rotation.outdated(place)[1]}
    if lost:
        named = ", ".join(sorted(lost))
        raise DomainError(f"In FIELD_KEYS fehlen Schlüssel, mit denen hier etwas versiegelt ist: {named}.")


def _settle(restored: Restored, erasures: Sequence[erasure_journal.Erasure]) -> None:
    """Nobody stays signed in, nobody gets a mail twice: what waited then was probably sent since."""
    with transaction():
        restored.erased = erasure_journal.replay(erasures)
        changed_rows(delete(WebSession))
        waiting = update(OutgoingMail).where(OutgoingMail.state == MailState.QUEUED)
        restored.held_mails = changed_rows(waiting.values(state=MailState.HELD, trouble="restored"))
