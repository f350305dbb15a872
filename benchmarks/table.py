"""The stock as a table for the peers: one column per criterion, already derived and decoded to plain numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.asking import PEERS_CAN
from benchmarks.rules import basis_column, claim_column
from benchmarks.supply import Stock
from matching.arrays import Floats
from matching.requests import Evidence

CONSENT = "consent"
CONSENT_CHANCES = (0.9, 0.5, 0.0)


@dataclass(frozen=True)
class Table:
    """Columns of shape (size,): values with NaN for unknown, and flags (an unproven claim) as 0 and 1.

    The column `consent` holds the chance that an adaptation comes about."""

    size: int
    values: dict[str, Floats]
    flags: dict[str, NDArray[np.uint8]]

    @property
    def columns(self) -> list[str]:
        return [*self.values, *self.flags]


def table_of(stock: Stock) -> Table:
    values, flags = {CONSENT: _consent(stock)}, {}
    for criterion in stock.market.criteria:
        if isinstance(criterion, PEERS_CAN):
            continue
        reading = stock.reading(criterion)
        values[criterion.key] = reading.value
        if reading.basis is not reading.value:
            values[basis_column(criterion.key)] = reading.basis
        if criterion.needs_evidence:
            flags[claim_column(criterion.key)] = (reading.evidence == Evidence.CLAIMED).astype(np.uint8)
    return Table(stock.size, values, flags)


def _consent(stock: Stock) -> Floats:
    fact = stock.market.consent
    chances = dict(zip(("agreed", "open", "refused"), CONSENT_CHANCES, strict=True))
    by_option = np.array([chances[option] for option in fact.options])
    given = stock.values[fact.key]
    return np.where(np.isnan(given), chances["open"], by_option[np.nan_to_num(given).astype(int)])
