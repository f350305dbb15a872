"""The supply as columns: one array per known fact with its evidence, kept current in place.

The order of rows carries no meaning (ties are broken by a hash of the id), so a dropped row is replaced by
the last one and every change costs time in proportion to the change, not to the stock.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.catalogue import Market
from matching.coding import grown
from matching.demands import DemandColumn, demand_slots
from matching.evidence import Evidence
from matching.facts import Fact, Flag, Text
from matching.kinds import Criterion, Floats, Reading
from matching.levels import AGREED, OPEN, REFUSED, LevelColumn, Seen
from matching.requests import Requirement, SupplyRow
from matching.ties import hashes_of, tie_breaks

Rows = slice | NDArray[np.intp]
CONSENT_LEVELS = {"agreed": AGREED, "open": OPEN, "refused": REFUSED}


class FactColumn:
    """Encoded values (NaN unknown) and evidence classes of one fact, with room to grow."""

    def __init__(self, capacity: int) -> None:
        self.values: Floats = np.full(capacity, np.nan)
        self.evidence: NDArray[np.uint8] = np.zeros(capacity, dtype=np.uint8)

    def reserve(self, capacity: int) -> None:
        """Room for so many rows; what new rows hold is for their writer to say."""
        self.values, self.evidence = grown(self.values, capacity), grown(self.evidence, capacity)


class Frame:
    """Supply rows of one market. Ids are unique; rows are addressed by position 0 … len - 1."""

    def __init__(self, market: Market, rows: Iterable[SupplyRow] = ()) -> None:
        self.market = market
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.position: dict[str, int] = {}
        self.revision = 0
        self._facts: dict[str, FactColumn] = {}
        self._levels: dict[str, LevelColumn] = {}
        self._leanings: dict[str, Floats] = {}
        self._demands: dict[tuple[str, int], DemandColumn] = {}
        self._id_hashes: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
        self.replace(rows)

    @classmethod
    def from_columns(
        cls,
        market: Market,
        ids: Sequence[str],
        values: Mapping[str, Floats],
        evidence: Mapping[str, NDArray[np.uint8]] | None = None,
        texts: Sequence[str] | None = None,
        demands: Mapping[str, tuple[Requirement, ...]] | None = None,
    ) -> "Frame":
        """A frame of already encoded columns, each of shape (rows,); evidence is stated where none is given.

        `demands` holds by id what the rows ask of a household, beside what an occupancy restriction implies;
        without it they ask nothing.
        """
        frame = cls(market)
        frame.ids = list(ids)
        frame.texts = list(texts) if texts is not None else [""] * len(ids)
        frame.position = {row_id: row for row, row_id in enumerate(ids)}
        for key, column in values.items():
            held = frame._facts[market.fact(key).key] = FactColumn(0)
            held.values = np.array(column, dtype=float)
            given = (evidence or {}).get(key)
            held.evidence = np.where(
                np.isnan(held.values), Evidence.NONE, Evidence.STATED if given is None else given
            ).astype(np.uint8)
        frame._id_hashes = hashes_of(frame.ids)
        if demands is not None:
            frame._ask(demands)
        return frame

    def __len__(self) -> int:
        return len(self.ids)

    def values(self, fact: Fact) -> Floats:
        """Encoded values, shape (rows,); NaN where unknown."""
        column = self._facts.get(fact.key)
        return np.full(len(self), np.nan) if column is None else column.values[: len(self)]

    def evidence(self, fact: Fact) -> NDArray[np.uint8]:
        """Evidence classes, shape (rows,); NONE where unknown."""
        column = self._facts.get(fact.key)
        return np.zeros(len(self), dtype=np.uint8) if column is None else column.evidence[: len(self)]

    def known(self, fact: Fact, row: int) -> Any:
        """The decoded value of one row; None where unknown."""
        column = self._facts.get(fact.key)
        return None if column is None else fact.decode(float(column.values[row]))

    def level_column(self, criterion: Criterion) -> LevelColumn:
        """The criterion's dictionary-coded view of the rows, made when first asked for."""
        column = self._levels.get(criterion.key)
        if column is None:
            column = self._levels[criterion.key] = LevelColumn(self._seen(criterion, slice(0, len(self))))
        return column

    def demand_columns(self) -> dict[tuple[str, int], DemandColumn]:
        """What the rows ask of a household, by criterion key and running number, in declared order."""
        declared = [criterion.key for criterion in self.market.demand_criteria]
        return dict(sorted(self._demands.items(), key=lambda item: (declared.index(item[0][0]), item[0][1])))

    def lean(self, criterion: Criterion, log_odds: Floats) -> None:
        """Set how the unknowns of a criterion lean, shape (rows,), in log-odds against the base rate."""
        self._leanings[criterion.key] = np.array(log_odds, dtype=float)
        self._levels.pop(criterion.key, None)
        self.revision += 1

    def tie_breaks(self, rows: NDArray[np.intp], seed: int) -> NDArray[np.uint64]:
        """A number per row that depends on its id and the seed alone."""
        return tie_breaks(self._id_hashes[rows], seed)

    def replace(self, rows: Iterable[SupplyRow]) -> None:
        """Insert new rows and overwrite those whose id is known; the last of several with one id wins."""
        rows = list({row.id: row for row in rows}.values())
        if not rows:
            return
        old_size = len(self)
        places = [self._place(row.id) for row in rows]
        for column in self._facts.values():
            column.reserve(len(self))
            column.values[places] = np.nan
            column.evidence[places] = Evidence.NONE
        for place, row in zip(places, rows, strict=True):
            self._write(place, row)
        for key, leanings in self._leanings.items():
            self._leanings[key] = grown(leanings, len(self))
            self._leanings[key][places] = 0.0
        self._id_hashes = grown(self._id_hashes, len(self))
        self._id_hashes[old_size : len(self)] = hashes_of(self.ids[old_size:])
        for key, levels in self._levels.items():
            levels.put(places, self._seen(self.market.criterion(key), np.array(places)), old_size)
        self.revision += 1

    def drop(self, ids: Iterable[str]) -> None:
        """Remove rows; unknown ids are ignored."""
        for row_id in ids:
            row = self.position.pop(row_id, None)
            if row is not None:
                self._drop_row(row)
        self.revision += 1

    def _drop_row(self, row: int) -> None:
        last = len(self) - 1
        for fact_column in self._facts.values():
            fact_column.values[row] = fact_column.values[last]
            fact_column.evidence[row] = fact_column.evidence[last]
        for level_column in self._levels.values():
            level_column.drop(row, last)
        for demand_column in self._demands.values():
            demand_column.drop(row, last)
        for leanings in self._leanings.values():
            leanings[row] = leanings[last]
        self._id_hashes[row] = self._id_hashes[last]
        self.texts[row] = self.texts[last]
        self.texts.pop()
        moved = self.ids[last]
        self.ids[row] = moved
        self.ids.pop()
        if row != last:
            self.position[moved] = row

    def _place(self, row_id: str) -> int:
        row = self.position.setdefault(row_id, len(self))
        if row == len(self):
            self.ids.append(row_id)
            self.texts.append("")
        return row

    def _write(self, place: int, row: SupplyRow) -> None:
        self.texts[place] = row.text.strip()
        for key, value in row.facts.items():
            fact = self.market.fact(key)
            if isinstance(fact, Text):
                self.texts[place] = self.texts[place] or (value or "").strip()
            code = fact.encode(value)
            if np.isnan(code):
                continue
            column = self._facts.get(key)
            if column is None:
                column = self._facts[key] = FactColumn(len(self))
            column.reserve(len(self))
            column.values[place] = code
            column.evidence[place] = Evidence.named(row.evidence.get(key, "stated"))
        slots = demand_slots(self.market, row)
        for slot in self._demands.keys() | slots.keys():
            demands = self._demands.setdefault(slot, DemandColumn())
            demands.put(place, slots.get(slot), len(self))

    def _ask(self, demands: Mapping[str, tuple[Requirement, ...]]) -> None:
        restriction = self.market.permit_fact
        asking = {self.position[row_id] for row_id in demands}
        if restriction:
            asking |= set(np.flatnonzero(self.values(restriction) > 0).tolist())
        for row in sorted(asking):
            facts = {restriction.key: self.known(restriction, row)} if restriction else {}
            asked = SupplyRow(self.ids[row], facts, demands=demands.get(self.ids[row], ()))
            for slot, requirement in demand_slots(self.market, asked).items():
                self._demands.setdefault(slot, DemandColumn()).put(row, requirement, len(self))

    def sources(self, criterion: Criterion) -> NDArray[np.uint8] | None:
        """Evidence classes by row, shape (rows,), of a criterion whose levels leave them out; else None."""
        held = criterion.fact.key in self._facts  # a text has no column
        return self.evidence(criterion.fact) if held and _judged_by_value(criterion) else None

    def _seen(self, criterion: Criterion, rows: Rows) -> Seen:
        reading = criterion.derive([self._reading(fact, rows) for fact in criterion.facts])
        if _judged_by_value(criterion):
            evidence = np.where(np.isnan(reading.value), np.uint8(Evidence.NONE), np.uint8(Evidence.STATED))
            reading = Reading(reading.value, evidence, reading.basis)
        consent = np.full(len(reading.value), OPEN, dtype=np.uint8)
        if criterion.adaptations and self.market.consent is not None:
            given = self._reading(self.market.consent, rows).value
            levels = np.array([CONSENT_LEVELS[key] for key in self.market.consent.options], dtype=np.uint8)
            consent[~np.isnan(given)] = levels[given[~np.isnan(given)].astype(np.intp)]
        leanings = self._leanings.get(criterion.key)
        lean = np.zeros(len(reading.value)) if leanings is None else leanings[rows]
        flag = isinstance(criterion.fact, Flag)
        return Seen(reading, consent, np.where(np.isnan(reading.value), lean, 0.0), flag)

    def _reading(self, fact: Fact, rows: Rows) -> Reading:
        column = self._facts.get(fact.key)
        if column is None:
            size = rows.stop if isinstance(rows, slice) else len(rows)
            column = FactColumn(size)
            rows = slice(0, size)
        values = column.values[rows]
        return Reading(values, column.evidence[rows], values)


def _judged_by_value(criterion: Criterion) -> bool:
    """The class of evidence decides nothing, so that levels need not tell it apart."""
    return not criterion.needs_evidence and not criterion.others
