"""The rents that follow from the amounts of a delivery, as OpenImmo words them (interface 1.2.7, section `preise`).

`nettokaltmiete` is the rent alone, `kaltmiete` the rent with running costs and without heating, `nebenkosten` the
running costs without heating, `warmmiete` all together. `heizkosten_enthalten` speaks of `warmmiete`. Not everybody
writes so: where amounts are there that one way of reading adds up to the warm rent, that way is theirs.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask_babel import gettext as _

from wohnberatung.bridge.imports import Raw
from wohnberatung.intake.amounts import Amounts, amounts_of, euros, without_strange

WARM_RENT = "derived/warm_rent"
GROSS_COLD_RENT = "derived/gross_cold_rent"
NET_COLD_RENT = "derived/net_cold_rent"
# What the sender calls cold without a word that tells which costs are in it.
COLD_RENT_AS_WRITTEN = "derived/cold_rent_as_written"
RUNNING_COSTS = "derived/running_costs"
HEATING_COSTS = "derived/heating_costs"
HEATING_WITHIN_COSTS = "derived/heating_in_running_costs"
_CENTS_LOST_IN_ROUNDING = 1.0


class Rents(NamedTuple):
    """Euro a month, 0 where they do not follow; `note` says why, empty where nothing is to be said."""

    gross_cold: float = 0.0
    warm: float = 0.0
    note: str = ""


def derived_rents(values: Mapping[str, Raw]) -> tuple[dict[str, Raw], str]:
    """Rents and costs by pseudo-path, left out where they do not follow, and a sentence about what the amounts leave
    open."""
    given = amounts_of(values)
    if given is None:
        return {}, ""
    given, strange = without_strange(given, values)
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
    it stands there."""
    if given.net or not given.cold:
        return {NET_COLD_RENT: given.net}
    if rents.gross_cold and given.running:
        with_costs = _same(rents.gross_cold, given.cold)
        return {NET_COLD_RENT: given.cold - given.running if with_costs else given.cold}
    return {} if rents.gross_cold else {COLD_RENT_AS_WRITTEN: given.cold}


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
    said = {"rent": euros(given.net or given.cold), "costs": euros(given.running)}
    if given.includes_heating:
        return _("Stecken die Nebenkosten (%(costs)s) schon in der Kaltmiete (%(rent)s)?", **said)
    return _("Kaltmiete %(rent)s, Nebenkosten %(costs)s: Stecken die Heizkosten in den Nebenkosten?", **said)
