"""Tables as files, written: CSV and XLSX that survive being opened and saved in an office program.

What somebody wrote is never taken for a formula: in CSV it gets an apostrophe before it, which reading takes off again;
in XLSX it is marked as text.
"""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import xlsxwriter

from wohnberatung.intake.spreadsheets import APOSTROPHE, FORMULA_STARTS, MOST_ROWS, Cell

_WIDEST, _NARROWEST = 60, 10
# What the format allows for a list of choices; other words may be typed all the same.
_LONGEST_LIST = 255
_NO_FORCE = {"error_type": "information"}


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, numbers with a comma; every field in quotes, as programs that take
    commas for separators too would shift the row."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([_safe(heading) for heading in headings])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def write_xlsx(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell | None]],
    *,
    as_text: Collection[str] = (),
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """One sheet with fixed headings and columns as wide as what stands in them. By heading: `as_text` are columns in
    which nothing that is typed becomes a number or a day, `choices` what can be chosen in a cell."""
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
                if cell is not None and cell != "":
                    if isinstance(cell, str | bool | date):
                        sheet.write_string(number, place, cell if isinstance(cell, str) else _written(cell), text)
                    else:
                        sheet.write_number(number, place, float(cell), plain)
                widths[place] = max(widths[place], len(_written(cell)))
        for place, heading in enumerate(headings):
            width = min(max(widths[place] + 2, _NARROWEST), _WIDEST)
            sheet.set_column(place, place, width, text if heading in as_text else None)
            if words := _fitting((choices or {}).get(heading, ())):
                sheet.data_validation(1, place, MOST_ROWS, place, {"validate": "list", "source": words, **_NO_FORCE})
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, max(len(headings) - 1, 0))
    return target.getvalue()


def _fitting(words: Sequence[str]) -> list[str]:
    """The words, unless they are more than a cell's list may hold, or one holds the comma that parts them."""
    fits = len(",".join(words)) <= _LONGEST_LIST and not any("," in word for word in words)
    return list(words) if fits else []


def _written(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, int | float):
        return f"{cell:.10g}".replace(".", ",")
    return _safe(cell)


def _safe(text: str) -> str:
    return APOSTROPHE + text if text.startswith(FORMULA_STARTS) else text
