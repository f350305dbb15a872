"""Rows of a table, whatever file it came in, become records. One row is one home; headings are understood as landlords
write them: which names the place of a home, which one of its facts.

A faulty row is told and left out, the others come: unlike a program's delivery, a table is put right by hand. But
a full list with a row that nobody can tell apart ends nothing, as that row may be the home that seems to be gone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.imports import DISTRICT, Raw, bare, column_of, columns_for, decimal
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.openimmo import AVAILABLE_FROM, LET, LONGEST_KEY, NOT_ON_OFFER, STOREY
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.result import ImportResult, Provider, RawAddress, RawRecord
from wohnberatung.intake.sections import LONGEST_TEXT, YES, available_from, split_street, storey_of
from wohnberatung.intake.spreadsheets import Cell, Sheet, read_sheets

OFFER_ID = "angebots id"
# What a table says about a home beside its facts; the first name is the one we write ourselves.
PLACE_HEADINGS: dict[str, tuple[str, ...]] = {
    "offer_id": (OFFER_ID, "angebots id nicht ändern"),
    "external_id": (
        "objektnummer", "objektnr", "objekt nr", "objekt id", "objektkennung", "kennung", "id", "nummer", "we nr",
        "we nummer", "wohneinheit", "mieteinheit", "ve nr", "objektnr extern", "externe objektnummer",
    ),
    "street": ("straße", "strasse", "str", "anschrift", "adresse", "straßenname"),
    "house_number": ("hausnummer", "hausnr", "haus nr", "hnr", "nr"),
    "unit": (
        "wohnungsnummer", "lage im haus", "wohnungsnr", "wohnungs nr", "wohnung", "whg", "whg nr", "einheit", "lage",
    ),
    "postcode": ("postleitzahl", "plz"),
    "town": ("ort", "stadt", "wohnort", "gemeinde"),
    "district": ("stadtteil", "ortsteil", "viertel"),
    "lat": ("breitengrad", "lat", "latitude"),
    "lon": ("längengrad", "lon", "lng", "longitude"),
    "title": ("titel", "überschrift", "objekttitel", "bezeichnung"),
    "description": ("beschreibung", "objektbeschreibung", "beschreibungstext", "text"),
    "released": ("adresse öffentlich", "adressfreigabe", "adresse freigeben", "adresse anzeigen"),
    "action": ("aktion", "status", "vermietungsstand"),
}  # fmt: skip
# Written by us into reports, for people; nothing to read.
REMARKS = frozenset({"hinweis", "hinweise", "quelle"})
WRITTEN = {
    "offer_id": _l("Angebots-ID (nicht ändern)"),
    "external_id": _l("Objektnummer"),
    "street": _l("Straße"),
    "house_number": _l("Hausnummer"),
    "unit": _l("Lage im Haus"),
    "postcode": _l("Postleitzahl"),
    "town": _l("Ort"),
    "lat": _l("Breitengrad"),
    "lon": _l("Längengrad"),
    "title": _l("Titel"),
    "description": _l("Beschreibung"),
    "released": _l("Adresse öffentlich"),
}
# Of a table's first rows, as many may be a letterhead.
MOST_LINES_ABOVE = 15
FEWEST_KNOWN = 2
_DAY_PATH = "verwaltung_objekt/verfuegbar_ab"
_ABOUT = re.compile(r"^(?:ca\.?|circa|rd\.?)\s*(?=\d)", re.IGNORECASE)
_PLACE_OF = {name: place for place, names in PLACE_HEADINGS.items() for name in names}


def read_table(delivery: Delivery, today: date, provider: Provider, full: bool = False) -> ImportResult:
    """All homes of the first sheet that has headings we know; `full`: the table names all that the provider has.

    **Raises** `Unreadable` where the file is no table, or no sheet of it is one of homes.
    """
    name = delivery.name
    headings, body = _headed(name, read_sheets(name, delivery.document))
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
    return ImportResult(
        {provider[0]: provider[1]}, full and not doubtful, None, tuple(_last_of_each(records)), notes=notes
    )


def meaning(heading: str) -> tuple[str, str] | None:
    """("place", field) or ("fact", column as the catalogue knows it); None for a heading nobody understands."""
    for name in _readings(heading):
        if place := _PLACE_OF.get(name):
            return "place", place
        if column := column_of(name):
            return ("place", "district") if column in columns_for(DISTRICT) else ("fact", column)
    return None


def find_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row with the headings: the one with the most that we understand, at least two."""
    known = [sum(meaning(cell) is not None for cell in row) for row in rows[:MOST_LINES_ABOVE]]
    best = max(known, default=0)
    return known.index(best) if best >= FEWEST_KNOWN else None


def unknown_words(headings: Sequence[str]) -> tuple[str, ...]:
    """A sentence that names the headings nobody understands; empty where there are none."""
    unknown = [text for text in headings if text and meaning(text) is None and bare(text) not in REMARKS]
    if not unknown:
        return ()
    listed = ", ".join(f"„{' '.join(text.split())[:40]}“" for text in unknown[:20])
    return (_("Diese Spalten kennen wir nicht, sie bleiben unbeachtet: %(columns)s.", columns=listed),)


def _readings(heading: str) -> list[str]:
    """As it is, without what stands in brackets, without a unit behind it."""
    whole, unbracketed = bare(heading), bare(heading.split("(")[0].split("[")[0])
    return [name for name in (whole, unbracketed, unbracketed.rpartition(" ")[0].removesuffix(" in")) if name]


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
