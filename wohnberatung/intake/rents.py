"""The rents that follow from the amounts of a delivery, as OpenImmo words them (interface 1.2.7, section `preise`).

`nettokaltmiete` is the rent alone, `kaltmiete` the rent with running costs and without heating, `nebenkosten` the
running costs without heating, `warmmiete` all together. `heizkosten_enthalten` speaks of `warmmiete`. Not everybody
writes so: where amounts are there that one way of reading adds up to the warm rent, that way is theirs.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from wohnberatung.bridge.doubted_amounts import A_MONTH, A_SQUARE_METRE
from wohnberatung.bridge.imports import Raw, measured, refusal
from wohnberatung.bridge.wording import money
from wohnberatung.intake.sections import OPEN

WARM_RENT = "derived/warm_rent"
GROSS_COLD_RENT = "derived/gross_cold_rent"
NET_COLD_RENT = "derived/net_cold_rent"
# What the sender calls cold without a word that tells which costs are in it.
COLD_RENT_AS_WRITTEN = "derived/cold_rent_as_written"
RUNNING_COSTS = "derived/running_costs"
HEATING_COSTS = "derived/heating_costs"
HEATING_WITHIN_COSTS = "derived/heating_in_running_costs"
_CENTS_LOST_IN_ROUNDING = 1.0
_COSTS = ("nebenkosten", "zzg_nebenkosten", "betriebskosten")
_COLUMNS = {
    "nettokaltmiete": "nettokaltmiete",
    "kaltmiete": "bruttokaltmiete",
    "warmmiete": "warmmiete",
    "pauschalmiete": "warmmiete",
    "heizkosten": "heizkosten",
} | dict.fromkeys(_COSTS, "nebenkosten")
# § 551 BGB allows three; what is more is an amount.
_MOST_MONTHS = 6.0
_MONTHS_RENT = re.compile(
    r"(?P<count>\d(?:[.,]\d+)?)\s*(?:x\s*)?(?:mm|nkm|km|monats?\w*|(?:netto)?kalt\w*|mieten?)\.?", re.IGNORECASE
)
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


class Rents(NamedTuple):
    """Euro a month, 0 where they do not follow; `note` says why, empty where nothing is to be said."""

    gross_cold: float = 0.0
    warm: float = 0.0
    note: str = ""


def derived_rents(values: Mapping[str, Raw]) -> tuple[dict[str, Raw], str]:
    """Rents and costs by pseudo-path, left out where they do not follow, and a sentence about what the amounts leave
    open. A cold rent beside which no costs are named is neither net nor gross, see `cold_rent_alone`."""
    given = _amounts(values)
    if given is None:
        return {}, ""
    given, strange = _without_strange(given, values)
    rents = Rents(note=strange) if strange else rents_of(given)
    within = None if strange else _heating_within(given, rents)
    amounts = {
        WARM_RENT: rents.warm,
        GROSS_COLD_RENT: rents.gross_cold,
        RUNNING_COSTS: given.running,
        HEATING_COSTS: given.heating,
        **_rent_alone(given, rents),
    }
    found: dict[str, Raw] = {path: round(amount, 2) for path, amount in amounts.items() if amount > 0}
    return found | ({} if within is None else {HEATING_WITHIN_COSTS: within}), rents.note


class ColdRentAlone(NamedTuple):
    """What becomes of a cold rent nobody can tell the costs of: the question, and the words that keep the amount."""

    question: str
    words: str


def cold_rent_alone(values: Mapping[str, Raw], rents: Mapping[str, Raw]) -> ColdRentAlone | None:
    """Of OpenImmo's `kaltmiete` without `nettokaltmiete` and without costs that would tell what is in it: by the
    interface it is with running costs, many write the rent alone. None where the amounts (`rents` followed from them)
    tell, or where it can be no rent at all."""
    given = _amounts(values)
    if given is None or not given.cold or given.net or given.running or GROSS_COLD_RENT in rents:
        return None
    given, strange = _without_strange(given, values)
    if strange:
        return None
    amount = money(given.cold)
    return ColdRentAlone(
        _("Kaltmiete %(rent)s: mit oder ohne Nebenkosten (Betriebskosten)?", rent=amount),
        _("Kaltmiete: %(rent)s, ohne Angabe, ob Nebenkosten darin sind.", rent=amount),
    )


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
    if given.includes_heating and gross and not given.heating:
        # Only the running costs can be what it is included in.
        return Rents(warm=gross)
    if given.cold and not _same(given.cold, given.net):
        if gross and not _same(gross, given.cold):
            return Rents(note=_contradiction())
        known = given.heating or gross or given.includes_heating is False
        gross = given.cold if known else 0.0
    elif not given.heating and given.includes_heating is not False:
        gross = 0.0
    if gross:
        return Rents(gross, given.heating and gross + given.heating + given.surcharge)
    return Rents(note=_left_open(given) if (given.net or given.cold) and given.running else "")


def _rent_alone(given: Amounts, rents: Rents) -> dict[str, float]:
    """The rent without any costs: as named, else what is left of a cold rent whose costs are known, else that rent as
    it stands there beside costs of which nobody knows whether they are within."""
    if given.net or not given.cold:
        return {NET_COLD_RENT: given.net}
    if rents.gross_cold and given.running:
        with_costs = _same(rents.gross_cold, given.cold)
        return {NET_COLD_RENT: given.cold - given.running if with_costs else given.cold}
    return {COLD_RENT_AS_WRITTEN: given.cold} if given.running and not rents.gross_cold else {}


def _heating_within(given: Amounts, rents: Rents) -> bool | None:
    """Whether the running costs are with heating; None where neither a sum nor a word tells."""
    whole = (given.net or given.cold) + given.running
    if not given.running or not (given.net or given.cold):
        return None
    if given.heating:
        return bool(_same(rents.gross_cold, whole - given.heating)) if rents.gross_cold else None
    if given.warm and _same(whole, given.warm):
        return given.includes_heating is not False
    if rents.gross_cold:
        return False
    return True if given.includes_heating and not given.warm else None


def _same(one: float, other: float) -> bool:
    return abs(one - other) < _CENTS_LOST_IN_ROUNDING


def _contradiction() -> str:
    return _("Die Mieten passen nicht zusammen. Bitte prüfen Sie Kaltmiete, Nebenkosten, Heizkosten und Warmmiete.")


def _left_open(given: Amounts) -> str:
    said = {"rent": money(given.net or given.cold), "costs": money(given.running)}
    if given.includes_heating:
        return _("Stecken die Nebenkosten (%(costs)s) schon in der Kaltmiete (%(rent)s)?", **said)
    return _("Kaltmiete %(rent)s, Nebenkosten %(costs)s: Stecken die Heizkosten in den Nebenkosten?", **said)


def _amounts(values: Mapping[str, Raw]) -> Amounts | None:
    """None where they are said for other money or another time than a month or a year."""
    months = _MONTHS.get(str(values.get("preise/preis_zeiteinheit@zeiteinheit", "MONAT")).upper(), 0.0)
    if not months or str(values.get("preise/waehrung@iso_waehrung", "EUR")).upper() not in ("EUR", "EURO", "€"):
        return None
    said = values.get("preise/heizkosten_enthalten")
    given = {
        name: _amount(values, name) / months
        for name in ("nettokaltmiete", "kaltmiete", "heizkosten", "mietzuschlaege", "warmmiete", "pauschalmiete")
    }
    return Amounts(
        net=given["nettokaltmiete"],
        cold=given["kaltmiete"],
        running=next(filter(None, (_amount(values, name) for name in _COSTS)), 0.0) / months,
        heating=given["heizkosten"],
        surcharge=given["mietzuschlaege"],
        warm=given["warmmiete"] or given["pauschalmiete"],
        includes_heating=bool(said) if isinstance(said, bool | float) else None,
    )


def _without_strange(given: Amounts, values: Mapping[str, Raw]) -> tuple[Amounts, str]:
    """The amounts without those that can be no rent a month, and a question about the first of them."""
    area = values.get("flaechen/wohnflaeche")
    area = area if isinstance(area, float) and area > 0 else 0.0
    said = {name: getattr(given, name) for name in ("net", "cold", "warm") if getattr(given, name)}
    strange = [name for name, amount in said.items() if not _may_be_rent(amount, area)]
    if strange:
        amount = said[strange[0]]
        net, cold, warm = (0.0 if name in strange else getattr(given, name) for name in ("net", "cold", "warm"))
        return given._replace(net=net, cold=cold, warm=warm), _question(amount, amount * area)
    by_the_metre = _amount(values, "mietpreis_pro_qm")
    if by_the_metre and not (given.net or given.cold or given.warm):
        return given, _only_by_the_metre(by_the_metre)
    return given, ""


def deposit_of(values: Mapping[str, Raw], net: Raw | None) -> tuple[Raw | None, float | None]:
    """The deposit in euro and in monthly rents, each None where nothing is said of it; euro follow from months where
    the net rent is known. What is neither stays the words that it is, which the catalogue refuses and the report
    shows."""
    in_words = values.get("preise/kaution_text")
    given = values.get("preise/kaution", in_words)
    months = _months(given)
    if months is None:
        return given, _months(in_words)
    return (round(months * net, 2) if isinstance(net, float) else None), months


def amounts_in_words(values: Mapping[str, Raw]) -> dict[str, tuple[str, str]]:
    """By the column of a table that means the same, what stands there in place of a rent or its costs, "drei", and why
    nobody can read it."""
    found = dict[str, tuple[str, str]]()
    for name, column in _COLUMNS.items():
        given = values.get(f"preise/{name}")
        if isinstance(given, str) and not OPEN.search(given) and (why := refusal(column, given)):
            found.setdefault(column, (given, why))
    return found


def _amount(values: Mapping[str, Raw], name: str) -> float:
    value = values.get(f"preise/{name}")
    if isinstance(value, str) and name in _COLUMNS:
        value = measured(_COLUMNS[name], value)
    return value if isinstance(value, float) and value > 0 else 0.0


def _months(given: Raw | None) -> float | None:
    worded = _MONTHS_RENT.fullmatch(given) if isinstance(given, str) else None
    count = float(worded["count"].replace(",", ".")) if worded else given
    return count if isinstance(count, float) and 0 < count <= _MOST_MONTHS else None


def _may_be_rent(amount: float, area: float) -> bool:
    ranges = [(amount, A_MONTH), *([(amount / area, A_SQUARE_METRE)] if area else [])]
    return all(least <= value <= most for value, (least, most) in ranges)


def _question(amount: float, by_area: float) -> str:
    said = {"amount": money(amount), "rent": money(by_area)}
    least, most = A_SQUARE_METRE
    if by_area and least <= amount <= most:
        return _(
            "Eine Miete von %(amount)s im Monat kann nicht stimmen. Ist der Preis je m² gemeint, also %(rent)s?", **said
        )
    return _("Eine Miete von %(amount)s im Monat kann nicht stimmen. Welcher Betrag ist gemeint?", **said)


def _only_by_the_metre(amount: float) -> str:
    return _("Die Lieferung nennt nur %(amount)s je m². Wie hoch ist die Miete im Monat?", amount=money(amount))
