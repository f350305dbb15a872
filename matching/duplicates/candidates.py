"""Which pairs are worth comparing: nearest by character trigrams where rows are few, and in any case those that
begin alike in two fields."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.duplicates.word_columns import Positions, WordColumn

RowPairs = tuple[Positions, Positions]

MOST_BY_TRIGRAMS = 8_000
LEAST_COSINE = 0.35
NEAREST = 12
CHUNK = 1_000
LEAST_COMMON = 50
COMMON_SHARE = 0.1
"""Trigrams in more rows than that tell nobody apart and cost most."""

LARGEST_BLOCK = 8
WINDOW = 1


def candidate_pairs(columns: Sequence[WordColumn]) -> RowPairs:
    """Positions of left and right rows, left < right, each pair once."""
    size = len(columns[0].codes) if columns else 0
    if size < 2:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    codes = _by_blocks(columns, size)
    if size <= MOST_BY_TRIGRAMS:
        codes = np.union1d(codes, _by_trigrams(columns, size))
    return codes // size, codes % size


def _by_blocks(columns: Sequence[WordColumn], size: int) -> Positions:
    """Pairs whose beginnings agree in two fields; in large blocks only neighbours in alphabetical order."""
    in_order = np.lexsort([column.prefixes for column in reversed(columns)])
    found = [np.zeros(0, dtype=np.intp)]
    for one, other in combinations(columns, 2):
        both = in_order[(one.prefixes[in_order] > 0) & (other.prefixes[in_order] > 0)]
        keys = one.prefixes[both] * (other.prefixes.max() + 1) + other.prefixes[both]
        order = np.argsort(keys, kind="stable")
        found += _block_pairs(both[order], keys[order], size)
    return np.unique(np.concatenate(found))


def _block_pairs(rows: Positions, keys: Positions, size: int) -> list[Positions]:
    """Pairs of rows with the same key; rows and keys in order of the keys."""
    ends = np.flatnonzero(np.diff(keys, append=-1)) + 1
    lengths = np.diff(ends, prepend=0)
    small = np.repeat(lengths <= LARGEST_BLOCK, lengths)
    found = []
    for step in range(1, min(LARGEST_BLOCK, len(rows))):
        same = keys[step:] == keys[:-step]
        if step > WINDOW:
            same &= small[step:]
        found.append(_codes(rows[:-step][same], rows[step:][same], size))
    return found


def _by_trigrams(columns: Sequence[WordColumn], size: int) -> Positions:
    """The nearest rows of each by cosine of weighed trigrams over all fields."""
    weighed = _trigrams(columns, size)
    found = [np.zeros(0, dtype=np.intp)]
    for start in range(0, size, CHUNK):
        near = (weighed[start : start + CHUNK] @ weighed.T).tocoo()
        keep = (near.data >= LEAST_COSINE) & (near.row + start != near.col)
        line, other, cosine = near.row[keep], near.col[keep], near.data[keep]
        order = np.lexsort((other, -cosine, line))
        position = np.arange(len(order)) - np.searchsorted(line[order], line[order])  # 0 is the nearest of its line
        best = order[position < NEAREST]
        found.append(_codes(line[best].astype(np.intp) + start, other[best].astype(np.intp), size))
    return np.unique(np.concatenate(found))


def _trigrams(columns: Sequence[WordColumn], size: int) -> sparse.csr_array:
    """Weights of length 1 per row, shape (rows, trigrams): counts times the logarithm of how rare a trigram is."""
    grams = [[_grams_of(word) for word in column.words] for column in columns]
    number = {
        gram: position for position, gram in enumerate(dict.fromkeys(g for col in grams for word in col for g in word))
    }
    counts = sparse.csr_array((size, len(number)), dtype=np.float32)
    for column, found in zip(columns, grams, strict=True):
        positions = np.array([number[gram] for word in found for gram in word], dtype=np.intp)
        ends = np.cumsum([0, *map(len, found)])
        of_word = sparse.csr_array(
            (np.ones(len(positions), dtype=np.float32), positions, ends), (len(found), len(number))
        )
        counts = counts + of_word[column.codes]
    spread = np.bincount(counts.indices, minlength=len(number))
    common = max(LEAST_COMMON, COMMON_SHARE * size)
    rarity = np.where(spread > common, 0.0, np.log((1.0 + size) / (1.0 + spread)) + 1.0)
    weighed = counts.multiply(rarity.astype(np.float32)).tocsr()
    weighed.eliminate_zeros()
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return (sparse.diags_array(1.0 / np.where(lengths > 0, lengths, 1.0)) @ weighed).tocsr()


def _grams_of(word: str) -> list[str]:
    return [part[at : at + 3] for piece in word.split() for part in [f" {piece} "] for at in range(len(part) - 2)]


def _codes(left: NDArray[np.intp], right: NDArray[np.intp], size: int) -> Positions:
    codes: Positions = np.minimum(left, right) * size + np.maximum(left, right)
    return codes
