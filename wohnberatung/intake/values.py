"""Single values as senders write them: numbers and yes/no, days ("01.08.2026", "ab August 2026", "sofort"), storeys
("2. OG"), and the rents that follow from several amounts."""

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
WARM_RENT = "derived/warm_rent"
GROSS_COLD_RENT = "derived/gross_cold_rent"
_CENTS_LOST_IN_ROUNDING = 1.0


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


def derived_rents(values: Mapping[str, Raw]) -> dict[str, Raw]:
    """Monthly rents in euro by pseudo-path, from whatever amounts are given; left out where they do not follow.

    Gross cold (what the housing cost guideline looks at) is net cold plus running costs without heating; the running
    costs count only where heating is known not to hide in them.
    """
    if not _monthly_euros(values):
        return {}
    net = _amount(values, "nettokaltmiete") or _amount(values, "kaltmiete")
    running = _amount(values, "nebenkosten")
    heating = _amount(values, "heizkosten")
    warm = _amount(values, "warmmiete") or _amount(values, "pauschalmiete")
    inside = _heating_inside(values, net, running, heating, warm)
    rents = {
        WARM_RENT: warm or _warm(net, running, heating, inside, _amount(values, "mietzuschlaege")),
        GROSS_COLD_RENT: _gross_cold(net, running, heating, warm, inside),
    }
    return {path: round(rent, 2) for path, rent in rents.items() if rent}


def _amount(values: Mapping[str, Raw], name: str) -> float:
    value = values.get(f"preise/{name}")
    return value if isinstance(value, float) and value > 0 else 0.0


def _monthly_euros(values: Mapping[str, Raw]) -> bool:
    period = str(values.get("preise/preis_zeiteinheit@zeiteinheit", "MONAT")).upper()
    currency = str(values.get("preise/waehrung@iso_waehrung", "EUR")).upper()
    return period == "MONAT" and currency in ("EUR", "EURO", "€")


def _heating_inside(values: Mapping[str, Raw], net: float, running: float, heating: float, warm: float) -> bool | None:
    """Whether heating is part of the running costs: said, or shown by the sum, or by an amount of its own."""
    said = values.get("preise/heizkosten_enthalten")
    if isinstance(said, bool | float):
        return bool(said)
    if warm and net and running:
        if abs(warm - net - running) < _CENTS_LOST_IN_ROUNDING:
            return True
        if heating and abs(warm - net - running - heating) < _CENTS_LOST_IN_ROUNDING:
            return False
        return None
    return False if heating else None


def _warm(net: float, running: float, heating: float, inside: bool | None, surcharge: float) -> float | None:
    if not net or not running or inside is None or (not inside and not heating):
        return None
    return net + running + surcharge + (0.0 if inside else heating)


def _gross_cold(net: float, running: float, heating: float, warm: float, inside: bool | None) -> float | None:
    if inside is False:
        if net and running:
            return net + running
        return warm - heating if warm > heating > 0 else None
    if inside and net and running > heating > 0:
        return net + running - heating
    return None
