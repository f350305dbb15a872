"""Records as columns of numbered words, so that work is done once per distinct value or pair of values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats
from matching.duplicates.fields import Field, parted

Positions = NDArray[np.intp]
BLANK_WORD = 0
PREFIX = 8
"""Longer beginnings add typing errors, not distinction."""


@dataclass(frozen=True)
class WordColumn:
    """One field of all records: `codes`, shape (rows,), number the `words` that stand there; 0 is blank."""

    field: Field
    words: Sequence[str]
    codes: Positions

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """Shape (words,): in how many records each word stands."""
        return np.bincount(self.codes, minlength=len(self.words))

    @cached_property
    def prefixes(self) -> Positions:
        """Shape (rows,): number of the beginning of each word, in alphabetical order; 0 is blank."""
        starts = [word[:PREFIX] for word in self.words]
        rank = {start: number for number, start in enumerate(sorted({*starts, ""}))}
        return np.array([rank[start] for start in starts], dtype=np.intp)[self.codes]


def columns_of(rows: Sequence[Mapping[str, Any]], fields: Sequence[Field]) -> list[WordColumn]:
    """The records' comparable values; a house number written behind the street is taken from there.

    Fields of one group share their words, so that they can be compared crosswise.
    """
    whole = [parted(row) for row in rows]
    vocabularies: dict[str, dict[str, int]] = {}
    columns = []
    for field in fields:
        vocabulary = vocabularies.setdefault(field.group or field.name, {"": BLANK_WORD})
        known: dict[Any, int] = {None: BLANK_WORD}
        codes = np.empty(len(whole), dtype=np.intp)
        for position, row in enumerate(whole):
            value = row.get(field.name)
            code = known.get(value)
            if code is None:
                code = known[value] = vocabulary.setdefault(field.comparable(value), len(vocabulary))
            codes[position] = code
        columns.append((field, vocabulary, codes))
    return [WordColumn(field, list(vocabulary), codes) for field, vocabulary, codes in columns]


def chances(counts: NDArray[np.intp], records: int, pseudo: float, share: float) -> Floats:
    """How likely another record shows the same value: its share, smoothed with `pseudo` records at `share`."""
    return (pseudo * share + counts.astype(np.float64) - 1.0) / (pseudo + max(records, 1) - 1.0)
