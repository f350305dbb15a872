"""Supply as columns: known facts with what a criterion reads off them, and what supply asks of those who seek."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Codes, Floats, Positions, grown
from matching.catalogue import Market
from matching.dictionary_encoding import AGREED, OPEN, REFUSED, CriterionReading, code_type
from matching.facts import Choices, Fact, Flag, Measure, Text
from matching.kinds import Criterion, Reading
from matching.requests import EVIDENCE_NAMES, Evidence, Requirement, SupplyRow

Rows = slice | Positions

AT_ONCE = 256
"""Rows are turned into columns so many at a time: their values are still in the cache from fact to fact."""

CONSENT_LEVELS = {"agreed": AGREED, "open": OPEN, "refused": REFUSED}
CLASSES = {None: Evidence.STATED} | {name: Evidence.named(name) for name in EVIDENCE_NAMES}
"""By the word for it; what comes without one is stated."""


def encoded(fact: Fact, values: Sequence[Any]) -> Floats:
    """Shape (values,): each as the fact encodes it, every distinct value worked out once; NaN for None."""
    if isinstance(fact, Measure | Flag):
        return np.array(values, dtype=float)
    if isinstance(fact, Choices):
        values = [None if value is None else tuple(value) for value in values]
    codes = {value: fact.encode(value) for value in set(values)}
    return np.array([codes[value] for value in values], dtype=float)


@dataclass
class FactColumn:
    """Encoded values (NaN unknown) and evidence classes of one fact, with room to grow."""

    values: Floats
    evidence: NDArray[np.uint8]

    @classmethod
    def unknown(cls, size: int) -> "FactColumn":
        return cls(np.full(size, np.nan), np.zeros(size, dtype=np.uint8))

    def reach(self, size: int) -> None:
        """Have room for so many rows."""
        self.values, self.evidence = grown(self.values, size), grown(self.evidence, size)


class FactColumns:
    """One column per fact that is known of any row. Rows below the frame's length mean something."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._columns: dict[str, FactColumn] = {}

    def set(self, fact: Fact, values: Floats, evidence: NDArray[np.uint8] | None) -> None:
        """A whole column at once; evidence is stated where none is given."""
        held = np.array(values, dtype=float)
        classes = np.uint8(Evidence.STATED) if evidence is None else evidence
        self._columns[fact.key] = FactColumn(held, np.where(np.isnan(held), np.uint8(Evidence.NONE), classes))

    def read(self, fact: Fact, rows: Rows) -> FactColumn:
        """Values and evidence of the rows; a slice must have an end."""
        column = self._columns.get(fact.key)
        if column is None:
            return FactColumn.unknown(rows.stop if isinstance(rows, slice) else len(rows))
        return FactColumn(column.values[rows], column.evidence[rows])

    def write(self, positions: Sequence[int], rows: Sequence[SupplyRow], size: int) -> None:
        """Overwrite the rows at these positions, all below `size`."""
        for start in range(0, len(rows), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            self._write(np.array(positions[part]), rows[part], size)

    def _write(self, positions: Positions, rows: Sequence[SupplyRow], size: int) -> None:
        for key in self._columns.keys() | {key for row in rows for key in row.facts}:
            codes = encoded(self.market.fact(key), [row.facts.get(key) for row in rows])
            unknown = np.isnan(codes)
            held = self._columns.get(key)
            if held is None:
                if unknown.all():
                    continue
                held = self._columns[key] = FactColumn.unknown(size)
            held.reach(size)
            classes = np.array([CLASSES[row.evidence.get(key)] for row in rows], dtype=np.uint8)
            held.values[positions] = codes
            held.evidence[positions] = np.where(unknown, np.uint8(Evidence.NONE), classes)

    def move(self, row: int, last: int) -> None:
        """Let the last row stand where another stood."""
        for column in self._columns.values():
            column.values[row] = column.values[last]
            column.evidence[row] = column.evidence[last]

    def reading(self, criterion: Criterion, rows: Rows, lean: Floats | None) -> CriterionReading:
        """What the criterion reads; `lean`, shape (rows,), is how its unknowns lean."""
        reading = criterion.derive([self._read(fact, rows) for fact in criterion.facts])
        unknown = np.isnan(reading.value)
        if judged_by_value(criterion):
            evidence = np.where(unknown, np.uint8(Evidence.NONE), np.uint8(Evidence.STATED))
            reading = Reading(reading.value, evidence, reading.basis)
        leaning = np.zeros(len(unknown)) if lean is None else np.where(unknown, lean, 0.0)
        return CriterionReading(reading, self._consent(criterion, rows), leaning, isinstance(criterion.fact, Flag))

    def _read(self, fact: Fact, rows: Rows) -> Reading:
        column = self.read(fact, rows)
        return Reading(column.values, column.evidence, column.values)

    def _consent(self, criterion: Criterion, rows: Rows) -> NDArray[np.uint8]:
        size = rows.stop if isinstance(rows, slice) else len(rows)
        consent = np.full(size, OPEN, dtype=np.uint8)
        if criterion.adaptations and self.market.consent is not None:
            given = self.read(self.market.consent, rows).values
            known = ~np.isnan(given)
            levels = np.array([CONSENT_LEVELS[key] for key in self.market.consent.options], dtype=np.uint8)
            consent[known] = levels[given[known].astype(np.intp)]
        return consent


def judged_by_value(criterion: Criterion) -> bool:
    """The class of evidence decides nothing, so that levels need not tell it apart."""
    derived = criterion.others or criterion.idle_where
    return not (criterion.needs_evidence or derived or isinstance(criterion.fact, Text))


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

    def put(self, row: int | Positions, requirement: Requirement | None, size: int) -> None:
        """Set what the row, or each of the rows, asks; None for nothing."""
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
    numbered = {}
    for demand in demands:
        numbered[demand.key, seen[demand.key]] = demand
        seen[demand.key] += 1
    return numbered


class DemandColumns:
    """What every row of a frame asks: one column per criterion key and running number, in declared order."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.columns: dict[tuple[str, int], DemandColumn] = {}

    def put(self, position: int | Positions, row: SupplyRow, size: int) -> None:
        """Set what the row asks, at one position or several; `size` rows there are."""
        demands = demands_by_criterion(self.market, row)
        if not demands.keys() <= self.columns.keys():
            declared = [criterion.key for criterion in self.market.demand_criteria]
            known = {key: self.columns.get(key) or DemandColumn() for key in (*self.columns, *demands)}
            self.columns = dict(sorted(known.items(), key=lambda item: (declared.index(item[0][0]), item[0][1])))
        for key, column in self.columns.items():
            column.put(position, demands.get(key), size)

    def put_all(
        self, ids: Sequence[str], demands: Mapping[str, tuple[Requirement, ...]], restrictions: Floats | None
    ) -> None:
        """Set what the rows of these ids ask. `restrictions`, shape (rows,), are the encoded occupancy restrictions,
        which ask something themselves."""
        fact = self.market.permit_fact
        known = np.zeros(len(ids)) if restrictions is None else np.nan_to_num(restrictions)
        alike: dict[tuple[float, int], list[int]] = {}  # rows of one restriction whose demands are one object
        for position, (row_id, code) in enumerate(zip(ids, known.tolist(), strict=True)):
            if code or row_id in demands:
                alike.setdefault((code, id(demands.get(row_id))), []).append(position)
        for (code, _), positions in alike.items():
            row_id = ids[positions[0]]
            facts = {fact.key: fact.decode(code)} if fact is not None else {}
            self.put(np.array(positions), SupplyRow(row_id, facts, demands=demands.get(row_id, ())), len(ids))

    def drop(self, row: int, last: int) -> None:
        """Let the last row stand where another stood."""
        for column in self.columns.values():
            column.drop(row, last)
