"""What spreadsheets make of what somebody typed: undone where only one thing can have been meant, else left for a
person to say.

"2-4" and "1/2" become days, "10E5" a million, "650,-" minus 650, "01307" loses its zero, the formula of an empty cell
gives 0.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from wohnberatung.bridge.imports import Raw, columns_for
from wohnberatung.intake.rents import GROSS_COLD_RENT, HEATING_COSTS, NET_COLD_RENT, RUNNING_COSTS, WARM_RENT
from wohnberatung.intake.sections import typed
from wohnberatung.intake.spreadsheets import Cell

_MONTHS = r"(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?"
# As programs show a day: "03. Mai", "Dez 14", "03.05.", "03.05.2026", "2026-05-03".
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s?-?(?P<month>{_MONTHS})(?:\s?-?\d{{2,4}})?|{_MONTHS}\s?-?\d{{1,4}}"
    r"|(?P<of_month>\d{1,2})\.(?P<number>\d{1,2})\.(?:\d{2,4})?|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"-?\d+(?:[.,]\d+)?E[+-]?\d{1,2}", re.IGNORECASE)
# As programs show a number that somebody typed as 10E5.
_SHOWN_SHORT = re.compile(r"\d[.,]\d+E[+-]\d{2}", re.IGNORECASE)
DASHES = str.maketrans("–—−‐‑", "-----")
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}
_HALF_A_ROOM = 5
# Spreadsheets count days from here; those of this century.
_DAY_NOUGHT, _FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 36_526, 73_050
_ROOMS, SIZE = "flaechen/anzahl_zimmer", "flaechen/wohnflaeche"
_NOBODY_MEANS_ZERO = (_ROOMS, SIZE)
GROSS_COLD = "preise/kaltmiete"
# Gross cold is what OpenImmo calls kaltmiete; in the tables of landlords that word is the rent alone.
AMOUNTS = {
    "preise/warmmiete": WARM_RENT,
    GROSS_COLD: GROSS_COLD_RENT,
    "preise/nettokaltmiete": NET_COLD_RENT,
    "preise/nebenkosten": RUNNING_COSTS,
    "preise/heizkosten": HEATING_COSTS,
}


def text_of(cell: Cell) -> str:
    """As somebody reads it: a number that a spreadsheet holds as 17.0 is called 17."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else " ".join(str(cell).split())


def is_changed(cell: Cell) -> bool:
    """Whether a number or a name can no longer be what was typed: it is a day, or shown as 1,00E+06."""
    if isinstance(cell, date):
        return True
    return isinstance(cell, str) and bool(_DAY.fullmatch(cell.strip()) or _SHOWN_SHORT.fullmatch(cell.strip()))


def house_number(cell: Cell) -> str:
    """With plain dashes and fractions, as programs write finer ones."""
    text = text_of(cell).translate(DASHES)
    for sign, written in _FRACTIONS.items():
        text = text.replace(sign, f" {written}")
    return " ".join(text.split())


def fact_value(column: str, cell: Cell) -> Raw | None:
    """What the cell of a fact's column says, as `bridge.imports` takes it; None where it says nothing."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if column in columns_for(_ROOMS) and (rooms := _rooms_of_day(cell)):
        return rooms
    value: Raw = cell if isinstance(cell, float) else text_of(cell)
    if isinstance(value, str) and _SCIENTIFIC.fullmatch(value):
        value = float(value.replace(",", "."))
    return None if value == 0 and any(column in columns_for(path) for path in _NOBODY_MEANS_ZERO) else value


def day_of_number(value: Raw) -> Raw:
    """A day that a spreadsheet shows as the number it counts days with; anything else as it is."""
    if not isinstance(value, float) or not value.is_integer() or not _FIRST_DAY <= value <= _LAST_DAY:
        return value
    return (_DAY_NOUGHT + timedelta(days=value)).isoformat()


def amount_value(path: str, cell: Cell) -> Raw | None:
    """An amount as OpenImmo would say it under this path; text where it is no number, None where it says nothing."""
    value = fact_value("", cell)
    if isinstance(value, str):
        value = typed(value, path)
    return (abs(value) or None) if isinstance(value, float) else value


def amount_paths(columns: Iterable[str]) -> dict[str, str]:
    """Those of the columns that hold a part of a rent, each with the path where OpenImmo would have the amount."""
    return {name: path for name in columns for path, fact in AMOUNTS.items() if name in columns_for(fact)}


def _rooms_of_day(cell: Cell) -> float | None:
    """ "2.5" becomes the second of May: no other day of a year is a number of rooms."""
    if isinstance(cell, date):
        return cell.day + 0.5 if cell.month == _HALF_A_ROOM else None
    found = _DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    day = found and (found["day"] or found["of_month"])
    is_half = found and ((found["month"] or "").lower().startswith("mai") or found["number"] in ("5", "05"))
    return float(day) + 0.5 if day and is_half else None
