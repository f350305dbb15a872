"""The arrays that the engine works on: their types, and columns that grow."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Grades = NDArray[np.uint8]
Positions = NDArray[np.intp]
"""Of rows in a frame, or of requests in an index: 0 … len - 1."""

Codes = NDArray[np.unsignedinteger[Any]]
"""The number of a level or a requirement, one for each row or request; see `matching.dictionary_encoding`."""


def grown(column: NDArray[Any], size: int) -> NDArray[Any]:
    """The column itself, or one with room for `size` and twice as many as before, zeros at the end: each doubling is
    paid by the rows that follow."""
    if size <= len(column):
        return column
    room = np.zeros(max(size, 2 * len(column)), dtype=column.dtype)
    room[: len(column)] = column
    return room
