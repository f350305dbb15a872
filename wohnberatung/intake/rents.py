"""The rents that follow from the amounts of a delivery, as OpenImmo words them (interface 1.2.7, section `preise`).

`nettokaltmiete` is the rent alone, `kaltmiete` the rent with running costs and without heating, `nebenkosten` the
running costs without heating, `warmmiete` all together. `heizkosten_enthalten` speaks of `warmmiete`. Not everybody
writes so: where amounts are there that one way of reading adds up to the warm rent, that way is theirs.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.bridge.imports import Raw

WARM_RENT = "derived/warm_rent"
GROSS_COLD_RENT = "derived/gross_cold_rent"
_RUNNING_COSTS = ("nebenkosten", "zzg_nebenkosten", "betriebskosten")
# § 551 BGB allows three; what is more is an amount.
_MOST_MONTHS = 6.0
_MONTHS_RENT = re.compile(
    r"(?P<count>\d(?:[.,]\d+)?)\s*(?:x\s*)?(?:mm|nkm|km|monats?\w*|(?:netto)?kalt\w*|mieten?)\.?", re.IGNORECASE
)
_CENTS_LOST_IN_ROUNDING = 1.0
# What no home costs a month: amounts outside were meant for a square metre, a day, a year, or for buying.
_A_MONTH, _A_SQUARE_METRE = (50.0, 15_000.0), (2.0, 100.0)


class Amounts(NamedTuple):
    """Euro a month, 0 where nothing is said; `includes_heating` is the word of the delivery on its warm rent."""

    net: float
    cold: float
    running: float
    heating: float
    surcharge: float
    warm: float
    includes_heating: bool | None


class Rents(NamedTuple):
    """Euro a month, 0 where they do not follow; `note` says why, empty where nothing is to be said."""

    gross_cold: float = 0.0
    warm: float = 0.0
    note: str = ""


def derived_rents(values: Mapping[str, Raw]) -> tuple[dict[str, Raw], str]:
    """Rents by pseudo-path, left out where they do not follow, and a sentence about what the amounts leave open."""
    if not _monthly_euros(values):
        return {}, ""
    given = _amounts(values)
    if strange := _strange(given, values.get("flaechen/wohnflaeche")):
        return {}, strange
    rents = rents_of(given)
    found = {WARM_RENT: rents.warm, GROSS_COLD_RENT: rents.gross_cold}
    return {path: round(rent, 2) for path, rent in found.items() if rent > 0}, rents.note


def deposit_of(values: Mapping[str, Raw]) -> Raw | None:
    """The deposit in euro; a number of monthly rents is worked out, and without a rent it stays the words that it is,
    which the catalogue refuses and the report shows."""
    given = values.get("preise/kaution")
    months = _MONTHS_RENT.fullmatch(given) if isinstance(given, str) else None
    count = float(months["count"].replace(",", ".")) if months else given
    if not isinstance(count, float) or not 0 < count <= _MOST_MONTHS:
        return given
    if net := _amount(values, "nettokaltmiete"):
        return round(count * net, 2)
    if months:
        return given
    said = f"{count:g}".replace(".", ",")
    return ngettext("%(said)s Monatsmiete", "%(said)s Monatsmieten", 1 if count == 1 else 2, said=said)


def rents_of(given: Amounts) -> Rents:
    """Gross cold (rent and running costs without heating, what the housing cost guideline looks at) and warm."""
    if not given.warm:
        return _by_wording(given)
    sums = sorted({round(gross, 2) for gross in _sums_that_agree(given)})
    if sums and _same(sums[0], sums[-1]):
        return Rents(sums[0], given.warm)
    parts = [rent for rent in (given.net + given.running if given.running else 0.0, given.cold) if rent]
    if given.includes_heating is False and (not parts or any(_same(gross, given.warm) for gross in parts)):
        return Rents(given.warm, given.heating and given.warm + given.heating)
    if max(*parts, given.net, given.heating, 0.0) > given.warm + _CENTS_LOST_IN_ROUNDING:
        return Rents(note=_contradiction())
    if given.heating:
        return Rents(0.0, given.warm, _contradiction()) if parts else Rents(given.warm - given.heating, given.warm)
    return Rents(_apart_from_heating(given), given.warm)


def _sums_that_agree(given: Amounts) -> Iterator[float]:
    """The gross cold rent by each way of reading the amounts that adds up to the warm rent."""
    rent_alone = given.net or given.cold
    for gross in (given.net + given.running if given.net else 0.0, given.cold, rent_alone + given.running):
        whole = gross + given.heating if gross and given.heating else 0.0
        if whole and (_same(whole, given.warm) or _same(whole + given.surcharge, given.warm)):
            yield gross
    if given.heating and given.running > given.heating and _same(rent_alone + given.running, given.warm):
        yield rent_alone + given.running - given.heating


def _apart_from_heating(given: Amounts) -> float:
    """Without an amount for heating: what leaves room for one below the warm rent."""
    if given.net and given.running and given.net + given.running < given.warm - _CENTS_LOST_IN_ROUNDING:
        return given.net + given.running
    return 0.0


def _by_wording(given: Amounts) -> Rents:
    """There is no warm rent to compare with, so every amount means what the interface says."""
    gross = given.net + given.running if given.net and given.running else 0.0
    if given.cold and not _same(given.cold, given.net):
        if gross and not _same(gross, given.cold):
            return Rents(note=_contradiction())
        known = given.heating or gross or given.includes_heating is False
        gross = given.cold if known else 0.0
    elif not given.heating and given.includes_heating is not False:
        gross = 0.0
    if gross:
        return Rents(gross, given.heating and gross + given.heating + given.surcharge)
    return Rents(note=_unknown_heating() if (given.net or given.cold) and given.running else "")


def _amounts(values: Mapping[str, Raw]) -> Amounts:
    said = values.get("preise/heizkosten_enthalten")
    return Amounts(
        net=_amount(values, "nettokaltmiete"),
        cold=_amount(values, "kaltmiete"),
        running=next(filter(None, (_amount(values, name) for name in _RUNNING_COSTS)), 0.0),
        heating=_amount(values, "heizkosten"),
        surcharge=_amount(values, "mietzuschlaege"),
        warm=_amount(values, "warmmiete") or _amount(values, "pauschalmiete"),
        includes_heating=bool(said) if isinstance(said, bool | float) else None,
    )


def _strange(given: Amounts, area: Raw | None) -> str:
    """A question about the first amount that cannot be a rent a month, empty where there is none."""
    for amount in filter(None, (given.net, given.cold, given.warm)):
        ranges = [(amount, _A_MONTH)]
        if isinstance(area, float) and area > 0:
            ranges.append((amount / area, _A_SQUARE_METRE))
        if any(not least <= value <= most for value, (least, most) in ranges):
            return _(
                "%(amount)s € können keine Miete im Monat sein. Ist ein anderer Betrag gemeint, oder der Preis je m²?",
                amount=f"{amount:.2f}".replace(".", ","),
            )
    return ""


def _amount(values: Mapping[str, Raw], name: str) -> float:
    value = values.get(f"preise/{name}")
    return value if isinstance(value, float) and value > 0 else 0.0


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _CENTS_LOST_IN_ROUNDING


def _monthly_euros(values: Mapping[str, Raw]) -> bool:
    period = str(values.get("preise/preis_zeiteinheit@zeiteinheit", "MONAT")).upper()
    currency = str(values.get("preise/waehrung@iso_waehrung", "EUR")).upper()
    return period == "MONAT" and currency in ("EUR", "EURO", "€")


def _contradiction() -> str:
    return _("Die Mieten passen nicht zusammen. Bitte prüfen Sie Kaltmiete, Nebenkosten, Heizkosten und Warmmiete.")


def _unknown_heating() -> str:
    return _("Stecken die Heizkosten in den Nebenkosten? Die Lieferung sagt es nicht. Bitte nennen Sie die Warmmiete.")
