"""Tables as files for people: CSV that German spreadsheet programs open with a double click, and XLSX.

What somebody wrote is never taken for a formula: in CSV it gets an apostrophe before it, which the reader takes
off again; in XLSX it is marked as text.
"""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Cell = str | float | bool | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
APOSTROPHE = "'"
_WIDEST, _NARROWEST = 60, 10


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, numbers with a comma."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(heading) for heading in headings])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
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


def unescaped(text: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return text[1:] if text[:1] == APOSTROPHE and text[1:2] in FORMULA_STARTS and text[1:2] else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, int | float):
        return f"{cell:.10g}".replace(".", ",")
    return _safe(cell)


def _safe(text: str) -> str:
    return APOSTROPHE + text if text.startswith(FORMULA_STARTS) else text
