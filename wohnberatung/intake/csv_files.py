"""Tables as text: any of the usual separators and encodings, with or without a byte order mark."""

import csv
import io

from flask_babel import gettext as _

from wohnberatung.intake.documents import decode
from wohnberatung.intake.preflight import Unreadable
from wohnberatung.intake.table_files import unescaped
from wohnberatung.intake.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet

SEPARATORS = ";\t,|"
_LINES_LOOKED_AT = 20
# Excel's own hint in the first line.
_HINT = "sep="


def read_csv(name: str, data: bytes) -> list[Sheet]:
    """The one sheet of the file; raises `Unreadable` where it is no table or too long."""
    text = decode(data)
    if "\0" in text:
        raise Unreadable(_("%(file)s ist weder OpenImmo noch eine Tabelle (CSV oder XLSX).", file=name))
    separator, text = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = []
    try:
        for cells in reader:
            if len(rows) >= MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise too_long(name)
            rows.append((reader.line_num, [unescaped(cell.strip())[:LONGEST_CELL] for cell in cells]))
    except csv.Error as error:
        raise Unreadable(
            _(
                "%(file)s ist in Zeile %(line)s keine lesbare Tabelle. Bitte als CSV oder XLSX neu speichern.",
                file=name,
                line=reader.line_num,
            )
        ) from error
    return [Sheet(rows)]


def too_long(name: str) -> Unreadable:
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
