"""Tables in the OpenDocument format (ODS), read from their one document; cells as `spreadsheets` gives them."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.intake import archives
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.documents import parse_document
from wohnberatung.intake.spreadsheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Cell,
    Sheet,
    check_container,
    tidy,
    too_long,
)

_CONTENT = "content.xml"
# Programs write the empty rest of a sheet as one row or cell that is repeated to its end.
_HEADER_GROUPS = ("table-header-rows", "table-rows", "table-row-group")
_NUMBERS = ("float", "percentage", "currency")
_GAPS = ("s", "tab", "line-break")


def read_ods(name: str, data: bytes) -> list[Sheet]:
    """Every sheet. **Raises** `Unreadable` for what is damaged, too large or looks like an attack."""
    check_container(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read(_CONTENT)
    except (*archives.DAMAGES, KeyError) as error:
        raise Unreadable(
            _("%(file)s lässt sich nicht lesen. Bitte in der Tabellenkalkulation neu als XLSX speichern.", file=name)
        ) from error
    root = parse_document(name, content)
    hiding = {
        _attribute(style, "name")
        for style in root.iter("style")
        if any(_attribute(part, "display") == "false" for part in style.iter("table-properties"))
    }
    return [_sheet(name, table, hiding) for table in list(root.iter("table"))[:MOST_SHEETS]]


def _sheet(name: str, table: etree._Element, hiding: set[str]) -> Sheet:
    rows: list[tuple[int, list[Cell]]] = []
    hidden: list[int] = []
    number = 0
    for row in _rows_of(table):
        cells, times = _cells(name, row), _repeated(row, "number-rows-repeated")
        if not cells:
            number += times
            continue
        if number + times > MOST_ROWS:
            raise too_long(name)
        numbers = range(number + 1, number + times + 1)
        if _attribute(row, "visibility") in ("filter", "collapse"):
            hidden += numbers
        else:
            rows += [(each, cells) for each in numbers]
        number += times
    return Sheet(rows, _attribute(table, "name"), hidden, _attribute(table, "style-name") in hiding)


def _rows_of(part: etree._Element) -> Iterator[etree._Element]:
    for child in part:
        if child.tag == "table-row":
            yield child
        elif child.tag in _HEADER_GROUPS:
            yield from _rows_of(child)


def _cells(name: str, row: etree._Element) -> list[Cell]:
    """Up to the last that holds something."""
    cells: list[Cell] = []
    blanks = 0
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        value, times = _value(cell), _repeated(cell, "number-columns-repeated")
        if value == "":
            blanks += times
            continue
        if len(cells) + blanks + times > MOST_COLUMNS:
            raise too_long(name)
        cells += [""] * blanks + [value] * times
        blanks = 0
    return cells


def _value(cell: etree._Element) -> Cell:
    kind, value = _attribute(cell, "value-type"), _attribute(cell, "value")
    text = tidy("\n".join(_words(line) for line in cell if line.tag == "p"))
    try:
        if kind == "date":
            return date.fromisoformat(_attribute(cell, "date-value")[:10])
        if kind in _NUMBERS:
            # Shown as 1,00E+06 it was something else when it was typed.
            return text if "E+" in text.upper() else float(value)
    except ValueError:
        return text
    return _attribute(cell, "boolean-value") == "true" if kind == "boolean" else text


def _words(line: etree._Element) -> str:
    """The text of a paragraph, in which blanks, tabs and breaks are elements: "5<tab/>12" is not 512."""
    for gap in line.iter(*_GAPS):
        gap.text = " "
    return "".join(line.itertext())


def _repeated(element: etree._Element, name: str) -> int:
    times = _attribute(element, name)
    return int(times) if times.isdigit() and len(times) < 9 else 1


def _attribute(element: etree._Element, name: str) -> str:
    """Whatever its namespace is called."""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
