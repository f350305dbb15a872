"""What supply asks of those who seek, coded per row like levels: few distinct demands, one code a row."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from matching.arrays import Codes, Floats, code_type, grown
from matching.catalogue import Market
from matching.requests import Requirement, SupplyRow


class DemandColumn:
    """Distinct requirements and one code per row; code 0 means that the row asks nothing here."""

    def __init__(self) -> None:
        self.requirements: list[Requirement] = []
        self._code: dict[str, int] = {}
        self._codes: Codes = np.zeros(0, dtype=code_type(1))

    def codes(self, size: int) -> Codes:
        """What each of the first `size` rows asks: 1 + the number of its requirement, 0 for nothing."""
        self._codes = grown(self._codes, size)
        return self._codes[:size]

    def put(self, row: int, requirement: Requirement | None, size: int) -> None:
        """Set what the row asks; None for nothing."""
        codes = self.codes(size)
        if requirement is None:
            codes[row] = 0
            return
        code = self._code.setdefault(repr(requirement), len(self.requirements) + 1)
        if code > len(self.requirements):
            self.requirements.append(requirement)
            self._codes = self._codes.astype(code_type(code + 1), copy=False)
        self._codes[row] = code

    def drop(self, row: int, last: int) -> None:
        """Let the last row stand where another stood."""
        codes = self.codes(last + 1)
        codes[row] = codes[last]
        codes[last] = 0


def demands_by_criterion(market: Market, row: SupplyRow) -> dict[tuple[str, int], Requirement]:
    """The row's demands by criterion key and running number, with the one an occupancy restriction implies."""
    demands = list(row.demands)
    if market.permit is not None and market.permit_fact is not None:
        restriction = row.facts.get(market.permit_fact.key)
        unrestricted = (None, next(iter(market.permit_fact.options)))
        if restriction not in unrestricted and all(demand.key != market.permit.key for demand in demands):
            demands.append(Requirement(market.permit.key, True))
    seen: Counter[str] = Counter()
    asked = {}
    for demand in demands:
        asked[demand.key, seen[demand.key]] = demand
        seen[demand.key] += 1
    return asked


class DemandColumns:
    """What every row of a frame asks: one column per criterion key and running number, in declared order."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.columns: dict[tuple[str, int], DemandColumn] = {}

    def put(self, position: int, row: SupplyRow, size: int) -> None:
        """Set what the row asks; `size` rows there are."""
        asked = demands_by_criterion(self.market, row)
        if not asked.keys() <= self.columns.keys():
            declared = [criterion.key for criterion in self.market.demand_criteria]
            known = {key: self.columns.get(key) or DemandColumn() for key in (*self.columns, *asked)}
            self.columns = dict(sorted(known.items(), key=lambda item: (declared.index(item[0][0]), item[0][1])))
        for key, column in self.columns.items():
            column.put(position, asked.get(key), size)

    def put_all(
        self, ids: Sequence[str], demands: Mapping[str, tuple[Requirement, ...]], restrictions: Floats | None
    ) -> None:
        """Set what the rows of these ids ask. `restrictions`, shape (rows,), are the encoded occupancy restrictions,
        which ask something themselves."""
        fact = self.market.permit_fact
        known = np.zeros(len(ids)) if restrictions is None else np.nan_to_num(restrictions)
        for position, row_id in enumerate(ids):
            if known[position] or row_id in demands:
                facts = {fact.key: fact.decode(known[position])} if fact is not None else {}
                self.put(position, SupplyRow(row_id, facts, demands=demands.get(row_id, ())), len(ids))

    def drop(self, row: int, last: int) -> None:
        """Let the last row stand where another stood."""
        for column in self.columns.values():
            column.drop(row, last)
