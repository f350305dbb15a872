"""The fields by which records are compared, and how what people write becomes comparable."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from matching.criteria.access import FLOOR
from matching.criteria.sites import DWELLING_COUNT, SITE_AREA
from matching.criteria.size import LIVING_AREA, ROOMS
from matching.facts import Fact
from matching.language import mark

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "đ": "d", "ł": "l", "ø": "o", "ı": "i"})
STREET = re.compile(r"str(?:asse|\.)?(?=$|\s)")
NUMBER_BEHIND = re.compile(r"(.*?\D)\s*(\d+\s*[a-zA-Z]?)\s*")
COUNTRY_CODE = re.compile(r"^(?:\+|00)49(?:\(0\))?0?")
UNIT_WORDS = {"l": "li", "r": "re", "m": "mi", "parterre": "eg", "obergeschoss": "og", "stock": "og", "etage": "og"}
UNIT_STARTS = (("link", "li"), ("recht", "re"), ("mitt", "mi"), ("erdg", "eg"), ("dachg", "dg"), ("obergesch", "og"))
HOUSE_NUMBER = re.compile(r"\s*(\d+)\s*([a-z])?(?:\s*[-/]\s*(\d+)\s*([a-z])?)?")


class FieldKind(StrEnum):
    """How values of a field are compared."""

    TEXT = "text"
    NAME = "name"
    UNIT = "unit"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    CODE = "code"
    PHONE = "phone"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """One field of a record. Values of fields in one `group` may have been swapped (first and last name).

    `shared` fields are the same for all who live together, or for all homes of one house: they alone never make
    two records one. Those that move with a person (`moves`) may all differ at once. Where one that `tells_apart`
    differs, two are one but by a mistake in writing: homes of a row are alike in all else.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    group: str = ""
    shared: bool = False
    moves: bool = False
    tells_apart: bool = False

    def comparable(self, value: Any) -> str:
        """The value in the form in which it is compared; empty where it is missing."""
        if value is None:
            return ""
        plain = " ".join(_without_accents(str(value).lower().translate(UMLAUTS)).split())
        if self.kind is FieldKind.STREET:
            return re.sub(r"[\s\-]+", "", STREET.sub("strasse", plain))
        if self.kind is FieldKind.HOUSE_NUMBER:
            return _house_number(plain)
        if self.kind is FieldKind.DAY:
            return _day(plain)
        if self.kind is FieldKind.PHONE:
            return re.sub(r"\D", "", COUNTRY_CODE.sub("0", re.sub(r"[^\d+()]", "", plain)))
        if self.kind in (FieldKind.NAME, FieldKind.UNIT):
            words = re.findall(r"[a-z0-9]+", plain)
            return " ".join(words if self.kind is FieldKind.NAME else map(_short_unit, words))
        if self.kind is FieldKind.CODE:
            return re.sub(r"[^a-z0-9@.]", "", plain)
        return plain if self.kind is FieldKind.NUMBER else re.sub(r"[^a-z0-9 ]", "", plain)


def _numbers(*facts: Fact) -> tuple[Field, ...]:
    return tuple(Field(fact.key, fact.label, FieldKind.NUMBER) for fact in facts)


STREET_FIELD = Field("street", mark("Straße"), FieldKind.STREET, shared=True)
HOUSE_NUMBER_FIELD = Field("house_number", mark("Hausnummer"), FieldKind.HOUSE_NUMBER, shared=True)
POSTCODE_FIELD = Field("postcode", mark("Postleitzahl"), FieldKind.CODE, shared=True)

UNIT_FIELD = Field("unit", mark("Lage im Haus"), FieldKind.UNIT, tells_apart=True)
_HOUSE = (replace(field, tells_apart=True) for field in (STREET_FIELD, HOUSE_NUMBER_FIELD))
ADDRESS = (*_HOUSE, POSTCODE_FIELD, UNIT_FIELD)
STOREY_FIELD = Field(FLOOR.key, FLOOR.label, FieldKind.NUMBER, tells_apart=True)
DWELLING = (*ADDRESS, STOREY_FIELD, *_numbers(LIVING_AREA, ROOMS))
SITE = (*ADDRESS, *_numbers(SITE_AREA, DWELLING_COUNT))

PERSON = (
    Field("first_name", mark("Vorname"), FieldKind.NAME, group="name"),
    Field("last_name", mark("Nachname"), FieldKind.NAME, group="name", shared=True),
    Field("birth_date", mark("Geburtsdatum"), FieldKind.DAY),
    *(replace(field, moves=True) for field in (STREET_FIELD, HOUSE_NUMBER_FIELD, POSTCODE_FIELD)),
    Field("phone", mark("Telefon"), FieldKind.PHONE, shared=True),
    Field("email", mark("E-Mail"), FieldKind.CODE),
)


def parted(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with a house number that was written behind the street in its own field."""
    street = row.get(STREET_FIELD.name)
    if row.get(HOUSE_NUMBER_FIELD.name) or not isinstance(street, str):
        return row
    behind = NUMBER_BEHIND.fullmatch(street)
    return {**row, STREET_FIELD.name: behind[1], HOUSE_NUMBER_FIELD.name: behind[2]} if behind else row


def _without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _short_unit(word: str) -> str:
    """Words of a unit as they are cut short: "links", "li." and "l" are one."""
    if word in UNIT_WORDS:
        return UNIT_WORDS[word]
    return next((short for start, short in UNIT_STARTS if word.startswith(start)), word)


def _house_number(plain: str) -> str:
    found = HOUSE_NUMBER.match(plain)
    return (
        "-".join(part for part in (_joined(found[1], found[2]), _joined(found[3], found[4])) if part) if found else ""
    )


def _joined(number: str | None, letter: str | None) -> str:
    return f"{int(number)}{letter or ''}" if number else ""


def _day(plain: str) -> str:
    """Year, month, day as eight digits, from ISO or German form."""
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", plain)
    if german:
        return f"{german[3]}{german[2]:0>2}{german[1]:0>2}"
    return re.sub(r"\D", "", plain)[:8]
