"""The supply as columns: one array per known fact with its evidence, kept current in place.

The order of rows carries no meaning (ties are broken by a hash of the id), so a dropped row is replaced by
the last one and every change costs time in proportion to the change, not to the stock.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, grown
from matching.catalogue import Market
from matching.dictionary_encoding import LevelColumn
from matching.facts import Fact, Text
from matching.kinds import Criterion
from matching.requests import Requirement, SupplyRow
from matching.supply_columns import DemandColumn, DemandColumns, FactColumns, judged_by_value
from matching.tie_breaking import hashes_of, tie_breaks

STALE = 4
"""Once one row in so many has changed, levels are numbered anew: spread over the changes, that is little for each."""

LEAST_STALE = 1_000
"""In a small stock so many rows may change before."""


class Frame:
    """Supply rows of one market. Ids are unique; rows are addressed by position 0 … len - 1. `given_once` may name rows
    that take one household, whatever they state."""

    def __init__(self, market: Market, rows: Iterable[SupplyRow] = ()) -> None:
        self.market = market
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.position: dict[str, int] = {}
        self.revision = 0
        self.given_once: frozenset[str] = frozenset()
        self._text_keys = [fact.key for fact in market.facts if isinstance(fact, Text)]
        self._facts = FactColumns(market)
        self._levels: dict[str, LevelColumn] = {}
        self._leanings: dict[str, Floats] = {}
        self._demands = DemandColumns(market)
        self._id_hashes: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
        self._told = 0
        self._changed = 0
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
        frame._told = sum(map(bool, frame.texts))
        frame.position = {row_id: row for row, row_id in enumerate(ids)}
        for key, column in values.items():
            frame._facts.set(market.fact(key), column, (evidence or {}).get(key))
        frame._id_hashes = hashes_of(frame.ids)
        if demands is not None:
            restriction = market.permit_fact
            frame._demands.put_all(frame.ids, demands, None if restriction is None else frame.values(restriction))
        return frame

    def __len__(self) -> int:
        return len(self.ids)

    def values(self, fact: Fact) -> Floats:
        """Encoded values, shape (rows,); NaN where unknown."""
        return self._facts.read(fact, self._all).values

    def evidence(self, fact: Fact) -> NDArray[np.uint8]:
        """Evidence classes, shape (rows,); NONE where unknown."""
        return self._facts.read(fact, self._all).evidence

    def capacities(self) -> NDArray[np.intp]:
        """How many households each row takes, shape (rows,): its free places, one where it states none and for those in
        `given_once`: a room that is offered by itself states how much room its house has."""
        if self.market.capacity is None:
            return np.ones(len(self), dtype=np.intp)
        stated = self.values(self.market.capacity)
        once = [self.position[row_id] for row_id in self.given_once if row_id in self.position]
        places = np.where(np.isnan(stated), 1.0, stated).astype(np.intp)
        places[once] = np.minimum(places[once], 1)
        return places

    def known(self, fact: Fact, row: int) -> Any:
        """The decoded value of one row; None where unknown."""
        return fact.decode(float(self._facts.read(fact, np.array([row])).values[0]))

    @property
    def has_texts(self) -> bool:
        """Any row has a text."""
        return self._told > 0

    def level_column(self, criterion: Criterion) -> LevelColumn:
        """The criterion's dictionary-coded view of the rows, made when first asked for."""
        column = self._levels.get(criterion.key)
        if column is None:
            lean = self._leanings.get(criterion.key)
            reading = self._facts.reading(criterion, self._all, None if lean is None else lean[self._all])
            column = self._levels[criterion.key] = LevelColumn(reading)
        return column

    def sources(self, criterion: Criterion) -> NDArray[np.uint8] | None:
        """Evidence classes by row, shape (rows,), of a criterion whose levels leave them out; else None."""
        return self.evidence(criterion.fact) if judged_by_value(criterion) else None

    def demand_columns(self) -> dict[tuple[str, int], DemandColumn]:
        """What the rows ask of a household, by criterion key and running number, in declared order."""
        return self._demands.columns

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
        positions = [self._position(row.id) for row in rows]
        self._facts.write(positions, rows, len(self))
        for position, row in zip(positions, rows, strict=True):
            self._tell(position, row)
            self._demands.put(position, row, len(self))
        for key, leanings in self._leanings.items():
            self._leanings[key] = grown(leanings, len(self))
            self._leanings[key][positions] = 0.0
        self._id_hashes = grown(self._id_hashes, len(self))
        self._id_hashes[old_size : len(self)] = hashes_of(self.ids[old_size:])
        self._change(len(positions))
        for key, levels in self._levels.items():
            reading = self._facts.reading(self.market.criterion(key), np.array(positions), None)
            levels.put(positions, reading, old_size)

    def drop(self, ids: Iterable[str]) -> None:
        """Remove rows; unknown ids are ignored."""
        dropped = 0
        for row_id in ids:
            row = self.position.pop(row_id, None)
            if row is not None:
                self._drop_row(row)
                dropped += 1
        self._change(dropped)

    def _drop_row(self, row: int) -> None:
        last = len(self) - 1
        self._facts.move(row, last)
        self._demands.drop(row, last)
        for column in self._levels.values():
            column.drop(row, last)
        for leanings in self._leanings.values():
            leanings[row] = leanings[last]
        self._id_hashes[row] = self._id_hashes[last]
        self._told -= bool(self.texts[row])
        moved, text = self.ids.pop(), self.texts.pop()
        if row != last:
            self.ids[row], self.texts[row] = moved, text
            self.position[moved] = row

    def _change(self, rows: int) -> None:
        self.revision += 1
        self._changed += rows
        if self._changed * STALE > max(len(self), LEAST_STALE * STALE):
            self._levels.clear()
            self._changed = 0

    def _position(self, row_id: str) -> int:
        row = self.position.setdefault(row_id, len(self))
        if row == len(self):
            self.ids.append(row_id)
            self.texts.append("")
        return row

    def _tell(self, position: int, row: SupplyRow) -> None:
        own = (row.facts.get(key) or "" for key in self._text_keys)
        text = next((text.strip() for text in (row.text, *own) if text.strip()), "")
        self._told += bool(text) - bool(self.texts[position])
        self.texts[position] = text

    @property
    def _all(self) -> slice:
        return slice(0, len(self))
