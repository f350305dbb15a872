"""Rows of a table, whatever file it came in, become records. One row is one home; `headings` says which column names
the place of a home, which one of its facts.

A faulty row is told and left out, the others come: unlike a program's delivery, a table is put right by hand. But
a full list with a row that nobody can tell apart ends nothing, as that row may be the home that seems to be gone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from wohnberatung.bridge.imports import Raw, bare, columns_for, decimal
from wohnberatung.intake.archives import Unreadable
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
    unknown_words,
)
from wohnberatung.intake.openimmo import AVAILABLE_FROM, LET, LONGEST_KEY, NOT_ON_OFFER, STOREY
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.result import ImportResult, Provider, RawAddress, RawRecord
from wohnberatung.intake.sections import LONGEST_TEXT, YES, available_from, split_street, storey_of
from wohnberatung.intake.spreadsheets import Cell, Sheet, read_sheets

_DAY_PATH = "verwaltung_objekt/verfuegbar_ab"
_ABOUT = re.compile(r"^(?:ca\.?|circa|rd\.?)\s*(?=\d)", re.IGNORECASE)


@dataclass(frozen=True)
class HomesTable:
    """A sheet of homes: its name where the file has several of them, its headings, and the rows below by number."""

    sheet: str
    headings: Sequence[str]
    body: Sequence[tuple[int, Sequence[Cell]]]

    def columns(self, own: OwnWords) -> tuple[Column, ...]:
        """The columns that hold something, with what is known of them."""
        return columns_of(self.headings, [self._examples(place) for place in range(len(self.headings))], own)

    def _examples(self, place: int) -> list[str]:
        cells = (cells[place] for _number, cells in self.body if place < len(cells))
        return list(dict.fromkeys(_text(cell)[:LONGEST_EXAMPLE] for cell in cells if cell != ""))


@dataclass(frozen=True)
class TableFile:
    """The sheets of a file that hold homes, and in words what of it is not read."""

    name: str
    tables: Sequence[HomesTable]
    notes: tuple[str, ...]

    def columns(self, own: OwnWords) -> tuple[Column, ...]:
        """Of all sheets, each heading once."""
        found = {column.heading: column for table in reversed(self.tables) for column in reversed(table.columns(own))}
        return tuple(reversed(found.values()))


def open_table(delivery: Delivery, own: OwnWords) -> TableFile:
    """The sheets with headings. **Raises** `Unreadable` where the file is no table, or no sheet of it is one of
    homes."""
    name = delivery.name
    sheets = read_sheets(name, delivery.document)
    found = [(sheet, _headed(sheet, own)) for sheet in sheets]
    tables = [table for _sheet, table in found if table is not None]
    if not tables:
        raise Unreadable(
            _(
                "In %(file)s erkennen wir keine Überschriften. Die erste Zeile muss die Spalten nennen, zum Beispiel"
                " Objektnummer, Straße, Hausnummer, Postleitzahl, Warmmiete. Eine leere Vorlage steht auf der Seite"
                " „Angebote einlesen“.",
                file=name,
            )
        )
    return TableFile(name, tables, ())


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
    records: list[RawRecord] = []
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
        records += [_record(columns, cells, number, provider[0], today, is_report) for number, cells in table.body]
    doubtful = any(record.skipped for record in records)
    notes = (*unknown_words(file.columns(own)), *file.notes)
    if full and doubtful:
        notes += (_("Weil Zeilen ohne Objektnummer dabei sind, endet kein Angebot, das in der Datei fehlt."),)
    return ImportResult(
        {provider[0]: provider[1]}, full and not doubtful, "", tuple(_last_of_each(records)), notes=notes
    )


def names_identity(columns: Sequence[Meaning | None]) -> bool:
    """Whether one of them says which home it is."""
    return any(column and column.kind is Kind.PLACE and column.name in IDENTITIES for column in columns)


def _headed(sheet: Sheet, own: OwnWords) -> HomesTable | None:
    texts = [[_text(cell) for cell in cells] for _number, cells in sheet.rows]
    at = find_headings(texts, own)
    if at is None:
        return None
    body = [row for row in sheet.rows[at + 1 :] if any(cell != "" for cell in row[1])]
    return HomesTable("", texts[at], body)


def _record(
    columns: Sequence[Meaning | None],
    cells: Sequence[Cell],
    number: int,
    provider: str,
    today: date,
    is_report: bool,
) -> RawRecord:
    place, facts = _sorted_out(columns, cells)
    texts = {key: str(value).strip() for key, value in place.items()}
    identity = _text(place.get("external_id", ""))
    known_as = texts.get("offer_id", "")
    named, values = _values(facts, today)
    description = texts.get("description", "")[:LONGEST_TEXT]
    return RawRecord(
        provider_key=provider,
        external_id=(identity or known_as or f"#{number}")[:LONGEST_KEY],
        reference=identity[:LONGEST_KEY],
        action="delete" if texts.get("action", "").lower() in NOT_ON_OFFER | LET else "change",
        position=_("Zeile %(number)s", number=number),
        title=texts.get("title", "")[:200],
        texts=(description,) if description else (),
        address=_address(texts),
        values=values,
        named=named,
        skipped="" if identity or known_as else _nameless(number),
        offer_id=known_as,
        emptied=()
        if is_report
        else tuple(name for _kind, name in filter(None, columns) if name and name not in place | facts),
    )


def _sorted_out(columns: Sequence[Meaning | None], cells: Sequence[Cell]) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """What a row says of place and of facts; of two columns that mean the same the first that is filled in counts."""
    found: dict[Kind, dict[str, Cell]] = {kind: {} for kind in Kind}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell != "":
            found[column.kind].setdefault(column.name, cell)
    return found[Kind.PLACE], found[Kind.FACT]


def _values(facts: Mapping[str, Cell], today: date) -> tuple[dict[str, Raw], dict[str, Raw]]:
    """Columns as named values; days and storeys, which people write in words, as derived ones."""
    named: dict[str, Raw] = {name: _plain(cell) for name, cell in facts.items()}
    values: dict[str, Raw] = {}
    for name in columns_for(AVAILABLE_FROM) & named.keys():
        if day := available_from({_DAY_PATH: named.pop(name)}, today):
            values[AVAILABLE_FROM] = day
    for name in columns_for(STOREY) & named.keys():
        storey = storey_of({STOREY: named.pop(name)})
        values |= {} if storey is None else {STOREY: storey}
    return named, values


def _plain(cell: Cell) -> Raw:
    return _ABOUT.sub("", " ".join(cell.split())) if isinstance(cell, str) else cell


def _text(cell: Cell) -> str:
    """As somebody reads it: a number that a spreadsheet holds as 17.0 is called 17."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()


