"""Dictionary encoding: every criterion sees a supply row as one of few *levels*.

A level is a distinct combination of what the criterion judges by (value, evidence class where it needs
evidence, basis of an adaptation, owner's consent, learned leaning of an unknown). Unknown is a level like any
other. A request is judged against the levels once; rows only look their level up.

Levels are numbered in the order of what they say, claims apart from the rest: so the levels that pass a
requirement lie side by side, and a comparison of numbers stands in for a look-up (see `matching.pruning`).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Codes, Floats, Mask, grown
from matching.kinds import IDLE, Reading
from matching.requests import Evidence

Kept = TypeVar("Kept")
REFUSED, OPEN, AGREED = 0, 1, 2

KEPT_LEVELS = 2_048
KEPT_ANSWERS = 128
"""What was worked out for a column of at most so many levels is kept for the next request that asks the same:
so many answers, a few megabytes over all columns."""

CODE_TYPES = (np.uint8, np.uint16, np.uint32)

FEW = 4
"""Columns of one byte (flags, evidence classes, consents) hold numbers below this."""


def code_type(size: int) -> type[np.unsignedinteger[Any]]:
    """The smallest unsigned type that counts so many."""
    return next(kind for kind in CODE_TYPES if size - 1 <= np.iinfo(kind).max)


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

    @cached_property
    def unknown(self) -> Mask:
        """Shape (levels,): nothing is known."""
        return np.isnan(self.value)

    @cached_property
    def idle(self) -> Mask:
        """Shape (levels,): there is nothing to judge."""
        result: Mask = self.value == IDLE
        return result

    @cached_property
    def judged(self) -> bool:
        """There is something to judge about every level."""
        return not self.idle.any()

    @cached_property
    def filled(self) -> Floats:
        """Values with 0 in place of unknown and of what there is nothing to judge about, for arithmetic."""
        return np.where(self.unknown | self.idle, 0.0, self.value)

    @cached_property
    def claimed(self) -> Mask:
        """Shape (levels,): a claim is all there is."""
        result: Mask = (self.evidence == Evidence.CLAIMED) & ~self.unknown
        return result

    @cached_property
    def leaning(self) -> bool:
        """Something was learned about an unknown."""
        return bool(self.lean.any())

    @cached_property
    def worked_out(self) -> dict[Hashable, Any]:
        """What depends on the levels alone, by what it is: worked out once for all who ask."""
        return {}

    def at(self, levels: NDArray[np.intp]) -> "Levels":
        """Only the levels at those positions."""
        return Levels(*(getattr(self, column.name)[levels] for column in fields(self)))


@dataclass(frozen=True)
class CriterionReading:
    """What one criterion reads off supply rows, ready to be coded; arrays of shape (rows,). A `flag` has no
    values but yes and no."""

    reading: Reading
    consent: NDArray[np.uint8]
    lean: Floats
    flag: bool = False

    def columns(self) -> tuple[NDArray[Any], ...]:
        """In the order of the level table."""
        reading = self.reading
        return reading.value, reading.evidence, reading.basis, self.consent, self.lean

    def sorting(self) -> tuple[NDArray[Any], ...]:
        """What levels are numbered by, the first first: what passes shall lie side by side."""
        value, evidence, basis, consent, lean = self.columns()
        first = (value, consent) if self.flag else (consent, value)
        return evidence == Evidence.CLAIMED, *first, evidence, basis, lean


class LevelColumn:
    """Levels and one code per row. Grows, changes and shrinks in place with the frame that owns it; `version` counts
    the changes."""

    def __init__(self, reading: CriterionReading) -> None:
        first, codes, count = distinct_rows(reading.sorting())
        self._table: list[NDArray[Any]] = [column[first] for column in reading.columns()]
        self._count: NDArray[np.int64] = count
        self._size = len(first)
        self._codes: Codes = codes.astype(code_type(self._size))
        self._known: dict[tuple[float, ...], int] | None = None
        self._levels: Levels | None = None
        self._kept: dict[Hashable, Any] = {}
        self.version = 0

    def codes(self, size: int) -> Codes:
        """Level of each of the first `size` rows."""
        return self._codes[:size]

    def levels(self) -> Levels:
        """The level table as it is now; counts change in place."""
        if self._levels is None:
            value, evidence, basis, consent, lean = (column[: self._size] for column in self._table)
            self._levels = Levels(value, evidence, basis, consent, lean, self._count[: self._size])
        return self._levels

    def kept(self, question: Hashable, answer: Callable[[], Kept]) -> Kept:
        """What was answered to that question since the last change of the column, else the answer now."""
        known: Kept | None = self._kept.get(question)
        if known is None:
            known = answer()
            if self._size <= KEPT_LEVELS:
                self.keep({question: known})
        return known

    def keep(self, answers: Mapping[Hashable, Any]) -> None:
        """Keep answers; those before give way where there are many, or many levels."""
        if self._size > KEPT_LEVELS or len(self._kept) + len(answers) > KEPT_ANSWERS:
            self._kept = {}
        self._kept |= answers

    def put(self, rows: Sequence[int], reading: CriterionReading, size: int) -> None:
        """Recode the given rows; rows at or beyond `size` are new."""
        if self._known is None:
            table = [column[: self._size] for column in self._table]
            self._known = {key: code for code, key in enumerate(_keys(table))}
        codes = [self._code_of(key) for key in _keys(reading.columns())]
        self._codes = grown(self._codes, max(size, *(row + 1 for row in rows)))
        for row, code in zip(rows, codes, strict=True):
            if row < size:
                self._count[self._codes[row]] -= 1
            self._codes[row] = code
            self._count[code] += 1
        self._change()

    def drop(self, row: int, last: int) -> None:
        """Remove a row: the last one stands there from now on."""
        self._count[self._codes[row]] -= 1
        self._codes[row] = self._codes[last]
        self._change()

    def _change(self) -> None:
        self._kept.clear()
        self.version += 1

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: answers and indexes are made there again."""
        return self.__dict__ | {"_kept": {}, "_known": None, "_levels": None}

    def _code_of(self, key: tuple[float, ...]) -> int:
        assert self._known is not None
        code = self._known.setdefault(key, self._size)
        if code == self._size:
            self._size += 1
            self._count = grown(self._count, self._size)
            self._table = [grown(column, self._size) for column in self._table]
            for column, part in zip(self._table, key, strict=True):
                column[code] = np.nan if part == -np.inf else part
            self._codes = self._codes.astype(code_type(self._size), copy=False)
            self._levels = None
        return code


