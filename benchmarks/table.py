"""The stock as a table for the peers: one column per criterion, already derived and decoded to plain numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.asking import PEERS_CAN
from benchmarks.rules import claim_column, mend_column, price_column
from benchmarks.supply import Stock
from matching.arrays import Floats
from matching.kinds import Criterion, Reading
from matching.requests import Evidence

LARGE = 1e6
"""Where there is nothing to judge: at least whatever is asked."""

CONSENT_CHANCES = (0.9, 0.5, 0.0)


@dataclass(frozen=True)
class Table:
    """Columns of shape (size,): values with NaN for unknown, the chance of works and their price, and flags (an
    unproven claim) as 0 and 1."""

    size: int
    values: dict[str, Floats]
    flags: dict[str, NDArray[np.uint8]]

    @property
    def columns(self) -> list[str]:
        return [*self.values, *self.flags]


def table_of(stock: Stock) -> Table:
    values, flags = {}, {}
    consent = _consent(stock)
    for criterion in stock.market.criteria:
        if isinstance(criterion, PEERS_CAN):
            continue
        reading = stock.reading(criterion)
        values[criterion.key] = np.where(np.isinf(reading.value), LARGE, reading.value)
        if criterion.adaptations:
            price = _price(criterion, reading)
            values[mend_column(criterion.key)] = consent * (price > 0)
            values[price_column(criterion.key)] = price * (consent > 0)
        if criterion.needs_evidence:
            flags[claim_column(criterion.key)] = (reading.evidence == Evidence.CLAIMED).astype(np.uint8)
    return Table(stock.size, values, flags)


def _price(criterion: Criterion, reading: Reading) -> Floats:
    """What the smallest works cost that can start from the value; of an unknown value the smallest of all."""
    start = reading.basis
    open_to_works = np.isnan(reading.value) | (criterion.needs_evidence & (reading.evidence == Evidence.CLAIMED))
    price = np.zeros(len(start))
    for works in reversed(criterion.adaptations):
        reached = ((start >= works.low) & (start <= works.high)) | (np.isnan(start) & open_to_works)
        price = np.where(reached, sum(works.cost_eur) / 2, price)
    return price


def _consent(stock: Stock) -> Floats:
    fact = stock.market.consent
    chances = dict(zip(("agreed", "open", "refused"), CONSENT_CHANCES, strict=True))
    by_option = np.array([chances[option] for option in fact.options])
    given = stock.values[fact.key]
    return np.where(np.isnan(given), chances["open"], by_option[np.nan_to_num(given).astype(int)])
