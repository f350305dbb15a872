"""What supply asks of those who seek, coded per row like levels: few distinct demands, one code a row."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Market
from matching.coding import grown
from matching.requests import Requirement, SupplyRow


class DemandColumn:
    """Distinct requirements and one code per row; code 0 means that the row asks nothing here."""

    def __init__(self) -> None:
        self.requirements: list[Requirement] = []
        self._code: dict[str, int] = {}
        self._codes: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)

    def codes(self, size: int) -> NDArray[np.uint32]:
        self._reserve(size)
        return self._codes[:size]

    def put(self, row: int, requirement: Requirement | None, size: int) -> None:
        """Set what the row asks; None for nothing."""
        self._reserve(size)
        if requirement is None:
            self._codes[row] = 0
            return
        code = self._code.setdefault(repr(requirement), len(self.requirements) + 1)
        if code > len(self.requirements):
            self.requirements.append(requirement)
        self._codes[row] = code

    def drop(self, row: int, last: int) -> None:
        self._reserve(last + 1)
        self._codes[row] = self._codes[last]
        self._codes[last] = 0

    def _reserve(self, size: int) -> None:
        self._codes = grown(self._codes, size)


def demand_slots(market: Market, row: SupplyRow) -> dict[tuple[str, int], Requirement]:
    """The row's demands by criterion key and running number, with the one an occupancy restriction implies."""
    demands = list(row.demands)
    if market.permit is not None and market.permit_fact is not None:
        restriction = row.facts.get(market.permit_fact.key)
        unrestricted = (None, next(iter(market.permit_fact.options)))
        if restriction not in unrestricted and all(demand.key != market.permit.key for demand in demands):
            demands.append(Requirement(market.permit.key, True))
    seen: Counter[str] = Counter()
    slots = {}
    for demand in demands:
        slots[demand.key, seen[demand.key]] = demand
        seen[demand.key] += 1
    return slots
