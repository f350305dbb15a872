"""Dictionary coding of columns, and columns that grow: each doubling is paid by the rows that follow."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.unsignedinteger[Any]]
CODE_TYPES = (np.uint8, np.uint16, np.uint32)
FEW = 4
"""Columns of one byte (flags, evidence classes, consents) hold numbers below this."""


def grown(column: NDArray[Any], size: int) -> NDArray[Any]:
    """The column itself, or one with room for `size` and twice as many as before, zeros at the end."""
    if size <= len(column):
        return column
    room = np.zeros(max(size, 2 * len(column)), dtype=column.dtype)
    room[: len(column)] = column
    return room


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


def code_type(levels: int) -> type[np.unsignedinteger[Any]]:
    """The smallest unsigned type that counts so many levels."""
    return next(kind for kind in CODE_TYPES if levels - 1 <= np.iinfo(kind).max)
