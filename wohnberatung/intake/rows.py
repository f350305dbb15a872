"""One row of a table becomes a record: where the home is, what is said of it, and whether it is a home at all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from wohnberatung.bridge.imports import Raw, columns_for, decimal, named_day
from wohnberatung.intake.cells import (
    DASHES,
    day_of_number,
    fact_value,
    house_number,
    is_changed,
    text_of,
)
from wohnberatung.intake.headings import Kind, Meaning, label_of, word_of
from wohnberatung.intake.on_offer import said_state
from wohnberatung.intake.openimmo import AVAILABLE_FROM, LONGEST_KEY, STOREY
from wohnberatung.intake.rents import NET_COLD_RENT
from wohnberatung.intake.result import RawAddress, RawRecord
from wohnberatung.intake.row_amounts import deposit_of_row, rents_of_row
from wohnberatung.intake.sections import LONGEST_TEXT, YES, available_from, postcode_and_town, split_street, storey_in
from wohnberatung.intake.spreadsheets import NO_RESULT, Cell

_DAY_PATH = "verwaltung_objekt/verfuegbar_ab"
# Lines below a table that are no homes; a street in the same row makes it one all the same.
_NO_HOME = re.compile(
    r"\*.*|(?:zwischen|gesamt|end)?summen?\b.{0,40}"
    r"|(?:insgesamt|gesamt|total|durchschnitt|mittelwert|schnitt|anzahl|ø)\b.{0,20}"
    r"|(?:stand|datum|erstellt|gedruckt|druckdatum)\b.*\d.*|.*(?:angaben|irrtum)\b.*",
    re.IGNORECASE,
)
_ATTIC = re.compile(r"(?:DG|dachgescho(?:ss|ß))\b", re.IGNORECASE)
_NUMBERS = ("house_number", "unit")
# A flat has a number of the program and one on its door, and lies on the left of the second storey.
_OFTEN_TWO = ("external_id", "unit", "action")
_EXTERNAL_ID = Meaning(Kind.PLACE, "external_id")
_EXAMPLE = re.compile(r"beispiel\b.*", re.IGNORECASE)


class Row(NamedTuple):
    """`nameless`: it may be any home."""

    record: RawRecord
    nameless: bool


class Whereabouts(NamedTuple):
    """Whose table it is, where in it the row stands (`sheet` is empty where there is only one), and what day it is."""

    provider: str
    sheet: str
    number: int
    today: date

    @property
    def words(self) -> str:
        row = _("Zeile %(number)s", number=self.number)
        return _("Blatt %(sheet)s, %(row)s", sheet=self.sheet[:40], row=row) if self.sheet else row


def read_row(columns: Sequence[Meaning | None], cells: Sequence[Cell], at: Whereabouts, *, is_report: bool) -> Row:
    """The record of the row. What an empty cell leaves unsaid the sender says no more, but for a report of faulty
    values (`is_report`), whose other cells are empty from the outset."""
    place, facts, texts, about_columns = _sorted_out(columns, cells)
    words = {key: text_of(cell) for key, cell in place.items()}
    given, known_as = place.get("external_id", ""), words.get("offer_id", "")
    identity = "" if is_changed(given) else text_of(given)
    named, values, notes, doubted = _values(facts, at.today, bool(known_as))
    address, about_address = _address(place, words)
    if (
        not known_as  # a table of ours has a column for it
        and STOREY not in values
        and not columns_for(STOREY) & named.keys()
        and (storey := storey_in(address.unit)) is not None
    ):
        values[STOREY] = storey
    no_home, state = _is_no_home(cells, address), said_state(words.get("action", ""))
    nameless = not (identity or known_as or no_home)
    record = RawRecord(
        provider_key=at.provider,
        external_id=(identity or known_as or f"#{at.sheet}{at.number}")[:LONGEST_KEY],
        reference=identity[:LONGEST_KEY],
        action="delete" if state.ends else "change",
        position=at.words,
        title=str(place.get("title", "")).strip()[:200],
        texts=texts,
        address=address,
        values=values,
        named=named,
        skipped=no_home or (_nameless(at.words, text_of(given)) if nameless else state.reserved),
        notes=tuple(filter(None, (*about_columns, *notes, about_address, state.note, _unworked(cells)))),
        doubted=doubted,
        offer_id=known_as,
        emptied=() if is_report else tuple(_emptied(columns, cells)),
    )
    return Row(record, nameless)


def _unworked(cells: Sequence[Cell]) -> str:
    if NO_RESULT not in cells:
        return ""
    return _("Eine Formel dieser Zeile hat kein Ergebnis. Was dort galt, bleibt. Bitte tragen Sie den Wert ein.")


def _emptied(columns: Sequence[Meaning | None], cells: Sequence[Cell]) -> Iterator[str]:
    """Names of columns in none of whose cells anything stands."""
    filled = {column.name for column, cell in zip(columns, cells, strict=False) if column and cell != ""}
    yield from (column.name for column in columns if column and column.name and column.name not in filled)


class _SortedOut(NamedTuple):
    """What a row says of place, of facts, and as text, and what is to be asked where two columns disagree."""

    place: dict[str, Cell]
    facts: dict[str, Cell]
    texts: tuple[str, ...]
    notes: tuple[str, ...]


def _sorted_out(columns: Sequence[Meaning | None], cells: Sequence[Cell]) -> _SortedOut:
    """Of two columns that mean the same the first that is filled in counts, but for texts, which are all kept."""
    found: dict[Kind, dict[str, Cell]] = {kind: {} for kind in Kind}
    first: dict[tuple[Kind, str], Cell] = {}
    texts: list[str] = []
    notes: list[str] = []
    for column, cell in zip(columns, cells, strict=False):
        if column is None or column.kind is Kind.NOTHING or cell in ("", NO_RESULT):
            continue
        if column.name == "description":
            text = text_of(cell) if column.heading else str(cell).strip()
            texts.append((f"{column.heading}: {text}" if column.heading else text)[:LONGEST_TEXT])
        elif (kept := first.setdefault((column.kind, word_of(column)), cell)) is cell:
            found[column.kind][column.name] = cell
        elif column.name not in _OFTEN_TWO and not _is_same(kept, cell):
            said = {"label": label_of(column), "kept": text_of(kept)[:40], "other": text_of(cell)[:40]}
            notes.append(
                _("%(label)s: Es gilt „%(kept)s“, in einer anderen Spalte steht „%(other)s“. Stimmt das?", **said)
            )
    return _SortedOut(found[Kind.PLACE], found[Kind.FACT], tuple(texts), tuple(notes))


def _is_same(one: Cell, other: Cell) -> bool:
    texts = [text_of(cell).lower() for cell in (one, other)]
    numbers = [decimal(text) for text in texts]
    days = [named_day(text) for text in texts]
    return any(first is not None and first == second for first, second in (texts, numbers, days))


class _Values(NamedTuple):
    """What is said of facts: by column, by path, what is to be asked about them, and amounts that cannot be."""

    named: dict[str, Raw]
    values: dict[str, Raw]
    notes: list[str]
    doubted: Mapping[str, tuple[str, str]]


def _values(facts: Mapping[str, Cell], today: date, is_ours: bool) -> _Values:
    """Columns as named values; days and storeys, which people write in words, and rents, which must agree, as derived
    ones."""
    named = {name: value for name, cell in facts.items() if (value := fact_value(name, cell)) is not None}
    values: dict[str, Raw] = {}
    notes: list[str] = []
    for name in columns_for(AVAILABLE_FROM) & named.keys():
        if day := available_from({_DAY_PATH: day_of_number(named.pop(name))}, today):
            values[AVAILABLE_FROM] = day
    for name in columns_for(STOREY) & named.keys():
        given = named.pop(name)
        storey = storey_in(text_of(given))
        if _ATTIC.match(text_of(given)):
            notes.append(_in_the_roof(text_of(given)))
        else:
            values[STOREY] = given if storey is None else storey
    rents, about_rents, doubted = rents_of_row(facts, named, is_ours=is_ours)
    deposit = {} if is_ours else deposit_of_row(named, rents.get(NET_COLD_RENT))
    return _Values(named, values | rents | deposit, [*notes, about_rents], doubted)


def _address(place: Mapping[str, Cell], words: Mapping[str, str]) -> tuple[RawAddress, str]:
    """Where the home is, and what must be asked about it."""
    given = {name: "" if is_changed(place.get(name, "")) else house_number(place.get(name, "")) for name in _NUMBERS}
    lost = [name for name in _NUMBERS if words.get(name) and not given[name]]
    street, number, flat = split_street(words.get("street", "").translate(DASHES), given["house_number"])
    postcode, behind = postcode_and_town(text_of(place.get("postcode", "")))
    if not postcode:
        postcode, behind = postcode_and_town(text_of(place.get("town", "")))
    lat, lon = decimal(words.get("lat", "")), decimal(words.get("lon", ""))
    whole = lat is not None and lon is not None
    address = RawAddress(
        street=street[:120],
        house_number=number[:20],
        unit=(given["unit"] or flat)[:60],
        postcode=postcode,
        town=(behind or words.get("town", ""))[:120],
        district=words.get("district", "")[:120],
        lat=lat if whole else None,
        lon=lon if whole else None,
        released=words["released"].lower() in YES | {"x", "1"} if "released" in words else None,
    )
    return address, _changed_number(words[lost[0]]) if lost else ""


def _is_no_home(cells: Sequence[Cell], address: RawAddress) -> str:
    """In words why the row is no home: a total, a date, a remark; empty where it may be one."""
    first = next((text_of(cell) for cell in cells if cell != ""), "")
    if address.street or not _NO_HOME.fullmatch(first):
        return ""
    return _("„%(text)s“ ist keine Wohnung und wird nicht gelesen.", text=first[:60])


def is_example(columns: Sequence[Meaning | None], cells: Sequence[Cell]) -> bool:
    """The row of the template that shows how to fill it in."""
    identities = (text_of(cell) for column, cell in zip(columns, cells, strict=False) if column == _EXTERNAL_ID)
    return any(_EXAMPLE.fullmatch(text) for text in identities)


def _nameless(where: str, given: str) -> str:
    if given:
        return _(
            "%(row)s: „%(number)s“ ist keine Objektnummer mehr. Das Tabellenprogramm hat sie in ein Datum oder eine"
            " Zahl verwandelt. Bitte die Spalte als Text formatieren und die Nummer neu eingeben.",
            row=where,
            number=given[:40],
        )
    return _("%(row)s hat keine Objektnummer. Bitte eine vergeben, die bei der Wohnung bleibt.", row=where)


def _in_the_roof(given: str) -> str:
    return _(
        "„%(storey)s“ sagt nicht, wie hoch die Wohnung liegt. Bitte nennen Sie die Etage als Zahl.", storey=given[:40]
    )


def _changed_number(given: str) -> str:
    return _(
        "„%(number)s“ war einmal eine Nummer wie 3-5 oder 1/2. Das Tabellenprogramm hat ein Datum daraus gemacht. Bitte"
        " nennen Sie uns die Hausnummer.",
        number=given[:40],
    )
