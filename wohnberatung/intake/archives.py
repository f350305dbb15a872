"""ZIP archives: what they must not be, judged from their directory alone before anything is unpacked; then the one
document in them.

Limits are generous for real deliveries (hundreds of flats with photographs) and far below what hurts a small server.
Refused: bombs by size, number or ratio, entries that share bytes, names that point out of the archive, archives in
archives, encrypted entries. Nothing is ever written under a name the archive gives; only one entry is read, into
memory.
"""

import io
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import PureWindowsPath
from typing import IO

from flask_babel import gettext as _

from wohnberatung.core.errors import DomainError

MEGABYTE = 1024 * 1024
MAX_FILE = 512 * MEGABYTE
MAX_DOCUMENT = 64 * MEGABYTE
MAX_UNPACKED = 2048 * MEGABYTE
MAX_ENTRIES = 20_000
MAX_DIRECTORY = 8 * MEGABYTE
# Deflate reaches 1,000:1 on a bomb; XML with its repeated tags stays well below 100:1.
MAX_RATIO = 200
RATIO_MATTERS_FROM = MEGABYTE

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
ARCHIVE_ENDINGS = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".zst")
_LOCAL_HEADER_SIZE = 30
_END_RECORD = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR_SIZE = 20
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1
# What a spreadsheet holds: XLSX, ODS.
OPENDOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_WORKBOOKS = (frozenset({"xl/workbook.xml"}), frozenset({"content.xml", "mimetype"}))
# What `zipfile` of CPython 3.11 raised for 60,000 archives of which one to three bytes had been changed.
DAMAGES = (
    zipfile.BadZipFile,  # wherever it looked
    zlib.error,  # the packed bytes do not unpack
    RuntimeError,  # a password is asked for; as NotImplementedError: a way of packing or a version it does not know
    EOFError,  # an entry ends before its size
    ValueError,  # an offset before the file's beginning, a name that is no text
    OSError,  # the packed bytes are said to be bzip2
)


class Unreadable(DomainError):
    """The file cannot be taken; the message names the file, the fault and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "file")


def damaged(name: str) -> Unreadable:
    return Unreadable(
        _(
            "Das ZIP-Archiv %(file)s ist beschädigt oder unvollständig übertragen."
            " Bitte neu verpacken und noch einmal übertragen.",
            file=name,
        )
    )


def too_large(name: str, limit: int) -> Unreadable:
    return Unreadable(
        _(
            "%(file)s ist zu groß; erlaubt sind %(limit)s MB. Bitte auf mehrere Lieferungen aufteilen.",
            file=name,
            limit=limit // MEGABYTE,
        )
    )


def is_workbook(name: str, stream: IO[bytes]) -> bool:
    """Whether a spreadsheet is in this archive. **Raises** `Unreadable` for a damaged one."""
    check_directory_size(name, stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            return any(parts <= names for parts in _WORKBOOKS)
    except DAMAGES as error:
        raise damaged(name) from error


def document_in(name: str, stream: IO[bytes]) -> tuple[str, bytes]:
    """Name and bytes of the one XML document in the archive; of one with photographs only that comes into memory.

    **Raises** `Unreadable` for a dangerous or damaged archive, and where there is no document or are several.
    """
    check_directory_size(name, stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            check_entries(name, archive)
            entry = _only_document(name, archive.infolist())
            if entry.file_size > MAX_DOCUMENT:
                raise too_large(entry.filename, MAX_DOCUMENT)
            with archive.open(entry) as document:
                # A bounded read: the directory may understate the size, `read()` would inflate all there is.
                return entry.filename, document.read(entry.file_size + 1)
    except DAMAGES as error:
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


def check_directory_size(name: str, stream: IO[bytes]) -> None:
    """Look at the end record before `zipfile` builds an object for every entry of an endless directory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _ZIP64_LOCATOR_SIZE - _END_RECORD.size - _LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise damaged(name)
    entries, directory_size = _END_RECORD.unpack_from(tail, at)[4:6]
    is_zip64 = tail[max(0, at - _ZIP64_LOCATOR_SIZE) : at].startswith(b"PK\x06\x07")
    if is_zip64 or entries > MAX_ENTRIES or directory_size > MAX_DIRECTORY:
        raise Unreadable(
            _(
                "Das ZIP-Archiv %(file)s enthält zu viele Dateien; erlaubt sind %(limit)s."
                " Bitte auf mehrere Lieferungen aufteilen.",
                file=name,
                limit=MAX_ENTRIES,
            )
        )


def check_entries(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse dangerous names, sizes, ratios and overlaps; raises `Unreadable`."""
    entries = archive.infolist()
    for entry in entries:
        _check_name(name, entry)
        _check_method(name, entry)
        _check_ratio(name, entry)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise too_large(name, MAX_UNPACKED)
    _check_overlaps(name, entries, archive.start_dir)


def _check_name(name: str, entry: zipfile.ZipInfo) -> None:
    path = PureWindowsPath(entry.filename)  # understands / and \ and drive letters
    if path.anchor or ".." in path.parts:
        raise Unreadable(
            _(
                "Das ZIP-Archiv %(file)s enthält den unzulässigen Dateinamen „%(entry)s“, der aus dem Archiv"
                " hinausführt. Bitte neu verpacken, mit einfachen Dateinamen.",
                file=name,
                entry=entry.filename[:80],
            )
        )
    if path.suffix.lower() in ARCHIVE_ENDINGS:
        raise Unreadable(
            _(
                "Im ZIP-Archiv %(file)s steckt ein weiteres Archiv, „%(entry)s“."
                " Bitte das innere Archiv einzeln übergeben.",
                file=name,
                entry=entry.filename[:80],
            )
        )


def _check_method(name: str, entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(
            _(
                "Das ZIP-Archiv %(file)s ist mit einem Kennwort geschützt. Bitte ohne Kennwort verpacken.",
                file=name,
            )
        )
    # Only these two can be read in bounded steps.
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(
            _(
                "Das ZIP-Archiv %(file)s ist mit einem unüblichen Verfahren gepackt."
                " Bitte als gewöhnliches ZIP verpacken.",
                file=name,
            )
        )


def _check_ratio(name: str, entry: zipfile.ZipInfo) -> None:
    if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
        raise Unreadable(
            _(
                "„%(entry)s“ im ZIP-Archiv %(file)s ist verdächtig stark verdichtet (wie eine ZIP-Bombe)."
                " Bitte die Datei unverpackt übergeben.",
                file=name,
                entry=entry.filename[:80],
            )
        )


def _check_overlaps(name: str, entries: list[zipfile.ZipInfo], directory_start: int) -> None:
    """Entries that share bytes are how a small archive unpacks to terabytes."""
    spans = sorted(
        (entry.header_offset, entry.header_offset + _LOCAL_HEADER_SIZE + entry.compress_size) for entry in entries
    )
    spans.append((directory_start, directory_start))
    if any(end > start for (_begin, end), (start, _end) in pairwise(spans)):
        raise damaged(name)
