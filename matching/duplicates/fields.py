"""The fields by which records are compared, and how what people write becomes comparable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from matching.criteria.access import FLOOR
from matching.criteria.sites import DWELLING_COUNT, SITE_AREA
from matching.criteria.size import LIVING_AREA, ROOMS
from matching.facts import Fact
from matching.language import mark

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a"})
STREET = re.compile(r"str(?:asse|\.)?(?=$|\s)")
HOUSE_NUMBER = re.compile(r"\s*(\d+)\s*([a-z])?(?:\s*[-/]\s*(\d+)\s*([a-z])?)?")


class Kind(StrEnum):
    """How values of a field are compared."""

    TEXT = "text"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    CODE = "code"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """One field of a record. Values of fields in one `group` may have been swapped (first and last name)."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    group: str = ""

    def comparable(self, value: Any) -> str:
        """The value in the form in which it is compared; empty where it is missing."""
        if value is None:
            return ""
        plain = re.sub(r"\s+", " ", str(value).lower().translate(UMLAUTS)).strip()
        if self.kind is Kind.STREET:
            return re.sub(r"[\s\-]+", "", STREET.sub("strasse", plain))
        if self.kind is Kind.HOUSE_NUMBER:
            return _house_number(plain)
        if self.kind in (Kind.DAY, Kind.CODE):
            return _day(plain) if self.kind is Kind.DAY else re.sub(r"[^a-z0-9@.]", "", plain)
        return plain if self.kind is Kind.NUMBER else re.sub(r"[^a-z0-9 ]", "", plain)


def _numbers(*facts: Fact) -> tuple[Field, ...]:
    return tuple(Field(fact.key, fact.label, Kind.NUMBER) for fact in facts)


STREET_FIELD = Field("street", mark("Straße"), Kind.STREET)
HOUSE_NUMBER_FIELD = Field("house_number", mark("Hausnummer"), Kind.HOUSE_NUMBER)
POSTCODE_FIELD = Field("postcode", mark("Postleitzahl"), Kind.CODE)

ADDRESS = (STREET_FIELD, HOUSE_NUMBER_FIELD, POSTCODE_FIELD, Field("unit", mark("Lage im Haus")))
DWELLING = (*ADDRESS, *_numbers(FLOOR, LIVING_AREA, ROOMS))
SITE = (*ADDRESS, *_numbers(SITE_AREA, DWELLING_COUNT))

PERSON = (
    Field("first_name", mark("Vorname"), group="name"),
    Field("last_name", mark("Nachname"), group="name"),
    Field("birth_date", mark("Geburtsdatum"), Kind.DAY),
    STREET_FIELD,
    HOUSE_NUMBER_FIELD,
    POSTCODE_FIELD,
    Field("phone", mark("Telefon"), Kind.CODE),
    Field("email", mark("E-Mail"), Kind.CODE),
)


def columns_of(rows: list[Mapping[str, Any]], fields: tuple[Field, ...]) -> list[list[str]]:
    """Comparable values, one list per field; a house number written behind the street is taken from there."""
    parted = [_parted(row) for row in rows]
    return [[field.comparable(row.get(field.name)) for row in parted] for field in fields]


def _parted(row: Mapping[str, Any]) -> Mapping[str, Any]:
    street = row.get("street")
    if row.get("house_number") or not isinstance(street, str):
        return row
    behind = re.fullmatch(r"(.*?\D)\s*(\d+\s*[a-zA-Z]?)\s*", street)
    return {**row, "street": behind[1], "house_number": behind[2]} if behind else row


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