def _keys(columns: Sequence[NDArray[Any]]) -> list[tuple[float, ...]]:
    """Hashable rows of the columns; NaN, which differs from itself, becomes -inf."""
    plain = [np.nan_to_num(column.astype(float), nan=-np.inf, neginf=-np.inf, posinf=np.inf) for column in columns]
    return list(zip(*(column.tolist() for column in plain), strict=True))


def distinct_rows(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64]]:
    """Distinct rows of the columns in ascending order, the first column first: a row that has each, the code of
    every row, how many rows have each."""
    rows = len(columns[0])
    joint, size = np.zeros(rows, dtype=np.intp), 1
    for position, column in enumerate(columns):
        if any(column is earlier for earlier in columns[:position]):
            continue  # a basis that is the value itself tells rows apart no further
        codes, distinct = _ranked(column)
        joint, size = joint * distinct + codes, size * distinct
        if size > 4 * rows:  # few of the combinations exist
            present, joint = np.unique(joint, return_inverse=True)
            size = len(present)
    count = np.bincount(joint, minlength=size)
    present = np.flatnonzero(count)
    number = np.zeros(size, dtype=np.intp)
    number[present] = np.arange(len(present))
    having = np.zeros(size, dtype=np.intp)
    having[joint] = np.arange(rows)
    return having[present], number[joint], count[present]


def _ranked(column: NDArray[Any]) -> tuple[NDArray[Any], int]:
    """A number per row in the order of the column's values, and how many numbers there are at most."""
    if column.dtype.itemsize == 1:
        return column, FEW
    distinct, codes = np.unique(column, return_inverse=True)
    return codes, len(distinct)
