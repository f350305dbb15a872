"""Files that organisations send: what they are shows in their bytes, not in their names."""

import codecs
import io
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from flask_babel import gettext as _

from wohnberatung.intake import preflight
from wohnberatung.intake.archives import Delivery, read_stream
from wohnberatung.intake.csv_files import read_csv
from wohnberatung.intake.openimmo import read_openimmo
from wohnberatung.intake.preflight import MEGABYTE, Unreadable
from wohnberatung.intake.records import Transfer
from wohnberatung.intake.tables import TABLE, read_table
from wohnberatung.intake.xlsx_files import is_workbook, read_xlsx

OPENIMMO = "openimmo"
MAX_UPLOAD = 128 * MEGABYTE
MAX_TABLE = 16 * MEGABYTE
_ZIP = b"PK"
_XML_STARTS = (b"<", b"\xff\xfe<", b"\xfe\xff\0<", b"\0<")


@dataclass(frozen=True)
class Upload:
    """A file as sent: its format and what of it is kept for reading."""

    format: str
    delivery: Delivery


def open_upload(name: str, stream: BinaryIO) -> Upload:
    """Recognise the file and take from it what is to be read; pictures in an archive stay outside.

    Raises `Unreadable` for what is empty, too large, damaged, or nothing we know.
    """
    size = stream.seek(0, io.SEEK_END)
    if size > MAX_UPLOAD:
        raise preflight.too_large(name, MAX_UPLOAD)
    if _is_workbook(name, stream):
        return Upload(TABLE, _table(name, stream, size))
    delivery = read_stream(name, stream)
    start = delivery.document[:200].removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(_XML_STARTS):
        return Upload(OPENIMMO, delivery)
    return Upload(TABLE, _table(name, stream, size))


def read_upload(upload: Upload, today: date, provider: tuple[str, str], full: bool) -> Transfer:
    """All records of the file; `provider` is key and name of the organisation, `full` that a table names all it has.

    Raises `Unreadable` with a sentence for the person who sent it.
    """
    delivery = upload.delivery
    if upload.format == OPENIMMO:
        return read_openimmo(delivery, today, provider[1])
    if delivery.document.startswith(_ZIP):
        return read_table(delivery.name, read_xlsx(delivery.name, delivery.document), today, provider, full)
    return read_table(delivery.name, read_csv(delivery.name, delivery.document), today, provider, full)


def _is_workbook(name: str, stream: BinaryIO) -> bool:
    stream.seek(0)
    if stream.read(2) != _ZIP:
        return False
    preflight.check_directory_size(name, stream)
    try:
        return is_workbook(stream)
    except zipfile.BadZipFile as error:
        raise preflight.damaged(name) from error


def _table(name: str, stream: BinaryIO, size: int) -> Delivery:
    if size > MAX_TABLE:
        raise preflight.too_large(name, MAX_TABLE)
    delivery = read_stream(name, stream, whole=True)
    if not delivery.document.startswith(_ZIP) and b"\0" in delivery.document[:1000].replace(b"\0\n", b""):
        text = delivery.document.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if not text:
            raise Unreadable(
                _(
                    "%(file)s ist weder OpenImmo (XML oder ZIP) noch eine Tabelle (CSV oder XLSX). Alte Excel-Dateien"
                    " (XLS) bitte als XLSX speichern.",
                    file=name,
                )
            )
    return delivery
