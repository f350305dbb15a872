"""What a row of a table says about money: rents that must agree as those of OpenImmo must, and the deposit."""

from collections.abc import Mapping
from typing import NamedTuple

from wohnberatung.bridge.imports import Raw, columns_for, measured
from wohnberatung.intake.cells import AMOUNTS, GROSS_COLD, SIZE, amount_paths, amount_value, text_of
from wohnberatung.intake.openimmo import DEPOSIT, DEPOSIT_MONTHS
from wohnberatung.intake.rents import GROSS_COLD_RENT, deposit_of, derived_rents
from wohnberatung.intake.sections import typed
from wohnberatung.intake.spreadsheets import Cell

_NONE = ("keine", "kein", "ohne")


class RowRents(NamedTuple):
    """Rents by pseudo-path, what the amounts leave open, and the columns whose amount cannot be, each with what stands
    there and why."""

    rents: dict[str, Raw]
    note: str = ""
    doubted: Mapping[str, tuple[str, str]] = {}


def rents_of_row(facts: Mapping[str, Cell], named: dict[str, Raw], *, is_ours: bool) -> RowRents:
    """The rents that follow from the amounts of the row, which leave `named`. In a table of ours every amount stands
    for itself, unless they cannot go together."""
    amounts: dict[str, Raw] = {}
    paths = amount_paths(facts)
    for name, path in paths.items():
        value = amount_value(path, facts[name])
        if isinstance(value, str):
            value = measured(name, value) or value  # "3 euros" is an amount as well, and may be none of a rent
        if value is None:
            named.pop(name, None)
        else:
            named[name] = value
        if isinstance(value, float):
            amounts[path] = value
    # In a table of ours a room stands beside the area of the whole flat, and its rent has been looked at before.
    for name in () if is_ours else columns_for(SIZE) & named.keys():
        amounts[SIZE] = measured(name, named[name])
    rents, note = derived_rents(amounts)
    if is_ours and not note:
        return RowRents({})
    if is_ours:
        rents = {path: value for path, value in rents.items() if columns_for(path) & facts.keys()}
    for name, path in paths.items():
        stands = not note and path == GROSS_COLD and GROSS_COLD_RENT not in rents
        if isinstance(named.get(name), float) and not stands:
            del named[name]
    lost = [name for name, path in paths.items() if note and path in amounts and AMOUNTS[path] not in rents]
    doubted = {name: (text_of(facts[name]), note) for name in lost}
    return RowRents(rents, "" if doubted else note, doubted)


def deposit_of_row(named: dict[str, Raw], net: Raw | None) -> dict[str, Raw]:
    """A deposit that is said in monthly rents; one in euro stays in `named`."""
    for name in columns_for(DEPOSIT) & named.keys():
        given = named[name]
        if isinstance(given, str) and given.lower() in _NONE:
            named[name] = 0.0
            continue
        value = typed(given, DEPOSIT) if isinstance(given, str) else given
        euros, months = deposit_of({DEPOSIT: value}, net) if value else (given, None)
        if months is not None:
            del named[name]
            return {DEPOSIT_MONTHS: months} | ({} if euros is None else {DEPOSIT: euros})
        named[name] = given if euros is None else euros
    return {}
