"""Lists of other things than homes, read as every table is: the same files, limits and repairs of what office programs
do to cells. What a row means is for whoever asked for the list to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from flask_babel import gettext as _

from wohnberatung.bridge.imports import bare
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.cells import text_of
from wohnberatung.intake.recognise import TABLE, recognise
from wohnberatung.intake.spreadsheets import NO_RESULT, Cell, Sheet
from wohnberatung.intake.tables import read_sheets

_LINES_LOOKED_AT = 20
_FEWEST_KNOWN = 2


@dataclass(frozen=True)
class PlainRow:
    """A row that holds something: where it stands in words, and its cells as text by heading, empty ones left out."""

    where: str
    cells: dict[str, str]


@dataclass(frozen=True)
class PlainList:
    """The rows below the headings of all sheets that have some, and in words what of the file is not read."""

    rows: tuple[PlainRow, ...]
    notes: tuple[str, ...]


def read_list(name: str, stream: IO[bytes], knows: Callable[[str], bool]) -> PlainList:
    """The rows of a CSV, XLSX or ODS file; `knows` says of a heading (`bare`) whether it means something.

    Raises Unreadable for what is no such table, and where no line has at least two headings that are known.
    """
    delivery = recognise(name, stream)
    if delivery.format != TABLE:
        raise Unreadable(_("%(file)s ist keine Tabelle. Erwartet wird CSV, XLSX oder ODS.", file=name))
    sheets = [sheet for sheet in read_sheets(name, delivery.document) if not sheet.is_hidden]
    found = [(sheet, at) for sheet in sheets if (at := _headings_at(sheet, knows)) is not None]
    if not found:
        raise Unreadable(
            _("In %(file)s erkennen wir keine Überschriften. Die erste Zeile muss die Spalten nennen.", file=name)
        )
    several, notes = len(found) > 1, []
    rows: list[PlainRow] = []
    for sheet, at in found:
        headings = [text_of(cell) for cell in sheet.rows[at][1]]
        unknown = [heading for heading in headings if heading and not knows(bare(heading))]
        if unknown:
            notes.append(_("Nicht gelesen werden die Spalten: %(names)s.", names=", ".join(unknown)))
        if sheet.hidden:
            notes.append(_("Ausgeblendete Zeilen werden nicht gelesen: %(rows)s.", rows=_numbers(sheet.hidden)))
        below = (_row(sheet.name if several else "", number, headings, cells) for number, cells in sheet.rows[at + 1 :])
        rows += [row for row in below if row.cells]
    return PlainList(tuple(rows), tuple(notes))


def _headings_at(sheet: Sheet, knows: Callable[[str], bool]) -> int | None:
    known = [sum(knows(bare(text_of(cell))) for cell in cells) for _number, cells in sheet.rows[:_LINES_LOOKED_AT]]
    best = max(known, default=0)
    return known.index(best) if best >= _FEWEST_KNOWN else None


def _row(sheet: str, number: int, headings: Sequence[str], cells: Sequence[Cell]) -> PlainRow:
    where = _("Zeile %(number)s", number=number)
    texts = {
        bare(heading): _written(cell)
        for heading, cell in zip(headings, cells, strict=False)
        if heading and cell not in ("", NO_RESULT)
    }
    return PlainRow(_("Blatt %(sheet)s, %(row)s", sheet=sheet[:40], row=where) if sheet else where, texts)


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    return cell.strip() if isinstance(cell, str) else text_of(cell)


def _numbers(hidden: Sequence[int]) -> str:
    return ", ".join(map(str, hidden[:20])) + (" …" if len(hidden) > 20 else "")
