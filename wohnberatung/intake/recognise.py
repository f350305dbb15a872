"""What a delivered file is shows in its bytes, not in its name: OpenImmo as XML, alone or in a ZIP archive, or a table.

Of an archive only the document is taken here; its pictures are laid aside by `services.enclosures`.
"""

import codecs
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask_babel import gettext as _

from wohnberatung.intake import archives
from wohnberatung.intake.archives import (
    ARCHIVE_ENDINGS,
    MEGABYTE,
    ZIP_STARTS,
    Unreadable,
    document_in,
    is_workbook,
    too_large,
)

OPENIMMO, TABLE = "openimmo", "table"
MAX_UPLOAD = 128 * MEGABYTE
MAX_TABLE = 16 * MEGABYTE
_XML_STARTS = (b"<", b"\xff\xfe<", b"\xfe\xff\0<", b"\0<")
_UTF16_STARTS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Delivery:
    """A delivered file: its name, the SHA-256 of all its bytes, the document in it that is to be read, and as what.

    `enclosed` names the file that its pictures were laid aside in, "" where there are none."""

    name: str
    digest: str
    document_name: str
    document: bytes
    format: str = OPENIMMO
    enclosed: str = ""


def recognise(name: str, stream: IO[bytes]) -> Delivery:
    """A file that somebody sends, of any format we read.

    **Raises** `Unreadable` for what is empty, too large, damaged, or nothing we know.
    """
    if _size(stream) > MAX_UPLOAD:
        raise too_large(name, MAX_UPLOAD)
    stream.seek(0)
    if stream.read(2) == ZIP_STARTS[0][:2] and is_workbook(name, stream):
        return _table(name, stream)
    delivery = openimmo_in(name, stream)
    start = delivery.document[:200].removeprefix(codecs.BOM_UTF8).lstrip()
    return delivery if start.startswith(_XML_STARTS) else _table(name, stream)


def openimmo_file(path: Path) -> Delivery:
    """A file on disk that is to be OpenImmo. **Raises** `Unreadable`."""
    try:
        with path.open("rb") as stream:
            return openimmo_in(path.name, stream)
    except FileNotFoundError as error:
        raise Unreadable(_("%(file)s gibt es nicht. Bitte den Pfad prüfen.", file=str(path))) from error
    except OSError as error:
        raise Unreadable(
            _("%(file)s lässt sich nicht lesen. Bitte prüfen, ob es eine lesbare Datei ist.", file=str(path))
        ) from error


def openimmo_in(name: str, stream: IO[bytes]) -> Delivery:
    """An open file that is to be OpenImmo: the document alone or in an archive. **Raises** `Unreadable`."""
    digest = _digest(name, stream)
    if stream.read(4) in ZIP_STARTS:
        return Delivery(name, digest, *document_in(name, stream))
    if name.lower().endswith(ARCHIVE_ENDINGS):
        raise Unreadable(
            _(
                "%(file)s ist kein lesbares ZIP-Archiv. Bitte als ZIP verpacken oder die XML-Datei einzeln übergeben.",
                file=name,
            )
        )
    if _size(stream) > archives.MAX_DOCUMENT:
        raise too_large(name, archives.MAX_DOCUMENT)
    stream.seek(0)
    return Delivery(name, digest, name, stream.read())


def _table(name: str, stream: IO[bytes]) -> Delivery:
    if _size(stream) > MAX_TABLE:
        raise too_large(name, MAX_TABLE)
    digest = _digest(name, stream)
    document = stream.read()
    is_text = document.startswith(_UTF16_STARTS) or b"\0" not in document[:1000].replace(b"\0\n", b"")
    if not is_text and not document.startswith(ZIP_STARTS):
        raise Unreadable(
            _(
                "%(file)s ist weder OpenImmo (XML oder ZIP) noch eine Tabelle (CSV, XLSX oder ODS). Alte Excel-Dateien"
                " (XLS) bitte als XLSX speichern.",
                file=name,
            )
        )
    return Delivery(name, digest, name, document, TABLE)


def _digest(name: str, stream: IO[bytes]) -> str:
    """Of all bytes; leaves the stream at its beginning."""
    size = _size(stream)
    if size == 0:
        raise Unreadable(_("%(file)s ist leer. Bitte die Ausgabe im Verwaltungsprogramm wiederholen.", file=name))
    if size > archives.MAX_FILE:
        raise too_large(name, archives.MAX_FILE)
    stream.seek(0)
    digest = hashlib.sha256()
    while part := stream.read(MEGABYTE):
        digest.update(part)
    stream.seek(0)
    return digest.hexdigest()


def _size(stream: IO[bytes]) -> int:
    return stream.seek(0, io.SEEK_END)
