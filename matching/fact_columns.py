"""The known facts of the supply as columns, and what a criterion reads off them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Positions, grown
from matching.catalogue import Market
from matching.dictionary_encoding import AGREED, OPEN, REFUSED, CriterionReading
from matching.facts import Fact, Flag, Text
from matching.kinds import Criterion, Reading
from matching.requests import EVIDENCE_NAMES, Evidence, SupplyRow

Rows = slice | Positions

CONSENT_LEVELS = {"agreed": AGREED, "open": OPEN, "refused": REFUSED}
CLASSES = {name: Evidence.named(name) for name in EVIDENCE_NAMES}


@dataclass
class FactColumn:
    """Encoded values (NaN unknown) and evidence classes of one fact, with room to grow."""

    values: Floats
    evidence: NDArray[np.uint8]

    @classmethod
    def unknown(cls, size: int) -> "FactColumn":
        return cls(np.full(size, np.nan), np.zeros(size, dtype=np.uint8))

    def forget(self, positions: Sequence[int], size: int) -> None:
        """Nothing is known of the rows at these positions, which are below `size`."""
        self.values, self.evidence = grown(self.values, size), grown(self.evidence, size)
        self.values[positions] = np.nan
        self.evidence[positions] = Evidence.NONE


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
        for column in self._columns.values():
            column.forget(positions, size)
        for position, row in zip(positions, rows, strict=True):
            for key, value in row.facts.items():
                code = self.market.fact(key).encode(value)
                if code == code:  # not NaN
                    held = self._columns.get(key)
                    if held is None:
                        held = self._columns[key] = FactColumn.unknown(size)
                    held.values[position] = code
                    held.evidence[position] = _class(row.evidence, key)

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
    return not (criterion.needs_evidence or criterion.others or isinstance(criterion.fact, Text))


def _class(evidence: Mapping[str, str], key: str) -> Evidence:
    name = evidence.get(key)
    return Evidence.STATED if name is None else CLASSES[name]
