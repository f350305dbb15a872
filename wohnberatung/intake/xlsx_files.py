"""Tables of spreadsheet programs (XLSX), read under limits: what a formula once gave, never the formula."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from flask_babel import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wohnberatung.intake import preflight
from wohnberatung.intake.csv_files import too_long
from wohnberatung.intake.preflight import MEGABYTE, Unreadable
from wohnberatung.intake.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Cell, Sheet

MOST_UNPACKED = 128 * MEGABYTE
MOST_SHEETS = 10
_WORKBOOK = "xl/workbook.xml"
_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")


def is_workbook(stream: BinaryIO) -> bool:
    """Whether this archive has a workbook in it; raises BadZipFile for what is no archive."""
    with zipfile.ZipFile(stream) as archive:
        return _WORKBOOK in archive.namelist()


def read_xlsx(name: str, data: bytes) -> list[Sheet]:
    """Every visible sheet; raises `Unreadable` for what is damaged, too large or looks like an attack."""
    _check(name, data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
            return [Sheet(list(_rows(name, sheet))) for sheet in sheets]
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        raise Unreadable(
            _("%(file)s lässt sich nicht lesen. Bitte in der Tabellenkalkulation neu als XLSX speichern.", file=name)
        ) from error


def _check(name: str, data: bytes) -> None:
    """The directory of the archive, then that no part declares a document type: nothing is ever expanded."""
    stream = io.BytesIO(data)
    preflight.check_directory_size(name, stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            preflight.check_entries(name, archive)
            entries = [entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise preflight.too_large(name, MOST_UNPACKED)
            for entry in entries:
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(4096).upper():
                        raise preflight.damaged(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise preflight.damaged(name) from error


def _rows(name: str, sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    # What the file says of its own size may be wrong; what is there counts.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise too_long(name)
        yield number, [_cell(value) for value in cells]


def _cell(value: Any) -> Cell:
    """As text, number or yes/no; days the German way, formula errors as nothing."""
    if value is None or value in _ERRORS:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    return str(value).strip()[:LONGEST_CELL]
