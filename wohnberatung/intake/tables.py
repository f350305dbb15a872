"""Rows of a table, whatever file it came in, become records. One row is one home.

A faulty row is told and left out, the others come: unlike a program's delivery, a table is put right by hand. But
a full list with a row that nobody can tell apart ends nothing, as that row may be the home that seems to be gone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from wohnberatung.bridge.intake import columns_for
from wohnberatung.intake.days import available_from
from wohnberatung.intake.headings import find_headings, meaning, unknown_words
from wohnberatung.intake.openimmo import AVAILABLE_FROM, LET, LONGEST_KEY, NOT_ON_OFFER, STOREY
from wohnberatung.intake.preflight import Unreadable
from wohnberatung.intake.records import Address, Raw, RawRecord, Transfer
from wohnberatung.intake.sections import LONGEST_TEXT, split_street, storey_of
from wohnberatung.intake.values import YES, decimal

MOST_ROWS = 5_000
MOST_COLUMNS = 300
LONGEST_CELL = 10_000
TABLE = "table"
_DAY_PATH = "verwaltung_objekt/verfuegbar_ab"
_ABOUT = re.compile(r"^(?:ca\.?|circa|rd\.?)\s*(?=\d)", re.IGNORECASE)

Cell = str | bool | float


@dataclass(frozen=True)
class Sheet:
    """A table as read from a file: every row with its number there, cells as text, number or yes/no; "" is empty."""

    rows: Sequence[tuple[int, Sequence[Cell]]]


def read_table(name: str, sheets: Sequence[Sheet], today: date, provider: tuple[str, str], full: bool) -> Transfer:
    """All homes of the first sheet that has headings we know; `provider` is key and name of whose homes they are.

    Raises `Unreadable` where no sheet is such a table.
    """
    headings, body = _headed(name, sheets)
    columns = [meaning(heading) for heading in headings]
    if not {("place", "external_id"), ("place", "offer_id")} & set(columns):
        raise Unreadable(
            _(
                "In %(file)s fehlt eine Spalte „Objektnummer“. Ohne Nummer lässt sich eine Wohnung beim nächsten Mal"
                " nicht wiedererkennen. Bitte ergänzen Sie die Spalte.",
                file=name,
            )
        )
    records = [_record(columns, cells, number, provider[0], today) for number, cells in body]
    doubtful = any(record.skipped for record in records)
    notes = unknown_words(headings)
    if full and doubtful:
        notes += (_("Weil Zeilen ohne Objektnummer dabei sind, endet kein Angebot, das in der Datei fehlt."),)
    return Transfer({provider[0]: provider[1]}, full and not doubtful, None, tuple(_last_of_each(records)), (), notes)


def _headed(name: str, sheets: Sequence[Sheet]) -> tuple[list[str], list[tuple[int, Sequence[Cell]]]]:
    for sheet in sheets:
        texts = [[str(cell) for cell in cells] for _number, cells in sheet.rows]
        at = find_headings(texts)
        if at is not None:
            return texts[at], [row for row in sheet.rows[at + 1 :] if any(cell != "" for cell in row[1])]
    raise Unreadable(
        _(
            "In %(file)s erkennen wir keine Überschriften. Die erste Zeile muss die Spalten nennen, zum Beispiel"
            " Objektnummer, Straße, Hausnummer, Postleitzahl, Warmmiete. Eine leere Vorlage steht auf der Seite"
            " „Angebote einlesen“.",
            file=name,
        )
    )


def _record(
    columns: Sequence[tuple[str, str] | None], cells: Sequence[Cell], number: int, provider: str, today: date
) -> RawRecord:
    place, facts = _sorted_out(columns, cells)
    texts = {key: str(value).strip() for key, value in place.items()}
    identity = _identity(place.get("external_id", ""))
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
    )


def _sorted_out(
    columns: Sequence[tuple[str, str] | None], cells: Sequence[Cell]
) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """What a row says of place and of facts; of two columns that mean the same the first that is filled in counts."""
    found: dict[str, dict[str, Cell]] = {"place": {}, "fact": {}}
    for column, cell in zip(columns, cells, strict=False):
        if column and cell != "":
            found[column[0]].setdefault(column[1], cell)
    return found["place"], found["fact"]


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


def _identity(cell: Cell) -> str:
    """A number that a spreadsheet holds as 17.0 is called 17."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()


def _address(texts: Mapping[str, str]) -> Address:
    street, number = split_street(texts.get("street", ""), texts.get("house_number", "").removesuffix(".0"))
    postcode = texts.get("postcode", "").removesuffix(".0")
    lat, lon = decimal(texts.get("lat", "")), decimal(texts.get("lon", ""))
    whole = lat is not None and lon is not None
    return Address(
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
