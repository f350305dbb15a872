"""Single values as senders write them: numbers and yes/no, days ("01.08.2026", "ab August 2026", "sofort"), storeys
("2. OG")."""

import re
from collections.abc import Mapping
from datetime import date

from wohnberatung.bridge.imports import Raw, decimal, named_day, says_at_once

YES = frozenset({"true", "ja", "yes", "wahr"})
NO = frozenset({"false", "nein", "no", "falsch"})
_THREE_DECIMALS = re.compile(r"[1-9][.,]\d{3}")
_WRITTEN_DAYS = frozenset({"verwaltung_objekt/verfuegbar_ab", "verwaltung_objekt/abdatum"})
# Programs write 0 into fields nobody filled in; no home has 0 m² and no rent is 0 €.
_ZERO_IS_EMPTY = ("preise/", "flaechen/")
_YES_OR_NO = frozenset({"preise/heizkosten_enthalten"})
_MONEY = "preise/"
_OPEN = re.compile(r"\b(?:vereinbarung|absprache|anfrage|agreement)\b|\bn\.?\s?v\.?(?:\s|$)", re.IGNORECASE)
_LAST_CHANGES = ("verwaltung_techn/stand_vom", "verwaltung_techn/aktiv_von")
_STOREYS = (
    (re.compile(r"eg|erdgescho(?:ss|ß)|(?:hoch)?parterre", re.IGNORECASE), 0.0),
    (re.compile(r"ug|untergescho(?:ss|ß)|souterrain|tiefparterre", re.IGNORECASE), -1.0),
)
_UPPER_STOREY = re.compile(r"(\d{1,2})\.?\s*(?:og|obergescho(?:ss|ß)|etage|stock(?:werk)?)", re.IGNORECASE)


def typed(text: str, path: str = "") -> Raw | None:
    """The text as yes/no or number where it is one, otherwise as it is; None where it says nothing."""
    text = " ".join(text.split())
    if text.lower() in YES | NO:
        return text.lower() in YES
    number = None if path in _WRITTEN_DAYS else decimal(text)
    if number is None:
        return text or None
    if path.startswith(_MONEY) and number < 10 and _THREE_DECIMALS.match(text):
        return number * 1000  # 1.250 is meant as 1250: nobody pays a rent of one euro and a quarter
    is_empty = number == 0 and path.startswith(_ZERO_IS_EMPTY) and path not in _YES_OR_NO
    return None if is_empty else number


def available_from(values: Mapping[str, Raw], sent: date) -> str | None:
    """From when the home is free, as ISO text; what nobody can read is handed on as it stands.

    "sofort" means since the object was last changed, else since `sent`: a day that stays the same when the
    same object is sent again. "Nach Vereinbarung" says nothing.
    """
    for path in ("verwaltung_objekt/abdatum", "verwaltung_objekt/verfuegbar_ab"):
        text = str(values.get(path, ""))
        if day := named_day(text):
            return day.isoformat()
        if says_at_once(text):
            changes = (named_day(str(values.get(change, ""))) for change in _LAST_CHANGES)
            return next((change for change in changes if change), sent).isoformat()
        if text and not _OPEN.search(text):
            return text
    return None


def storey_of(values: Mapping[str, Raw]) -> Raw | None:
    """The storey as a number where it is written as "EG" or "2. OG", or known from the kind of flat alone."""
    given = values.get("geo/etage")
    text = str(given if given is not None else values.get("objektkategorie/objektart/wohnung@wohnungtyp", ""))
    if upper := _UPPER_STOREY.fullmatch(text):
        return float(upper[1])
    return next((number for pattern, number in _STOREYS if pattern.fullmatch(text)), given)
