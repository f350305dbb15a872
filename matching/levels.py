"""Dictionary coding: every criterion sees a supply row as one of few *levels*.

A level is a distinct combination of what the criterion reads (value, evidence class, basis of an
adaptation, owner's consent, learned leaning of an unknown). Unknown is a level like any other. A request
is judged against the levels once; rows only look their level up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.kinds import Floats, Reading

Codes = NDArray[np.unsignedinteger[Any]]
REFUSED, OPEN, AGREED = 0, 1, 2


@dataclass(frozen=True)
class Levels:
    """The level table, every array of shape (levels,). `count` says how many rows have the level;
    `consent` is REFUSED, OPEN or AGREED; `lean` shifts the log-odds of an unknown."""

    value: Floats
    evidence: NDArray[np.uint8]
    basis: Floats
    consent: NDArray[np.uint8]
    lean: Floats
    count: NDArray[np.int64]

    @classmethod
    def of_values(cls, values: Floats, evidence: int) -> "Levels":
        """Levels that stand for themselves (a household, likenesses of texts): they count for no base rate."""
        size = len(values)
        return cls(
            value=values,
            evidence=np.full(size, evidence, dtype=np.uint8),
            basis=values,
            consent=np.full(size, OPEN, dtype=np.uint8),
            lean=np.zeros(size),
            count=np.zeros(size, dtype=np.int64),
        )

    def at(self, levels: NDArray[np.intp]) -> "Levels":
        """Only the levels at those positions."""
        return Levels(*(getattr(self, column.name)[levels] for column in fields(self)))


@dataclass(frozen=True)
class Seen:
    """What one criterion reads off a stack of rows, ready to be coded; arrays of shape (rows,)."""

    reading: Reading
    consent: NDArray[np.uint8]
    lean: Floats

    def columns(self) -> tuple[NDArray[Any], ...]:
        reading = self.reading
        return reading.value, reading.evidence, reading.basis, self.consent, self.lean


class LevelColumn:
    """Levels and one code per row. Grows, changes and shrinks in place with the frame that owns it."""

    def __init__(self, seen: Seen) -> None:
        columns = seen.columns()
        joint = np.zeros(len(columns[0]), dtype=np.int64)
        for position, column in enumerate(columns):
            if any(column is earlier for earlier in columns[:position]):
                continue  # a basis that is the value itself tells rows apart no further
            distinct, inverse = np.unique(column, return_inverse=True)
            joint = joint * len(distinct) + inverse
        _, first, codes, count = np.unique(joint, return_index=True, return_inverse=True, return_counts=True)
        self._table: list[NDArray[Any]] = [column[first] for column in columns]
        self._count = count.astype(np.int64)
        self._codes: Codes = codes.astype(_code_type(len(first)))
        self._known: dict[tuple[float, ...], int] | None = None
        self._levels: Levels | None = None

    def codes(self, size: int) -> Codes:
        """Level of each of the first `size` rows."""
        return self._codes[:size]

    def levels(self) -> Levels:
        if self._levels is None:
            value, evidence, basis, consent, lean = self._table
            self._levels = Levels(value, evidence, basis, consent, lean, self._count)
        return self._levels

    def put(self, rows: Sequence[int], seen: Seen, size: int) -> None:
        """Recode the given rows; rows at or beyond `size` are new."""
        if self._known is None:
            self._known = {key: code for code, key in enumerate(_keys(self._table))}
        codes = [self._code_of(key) for key in _keys(seen.columns())]
        self._reserve(max(size, *(row + 1 for row in rows)))
        for row, code in zip(rows, codes, strict=True):
            if row < size:
                self._count[self._codes[row]] -= 1
            self._codes[row] = code
            self._count[code] += 1
        self._levels = None

    def drop(self, row: int, last: int) -> None:
        """Remove a row by moving the last one into its place."""
        self._count[self._codes[row]] -= 1
        self._codes[row] = self._codes[last]
        self._levels = None

    def _code_of(self, key: tuple[float, ...]) -> int:
        assert self._known is not None
        code = self._known.setdefault(key, len(self._known))
        if code == len(self._count):
            self._table = [
                np.append(column, np.array([np.nan if part == -np.inf else part]).astype(column.dtype))
                for column, part in zip(self._table, key, strict=True)
            ]
            self._count = np.append(self._count, 0)
            if code > np.iinfo(self._codes.dtype).max:
                self._codes = self._codes.astype(np.uint32)
        return code

    def _reserve(self, size: int) -> None:
        if size > len(self._codes):
            room = np.zeros(max(size, len(self._codes) * 2), dtype=self._codes.dtype)
            room[: len(self._codes)] = self._codes
            self._codes = room


def _keys(columns: Sequence[NDArray[Any]]) -> list[tuple[float, ...]]:
    """Hashable rows of the columns; NaN, which differs from itself, becomes -inf."""
    plain = [np.nan_to_num(column.astype(float), nan=-np.inf, neginf=-np.inf, posinf=np.inf) for column in columns]
    return list(zip(*(column.tolist() for column in plain), strict=True))


def _code_type(levels: int) -> type[np.uint16] | type[np.uint32]:
    return np.uint16 if levels <= np.iinfo(np.uint16).max else np.uint32
