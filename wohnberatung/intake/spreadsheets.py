"""Tables as files, read and written: CSV in any of the usual separators and encodings, and XLSX.

Of a formula what it once gave is read, never the formula. What somebody wrote is never taken for one either: in CSV it
gets an apostrophe before it, which reading takes off again; in XLSX it is marked as text.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from flask_babel import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wohnberatung.core.texts import clean
from wohnberatung.intake import archives
from wohnberatung.intake.archives import MEGABYTE, Unreadable
from wohnberatung.intake.documents import decode

MOST_ROWS = 5_000
MOST_COLUMNS = 300
LONGEST_CELL = 10_000
MOST_SHEETS = 10
MOST_UNPACKED = 128 * MEGABYTE
SEPARATORS = ";\t,|"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
APOSTROPHE = "'"
_LINES_LOOKED_AT = 20
# A whole number beyond what a float holds stays the text that it is, so that its field refuses it and not the file.
_MOST_BITS = 1024
# Excel's own hint in the first line.
_HINT = "sep="
_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")
_WIDEST, _NARROWEST = 60, 10
# What openpyxl raises besides for a sound archive that holds no sound workbook: parts that are missing (LookupError),
# hold something else than their kind (TypeError, AttributeError) or are no XML (SyntaxError).
_NO_WORKBOOK = (InvalidFileException, LookupError, TypeError, AttributeError, SyntaxError)

Cell = str | bool | float


@dataclass(frozen=True)
class Sheet:
    """A table as read from a file: every row with its number there, cells as text, number or yes/no; "" is empty."""

    rows: Sequence[tuple[int, Sequence[Cell]]]


def read_sheets(name: str, data: bytes) -> list[Sheet]:
    """The sheets of a table of either kind. **Raises** `Unreadable` for what is damaged, too large or no table."""
    return read_xlsx(name, data) if data.startswith(archives.ZIP_STARTS) else read_csv(name, data)


def read_csv(name: str, data: bytes) -> list[Sheet]:
    """The one sheet of the file. **Raises** `Unreadable` where it is no table or too long."""
    text = decode(data)
    if "\0" in text:
        raise Unreadable(_("%(file)s ist weder OpenImmo noch eine Tabelle (CSV oder XLSX).", file=name))
    separator, text = _separator(clean(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for cells in reader:
            if len(rows) >= MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise _too_long(name)
            rows.append((reader.line_num, [_unescaped(cell.strip())[:LONGEST_CELL] for cell in cells]))
    except csv.Error as error:
        raise Unreadable(
            _(
                "%(file)s ist in Zeile %(line)s keine lesbare Tabelle. Bitte als CSV oder XLSX neu speichern.",
                file=name,
                line=reader.line_num,
            )
        ) from error
    return [Sheet(rows)]


def read_xlsx(name: str, data: bytes) -> list[Sheet]:
    """Every visible sheet. **Raises** `Unreadable` for what is damaged, too large or looks like an attack."""
    _check_workbook(name, data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
            return [Sheet(list(_rows(name, sheet))) for sheet in sheets]
        finally:
            book.close()
    except (*archives.DAMAGES, *_NO_WORKBOOK) as error:
        raise Unreadable(
            _("%(file)s lässt sich nicht lesen. Bitte in der Tabellenkalkulation neu als XLSX speichern.", file=name)
        ) from error


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, numbers with a comma."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(heading) for heading in headings])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> bytes:
    """One sheet with fixed headings and columns as wide as what stands in them."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold, plain = book.add_format({"bold": True, "text_wrap": True, "valign": "top"}), book.add_format({})
        text = book.add_format({"num_format": "@"})
        sheet.write_row(0, 0, headings, bold)
        widths = [len(heading) for heading in headings]
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str) and cell:
                    sheet.write_string(number, place, cell, text)
                elif isinstance(cell, bool):
                    sheet.write_string(number, place, _written(cell), text)
                elif cell is not None and cell != "":
                    sheet.write_number(number, place, float(cell), plain)
                widths[place] = max(widths[place], len(_written(cell)))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width + 2, _NARROWEST), _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, max(len(headings) - 1, 0))
    return target.getvalue()


def _too_long(name: str) -> Unreadable:
    return Unreadable(
        _(
            "%(file)s ist zu groß; erlaubt sind %(rows)s Zeilen und %(columns)s Spalten. Bitte aufteilen.",
            file=name,
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        )
    )


def _separator(text: str) -> tuple[str, str]:
    """The separator that stands most often in the first lines outside of quotes, and the text without Excel's hint."""
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith(_HINT) and len(first.strip()) == len(_HINT) + 1:
        return first.strip()[-1], rest
    start = "\n".join(text.splitlines()[:_LINES_LOOKED_AT])
    bare = "".join(start.split('"')[::2])
    return max(SEPARATORS, key=bare.count), text


def _check_workbook(name: str, data: bytes) -> None:
    """The directory of the archive, then that no part declares a document type: nothing is ever expanded."""
    stream = io.BytesIO(data)
    archives.check_directory_size(name, stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            archives.check_entries(name, archive)
            entries = [entry for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise archives.too_large(name, MOST_UNPACKED)
            for entry in entries:
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(4096).upper():
                        raise archives.damaged(name)
    except archives.DAMAGES as error:
        raise archives.damaged(name) from error


def _rows(name: str, sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    # What the file says of its own size may be wrong; what is there counts.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise _too_long(name)
        yield number, [_cell(value) for value in cells]


def _cell(value: Any) -> Cell:
    """As text, number or yes/no; days the German way, formula errors as nothing."""
    if value is None or value in _ERRORS:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, float) or (isinstance(value, int) and value.bit_length() < _MOST_BITS):
        return float(value)
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    return clean(str(value)).strip()[:LONGEST_CELL]


def _unescaped(text: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return text[1:] if text[:1] == APOSTROPHE and text[1:2] in FORMULA_STARTS and text[1:2] else text


def _written(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, int | float):
        return f"{cell:.10g}".replace(".", ",")
    return _safe(cell)


def _safe(text: str) -> str:
    return APOSTROPHE + text if text.startswith(FORMULA_STARTS) else text
