"""One backup: the database at one moment, then every file that its rows name, and a list of it all, sealed.

A file is written before its row is committed, so whatever the snapshot names is there afterwards, except what was
deleted in between; that is to be gone anyway.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple, cast

from wohnberatung.backup import snapshots
from wohnberatung.backup.sealed_stream import SealingWriter
from wohnberatung.core import clock, schema_version
from wohnberatung.core.errors import DomainError
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import transaction
from wohnberatung.privacy import erasure_journal

DATABASE, FILES, LIST = "database", "files/", "list.json"


class Made(NamedTuple):
    """What a backup holds."""

    rows: int
    files: int
    size: int


def make(target: Path, recipient: bytes, overwrite: bool = False) -> Made:
    """Write a backup to `target`; it is there whole or not at all. Raises DomainError and OSError."""
    if target.exists() and not overwrite:
        raise DomainError(f"{target} gibt es schon; mit --force wird die Datei ersetzt.")
    if not snapshots.table_names():
        raise DomainError("Die Datenbank ist leer: Es gibt nichts zu sichern.")
    with transaction():
        erasure_journal.catch_up()
    draft = target.with_name(f".{target.name}.{token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with SealingWriter(file, recipient) as sealing:
                rows, files = _fill(sealing)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return Made(rows, files, size)


def _fill(sealing: SealingWriter) -> tuple[int, int]:
    hashes: dict[str, str] = {}
    revision = schema_version.current_revision()
    with (
        tempfile.TemporaryDirectory(prefix="wohnberatung-") as folder,
        tarfile.open(fileobj=cast(Any, sealing), mode="w|") as tar,
    ):
        snapshot = Path(folder) / DATABASE
        counts = snapshots.take(snapshot)
        hashes[DATABASE] = _add(tar, DATABASE, snapshot)
        for path in _files():
            name = FILES + path.relative_to(_folder()).as_posix()
            try:
                hashes[name] = _add(tar, name, path)
            except FileNotFoundError:
                continue
        told = {
            "kind": snapshots.kind(),
            "revision": revision,
            "release": version("wohnberatung"),
            "made_at": clock.now().isoformat(),
            "rows": counts,
            "sha256": hashes,
        }
        content = json.dumps(told).encode()
        entry = tarfile.TarInfo(LIST)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return sum(counts.values()), len(hashes) - 1


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Files never change once they have their name, so what is hashed is what is stored."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = file.tell(), 0o600
        file.seek(0)
        tar.addfile(entry, file)
    return digest


def _folder() -> Path:
    return Path(setting("PICTURES_DIR"))


def _files() -> Iterator[Path]:
    """Two levels deep, as pictures and papers lie; drafts of files being written have one more ending."""
    if setting("PICTURES_DIR"):
        yield from (path for path in sorted(_folder().glob("*/*")) if path.is_file() and path.name.count(".") < 2)
