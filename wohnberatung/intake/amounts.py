"""Warm rent and gross cold rent from whatever amounts the sender gives.

Gross cold (what the housing cost guideline looks at) is net cold plus running costs without heating; the
running costs count only where heating is known not to hide in them.
"""

from collections.abc import Mapping

from wohnberatung.intake.records import Raw

WARM_RENT = "derived/warm_rent"
GROSS_COLD_RENT = "derived/gross_cold_rent"
_CENTS_LOST_IN_ROUNDING = 1.0


def derived_rents(values: Mapping[str, Raw]) -> dict[str, Raw]:
    """Monthly rents in euro by pseudo-path; left out where they do not follow from what is given."""
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
