"""The amounts of a delivery's section `preise`, in euro a month, and its deposit; what can be no rent is asked."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from matching.criteria.money import RENT_WARM
from wohnberatung.bridge.imports import Raw
from wohnberatung.bridge.wording import spoken

_RUNNING_COSTS = ("nebenkosten", "zzg_nebenkosten", "betriebskosten")
# § 551 BGB allows three; what is more is an amount.
_MOST_MONTHS = 6.0
_MONTHS_RENT = re.compile(
    r"(?P<count>\d(?:[.,]\d+)?)\s*(?:x\s*)?(?:mm|nkm|km|monats?\w*|(?:netto)?kalt\w*|mieten?)\.?", re.IGNORECASE
)
# What no home costs a month: amounts outside were meant for a square metre, a day, a year, or for buying.
_A_MONTH, _A_SQUARE_METRE = (50.0, 15_000.0), (2.0, 100.0)
_MONTHS = {"MONAT": 1.0, "JAHR": 12.0}


class Amounts(NamedTuple):
    """Euro a month, 0 where nothing is said; `includes_heating` is the word of the delivery on its warm rent."""

    net: float = 0.0
    cold: float = 0.0
    running: float = 0.0
    heating: float = 0.0
    surcharge: float = 0.0
    warm: float = 0.0
    includes_heating: bool | None = None


def amounts_of(values: Mapping[str, Raw]) -> Amounts | None:
    """None where they are said for other money or another time than a month or a year."""
    months = _MONTHS.get(str(values.get("preise/preis_zeiteinheit@zeiteinheit", "MONAT")).upper(), 0.0)
    if not months or str(values.get("preise/waehrung@iso_waehrung", "EUR")).upper() not in ("EUR", "EURO", "€"):
        return None
    said = values.get("preise/heizkosten_enthalten")
    given = {
        name: amount_of(values, name) / months
        for name in ("nettokaltmiete", "kaltmiete", "heizkosten", "mietzuschlaege", "warmmiete", "pauschalmiete")
    }
    return Amounts(
        net=given["nettokaltmiete"],
        cold=given["kaltmiete"],
        running=next(filter(None, (amount_of(values, name) for name in _RUNNING_COSTS)), 0.0) / months,
        heating=given["heizkosten"],
        surcharge=given["mietzuschlaege"],
        warm=given["warmmiete"] or given["pauschalmiete"],
        includes_heating=bool(said) if isinstance(said, bool | float) else None,
    )


def without_strange(given: Amounts, values: Mapping[str, Raw]) -> tuple[Amounts, str]:
    """The amounts without those that can be no rent a month, and a question about the first of them."""
    area = values.get("flaechen/wohnflaeche")
    area = area if isinstance(area, float) and area > 0 else 0.0
    strange = [name for name in ("net", "cold", "warm") if not _may_be_rent(getattr(given, name), area)]
    if strange:
        amount = getattr(given, strange[0])
        return given._replace(**dict.fromkeys(strange, 0.0)), _question(amount, amount * area)
    by_the_metre = amount_of(values, "mietpreis_pro_qm")
    if by_the_metre and not (given.net or given.cold or given.warm):
        return given, _only_by_the_metre(by_the_metre)
    return given, ""


def deposit_of(values: Mapping[str, Raw], net: Raw | None) -> tuple[Raw | None, float | None]:
    """The deposit in euro and in monthly rents, each None where nothing is said of it; euro follow from months where
    the net rent is known. What is neither stays the words that it is, which the catalogue refuses and the report
    shows."""
    given = values.get("preise/kaution")
    if given is None and _months(written := values.get("preise/kaution_text")):
        given = written
    months = _months(given)
    if months is None:
        return given, None
    return (round(months * net, 2) if isinstance(net, float) else None), months


def amount_of(values: Mapping[str, Raw], name: str) -> float:
    value = values.get(f"preise/{name}")
    return value if isinstance(value, float) and value > 0 else 0.0


def euros(amount: float) -> str:
    """As it is read in a sentence."""
    return RENT_WARM.format(round(amount, 2), spoken())


def _months(given: Raw | None) -> float | None:
    worded = _MONTHS_RENT.fullmatch(given) if isinstance(given, str) else None
    count = float(worded["count"].replace(",", ".")) if worded else given
    return count if isinstance(count, float) and 0 < count <= _MOST_MONTHS else None


def _may_be_rent(amount: float, area: float) -> bool:
    ranges = [(amount, _A_MONTH), *([(amount / area, _A_SQUARE_METRE)] if area else [])]
    return not amount or all(least <= value <= most for value, (least, most) in ranges)


def _question(amount: float, by_area: float) -> str:
    said = {"amount": euros(amount), "rent": euros(by_area)}
    least, most = _A_SQUARE_METRE
    if by_area and least <= amount <= most:
        return _("%(amount)s können keine Miete im Monat sein. Ist der Preis je m² gemeint, also %(rent)s?", **said)
    return _("%(amount)s können keine Miete im Monat sein. Welcher Betrag ist gemeint?", **said)


def _only_by_the_metre(amount: float) -> str:
    return _("Die Lieferung nennt nur %(amount)s je m². Wie hoch ist die Miete im Monat?", amount=euros(amount))
