"""Opening a delivered file: one XML document, alone or in a ZIP archive.

Nothing is ever written under a name the archive gives; only the one XML entry is read, into memory.
"""

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from flask_babel import gettext as _

from wohnberatung.intake import preflight
from wohnberatung.intake.preflight import Unreadable, damaged, too_large

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True)
class Delivery:
    """A delivered file: its name, the SHA-256 of all its bytes and the XML document in it."""

    name: str
    digest: str
    document_name: str
    document: bytes


def open_delivery(path: Path) -> Delivery:
    """Read a file from disk; raises `Unreadable`."""
    try:
        with path.open("rb") as stream:
            return read_stream(path.name, stream)
    except FileNotFoundError as error:
        raise Unreadable(_("%(file)s gibt es nicht. Bitte den Pfad prüfen.", file=str(path))) from error
    except OSError as error:
        raise Unreadable(
            _("%(file)s lässt sich nicht lesen. Bitte prüfen, ob es eine lesbare Datei ist.", file=str(path))
        ) from error


def read_delivery(name: str, data: bytes) -> Delivery:
    """The XML document of a file in memory; raises `Unreadable`."""
    return read_stream(name, io.BytesIO(data))


def read_stream(name: str, stream: BinaryIO, *, whole: bool = False) -> Delivery:
    """The XML document of an open file; of an archive with photographs only that comes into memory. `whole`: the
    file itself is the document, whatever it is. Raises `Unreadable`."""
    size = stream.seek(0, io.SEEK_END)
    _check_size(name, size)
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    if whole:
        return Delivery(name, digest, name, stream.read())
    if stream.read(4) in _ZIP_STARTS:
        return Delivery(name, digest, *_document_of(name, stream))
    if name.lower().endswith(preflight.ARCHIVE_ENDINGS):
        raise Unreadable(
            _(
                "%(file)s ist kein lesbares ZIP-Archiv. Bitte als ZIP verpacken oder die XML-Datei einzeln übergeben.",
                file=name,
            )
        )
    if size > preflight.MAX_DOCUMENT:
        raise too_large(name, preflight.MAX_DOCUMENT)
    stream.seek(0)
    return Delivery(name, digest, name, stream.read())


def _check_size(name: str, size: int) -> None:
    if size == 0:
        raise Unreadable(_("%(file)s ist leer. Bitte die Ausgabe im Verwaltungsprogramm wiederholen.", file=name))
    if size > preflight.MAX_FILE:
        raise too_large(name, preflight.MAX_FILE)


def _document_of(name: str, stream: BinaryIO) -> tuple[str, bytes]:
    preflight.check_directory_size(name, stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            preflight.check_entries(name, archive)
            entry = _only_document(name, archive.infolist())
            if entry.file_size > preflight.MAX_DOCUMENT:
                raise too_large(entry.filename, preflight.MAX_DOCUMENT)
            with archive.open(entry) as document:
                # A bounded read: the directory may understate the size, `read()` would inflate all there is.
                return entry.filename, document.read(entry.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise damaged(name) from error


def _only_document(name: str, entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    documents = [entry for entry in entries if _is_document(entry)]
    if not documents:
        raise Unreadable(
            _(
                "Im ZIP-Archiv %(file)s ist keine XML-Datei. Erwartet wird ein Archiv mit genau einer"
                " OpenImmo-Datei und, wenn vorhanden, ihren Bildern.",
                file=name,
            )
        )
    if len(documents) > 1:
        raise Unreadable(
            _(
                "Im ZIP-Archiv %(file)s sind mehrere XML-Dateien: %(documents)s."
                " Bitte je Lieferung ein Archiv übergeben.",
                file=name,
                documents=", ".join(entry.filename[:80] for entry in documents[:5]),
            )
        )
    return documents[0]


def _is_document(entry: zipfile.ZipInfo) -> bool:
    path = PureWindowsPath(entry.filename)
    # macOS adds "__MACOSX/._name.xml" beside every file: not a document.
    return path.suffix.lower() == ".xml" and not path.name.startswith(".") and not entry.is_dir()
