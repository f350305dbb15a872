"""Tables as files, read: CSV in any of the usual separators and encodings, and XLSX; `opendocument` reads ODS,
`spreadsheet_writer` writes.

Of a formula what it once gave is read, never the formula.
"""

import csv
import io
import re
import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from wohnberatung.core.texts import clean
from wohnberatung.intake import archives
from wohnberatung.intake.archives import MEGABYTE, Unreadable
from wohnberatung.intake.documents import decode

# 5,000 homes, and what stands above and below them: titles, headings, totals.
MOST_ROWS = 5_100
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
NO_RESULT = "#N/A"
"""A cell whose formula has no result: nothing is said there, and nothing taken back."""
_FAILED = re.compile(r"#(?:N/A|NV|(?:REF|BEZUG|VALUE|WERT|DIV/0|NULL|NUM|ZAHL)!|NAME\?)|Err:\d{3}", re.IGNORECASE)
# How a workbook writes a sign that XML cannot hold: "_x000D_" is the first half of a line break (ECMA-376, ST_Xstring).
_IN_LETTERS = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_SCIENTIFIC = re.compile(r"0E\+", re.IGNORECASE)
# What openpyxl raises besides for a sound archive that holds no sound workbook: parts that are missing (LookupError),
# hold something else than their kind (TypeError, AttributeError) or are no XML (SyntaxError).
_NO_WORKBOOK = (InvalidFileException, LookupError, TypeError, AttributeError, SyntaxError)

Cell = str | bool | float | date


@dataclass(frozen=True)
class Sheet:
    """A table as read from a file: every row that can be seen with its number there, cells as text, number, yes/no or
    day; "" is empty. `hidden` are the numbers of rows that a filter or a person has hidden, `is_hidden` that of the
    whole sheet."""

    rows: Sequence[tuple[int, Sequence[Cell]]]
    name: str = ""
    hidden: Sequence[int] = ()
    is_hidden: bool = False


def read_csv(name: str, data: bytes) -> list[Sheet]:
    """The one sheet of the file. **Raises** `Unreadable` where it is no table or too long."""
    text = decode(data)
    if "\0" in text:
        raise Unreadable(_("%(file)s ist weder OpenImmo noch eine Tabelle (CSV, XLSX oder ODS).", file=name))
    separator, text = _separator(clean(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[Cell]]] = []
    try:
        for cells in reader:
            if len(rows) >= MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise too_long(name)
            rows.append((reader.line_num, [_unescaped(tidy(cell)) for cell in cells]))
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
    """Every sheet. **Raises** `Unreadable` for what is damaged, too large or looks like an attack."""
    check_container(name, data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return [_sheet(name, data, sheet) for sheet in book.worksheets[:MOST_SHEETS]]
        finally:
            book.close()
    except (*archives.DAMAGES, *_NO_WORKBOOK) as error:
        raise Unreadable(
            _("%(file)s lässt sich nicht lesen. Bitte in der Tabellenkalkulation neu als XLSX speichern.", file=name)
        ) from error


def too_long(name: str) -> Unreadable:
    """The refusal of a table beyond our limits."""
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


def check_container(name: str, data: bytes) -> None:
    """Of XLSX and ODS: the directory of the archive, then that no part declares a document type: nothing is ever
    expanded. **Raises** `Unreadable`."""
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


def _sheet(name: str, data: bytes, sheet: Any) -> Sheet:
    # What the file says of its own size may be wrong; what is there counts.
    sheet.reset_dimensions()
    hidden, unworked = _left_out(data, sheet._worksheet_path)
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise too_long(name)
        if number not in hidden:
            rows.append((number, [_cell(cell, unworked) for cell in cells]))
    return Sheet(rows, sheet.title, sorted(hidden), sheet.sheet_state != "visible")


def _left_out(data: bytes, path: str) -> tuple[set[int], set[str]]:
    """What openpyxl forgets of a workbook that it only reads: the numbers of hidden rows, and the cells (as "B3") with
    a formula that nobody has worked out, as programs that are no office program write them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as part:
        parsed = etree.iterparse(part, tag="{*}row", resolve_entities=False, no_network=True, load_dtd=False)
        hidden, unworked = set[int](), set[str]()
        for _event, row in parsed:
            if row.get("hidden") in ("1", "true") and (row.get("r") or "").isdigit():
                hidden.add(int(row.get("r")))
            unworked |= {
                cell.get("r", "")
                for cell in row.iterfind("{*}c")
                if cell.find("{*}f") is not None and not cell.findtext("{*}v")
            }
            row.clear()
    return hidden, unworked


def _cell(cell: Any, unworked: Collection[str]) -> Cell:
    """As text, number, yes/no or day. A number that is shown as 1,00E+06 was something else when it was typed, and is
    handed on as it is shown."""
    value = cell.value
    if value is None:
        return NO_RESULT if unworked and getattr(cell, "coordinate", "") in unworked else ""
    if isinstance(value, bool):
        return value
    if isinstance(value, float) or (isinstance(value, int) and value.bit_length() < _MOST_BITS):
        return _shown_short(value) if _SCIENTIFIC.search(cell.number_format) else float(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else tidy(_IN_LETTERS.sub(lambda code: chr(int(code[1], 16)), str(value)))


def _shown_short(value: float) -> str:
    """With all digits it has, and at least two behind the comma."""
    digits, exponent = f"{value:.14E}".split("E")
    return f"{digits[:4]}{digits[4:].rstrip('0')}E{exponent}".replace(".", ",")


def tidy(text: str) -> str:
    """The text of a cell without what cannot be stored, and no longer than any of ours; `NO_RESULT` for whatever an
    office program writes where a formula failed."""
    kept = clean(text).strip()[:LONGEST_CELL]
    return NO_RESULT if _FAILED.fullmatch(kept) else kept


def _unescaped(text: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return text[1:] if text[:1] == APOSTROPHE and text[1:2] in FORMULA_STARTS and text[1:2] else text