def _address(texts: Mapping[str, str]) -> RawAddress:
    street, number = split_street(texts.get("street", ""), texts.get("house_number", "").removesuffix(".0"))
    postcode = texts.get("postcode", "").removesuffix(".0")
    lat, lon = decimal(texts.get("lat", "")), decimal(texts.get("lon", ""))
    whole = lat is not None and lon is not None
    return RawAddress(
        street=street[:120],
        house_number=number[:20],
        unit=texts.get("unit", "").removesuffix(".0")[:60],
        postcode=postcode.zfill(5) if postcode.isdigit() else "",
        town=texts.get("town", "")[:120],
        district=texts.get("district", "")[:120],
        lat=lat if whole else None,
        lon=lon if whole else None,
        released=texts["released"].lower() in YES | {"x", "1"} if "released" in texts else None,
    )


def _nameless(number: int) -> str:
    return _("Zeile %(number)s hat keine Objektnummer. Bitte eine vergeben, die bei der Wohnung bleibt.", number=number)


def _last_of_each(records: Sequence[RawRecord]) -> Iterator[RawRecord]:
    """The last row of a home counts; the earlier ones are told with it."""
    last = {record.key: record for record in records}
    for record in records:
        if last[record.key] is not record:
            continue
        earlier = [other.position for other in records if other.key == record.key and other is not record]
        note = _("Die Nummer steht mehrmals in der Datei (%(rows)s); es gilt die letzte.", rows=", ".join(earlier))
        yield record if not earlier else record.noted(note)
