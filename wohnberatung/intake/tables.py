"""Rows of a table, whatever file it came in, become records. One row is one home; `headings` says which column names
the place of a home, which one of its facts.

A faulty row is told and left out, the others come: unlike a program's delivery, a table is put right by hand. But
a full list with a row that nobody can tell apart ends nothing, as that row may be the home that seems to be gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from wohnberatung.bridge.imports import bare
from wohnberatung.intake.archives import OPENDOCUMENT, ZIP_STARTS, Unreadable
from wohnberatung.intake.cells import (
    text_of,
)
from wohnberatung.intake.headings import (
    IDENTITIES,
    LONGEST_EXAMPLE,
    REMARKS,
    Column,
    Kind,
    Meaning,
    OwnWords,
    columns_of,
    find_headings,
    meaning,
    same_words,
    unknown_words,
)
from wohnberatung.intake.opendocument import read_ods
from wohnberatung.intake.openimmo import one_of_each
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.result import ImportResult, Provider
from wohnberatung.intake.rows import Row, Whereabouts, is_example, read_row
from wohnberatung.intake.spreadsheets import Cell, Sheet, read_csv, read_xlsx

_MOST_NAMED = 20


@dataclass(frozen=True)
class HomesTable:
    """A sheet of homes: its name where the file has several of them, its headings, and the rows below by number."""

    sheet: str
    headings: Sequence[str]
    body: Sequence[tuple[int, Sequence[Cell]]]

    def columns(self, own: OwnWords) -> tuple[Column, ...]:
        """The columns that hold something, with what is known of them."""
        return columns_of(self.headings, [self._examples(place) for place in range(len(self.headings))], own)

    def is_of_homes(self, own: OwnWords) -> bool:
        """Whether any heading is known."""
        return any(meaning(heading, own) for heading in self.headings)

    def _examples(self, place: int) -> list[str]:
        cells = (cells[place] for _number, cells in self.body if place < len(cells))
        return list(dict.fromkeys(text_of(cell)[:LONGEST_EXAMPLE] for cell in cells if cell != ""))


@dataclass(frozen=True)
class TableFile:
    """The sheets of a file that hold homes, in words what of it is not read, and whether rows of it are not."""

    name: str
    tables: Sequence[HomesTable]
    notes: tuple[str, ...]
    has_hidden_rows: bool

    def columns(self, own: OwnWords) -> tuple[Column, ...]:
        """Of all sheets, each heading once."""
        found = {column.heading: column for table in reversed(self.tables) for column in reversed(table.columns(own))}
        return tuple(reversed(found.values()))


def open_table(delivery: Delivery, own: OwnWords) -> TableFile:
    """The sheets with headings. **Raises** `Unreadable` where the file is no table, or no sheet of it is one of
    homes."""
    name = delivery.name
    sheets = [sheet for sheet in read_sheets(name, delivery.document) if any(map(_filled, sheet.rows))]
    found = [(sheet, None if sheet.is_hidden else _headed(sheet, own, len(sheets) > 1)) for sheet in sheets]
    # Beside a sheet of homes, one that begins with words nobody knows is something else.
    known = [table for _sheet, table in found if table and table.is_of_homes(own)]
    tables = known or [table for _sheet, table in found if table]
    if not tables:
        raise Unreadable(
            _(
                "In %(file)s erkennen wir keine Überschriften. Die erste Zeile muss die Spalten nennen, zum Beispiel"
                " Objektnummer, Straße, Hausnummer, Postleitzahl, Warmmiete. Eine Vorlage steht auf der Seite"
                " „Angebote einlesen“.",
                file=name,
            )
        )
    left = [sheet.name for sheet, table in found if table not in tables]
    notes = [_unread_sheets(left)] if left else []
    notes += [_hidden_rows(sheet) for sheet, table in found if table in tables and sheet.hidden]
    return TableFile(name, tables, tuple(notes), any(sheet.hidden for sheet, _table in found))


def read_sheets(name: str, data: bytes) -> list[Sheet]:
    """The sheets of a table of any kind. **Raises** `Unreadable` for what is damaged, too large or no table."""
    if not data.startswith(ZIP_STARTS):
        return read_csv(name, data)
    return read_ods(name, data) if OPENDOCUMENT in data[:200] else read_xlsx(name, data)


def read_table(
    delivery: Delivery, today: date, provider: Provider, full: bool = False, own: OwnWords | None = None
) -> ImportResult:
    """All homes of the sheets that have headings we know; `full`: the table names all that the provider has; `own`:
    what the organisation said its headings mean.

    **Raises** `Unreadable` where the file is no table, or no sheet of it is one of homes.
    """
    return read_homes(open_table(delivery, own or {}), today, provider, full, own or {})


def read_homes(file: TableFile, today: date, provider: Provider, full: bool, own: OwnWords) -> ImportResult:
    """As `read_table`, of a table that is open."""
    records: list[Row] = []
    for table in file.tables:
        columns = [meaning(heading, own) for heading in table.headings]
        if not names_identity(columns):
            raise Unreadable(
                _(
                    "In %(file)s fehlt eine Spalte „Objektnummer“. Ohne Nummer lässt sich eine Wohnung beim nächsten"
                    " Mal nicht wiedererkennen. Bitte ergänzen Sie die Spalte.",
                    file=file.name,
                )
            )
        # A table of faulty values is to change these alone, and other cells of its rows are empty from the outset.
        is_report = any(bare(heading) in REMARKS for heading in table.headings)
        records += [
            read_row(columns, cells, Whereabouts(provider[0], table.sheet, number, today), is_report=is_report)
            for number, cells in table.body
            if not is_example(columns, cells)
        ]
    doubtful = file.has_hidden_rows or any(record.nameless for record in records)
    twice = dict.fromkeys(note for table in file.tables for note in same_words(table.columns(own)))
    notes = (*unknown_words(file.columns(own)), *twice, *file.notes)
    if full and doubtful:
        notes += (
            _("Weil Zeilen ohne Nummer oder ausgeblendete dabei sind, endet kein Angebot, das in der Datei fehlt."),
        )
    rows = tuple(one_of_each([row.record for row in records]))
    return ImportResult({provider[0]: provider[1]}, full and not doubtful, "", rows, notes=notes)


def names_identity(columns: Sequence[Meaning | None]) -> bool:
    """Whether one of them says which home it is."""
    return any(column and column.kind is Kind.PLACE and column.name in IDENTITIES for column in columns)


def _headed(sheet: Sheet, own: OwnWords, is_one_of_several: bool) -> HomesTable | None:
    texts = [[text_of(cell) for cell in cells] for _number, cells in sheet.rows]
    at = find_headings(texts, own)
    if at is None:
        return None
    return HomesTable(sheet.name if is_one_of_several else "", texts[at], list(filter(_filled, sheet.rows[at + 1 :])))


def _filled(row: tuple[int, Sequence[Cell]]) -> bool:
    return any(cell != "" for cell in row[1])


def _unread_sheets(names: Sequence[str]) -> str:
    listed = ", ".join(f"„{name[:40]}“" for name in names)
    return _(
        "Diese Blätter sind nicht gelesen: %(sheets)s. Dort stehen keine Wohnungen, oder sie sind ausgeblendet.",
        sheets=listed,
    )


def _hidden_rows(sheet: Sheet) -> str:
    listed = ", ".join(map(str, sheet.hidden[:_MOST_NAMED])) + (" …" if len(sheet.hidden) > _MOST_NAMED else "")
    return _(
        "Diese Zeilen sind in der Tabelle ausgeblendet, zum Beispiel durch einen Filter, und nicht gelesen: %(rows)s."
        " Sollen sie dabei sein, blenden Sie sie bitte ein.",
        rows=listed,
    )
