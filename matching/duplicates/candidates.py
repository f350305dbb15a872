"""Which pairs are worth comparing: nearest by character trigrams, or equal in two short keys where rows are many."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]

MOST_BY_TRIGRAMS = 8_000
LEAST_COSINE = 0.35
NEAREST = 12
CHUNK = 1_000
LARGEST_BLOCK = 8
WINDOW = 1
KEY_LENGTH = 8


def candidate_pairs(columns: Sequence[Sequence[str]]) -> Pairs:
    """Positions of left and right rows, left < right, each pair once."""
    size = len(columns[0]) if columns else 0
    if size < 2:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    codes = _by_blocks(columns, size)
    if size <= MOST_BY_TRIGRAMS:
        codes = np.union1d(codes, _by_trigrams(columns, size))
    return codes // size, codes % size


def _by_trigrams(columns: Sequence[Sequence[str]], size: int) -> NDArray[np.intp]:
    from sklearn.feature_extraction.text import TfidfVectorizer  # costs 1.6 s, so only where pairs are sought

    texts = [" ".join(parts) for parts in zip(*columns, strict=True)]
    if not any(text.strip() for text in texts):
        return np.zeros(0, dtype=np.intp)
    weighed = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32).fit_transform(texts)
    found = []
    for start in range(0, size, CHUNK):
        near = (weighed[start : start + CHUNK] @ weighed.T).tocsr()
        for line in range(near.shape[0]):
            left, right = near.indptr[line], near.indptr[line + 1]
            others, cosine = near.indices[left:right], near.data[left:right]
            keep = (cosine >= LEAST_COSINE) & (others != start + line)
            others, cosine = others[keep], cosine[keep]
            if len(others) > NEAREST:
                others = others[np.argpartition(-cosine, NEAREST)[:NEAREST]]
            found.append(_codes(np.full(len(others), start + line), others.astype(np.intp), size))
    return np.unique(np.concatenate(found))


def _by_blocks(columns: Sequence[Sequence[str]], size: int) -> NDArray[np.intp]:
    """Pairs that agree in the beginnings of two fields; in large blocks only neighbours in alphabetical order."""
    found = [np.zeros(0, dtype=np.intp)]
    for one, other in combinations(range(len(columns)), 2):
        keys = [
            f"{left[:KEY_LENGTH]}|{right[:KEY_LENGTH]}" if left and right else ""
            for left, right in zip(columns[one], columns[other], strict=True)
        ]
        found += _block_pairs(keys, columns, size)
    return np.unique(np.concatenate(found))


def _block_pairs(keys: list[str], columns: Sequence[Sequence[str]], size: int) -> list[NDArray[np.intp]]:
    blocks: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if key:
            blocks.setdefault(key, []).append(row)
    found = []
    for rows in blocks.values():
        if len(rows) < 2:
            continue
        if len(rows) > LARGEST_BLOCK:
            rows.sort(key=lambda row: tuple(column[row] for column in columns))
        reach = len(rows) if len(rows) <= LARGEST_BLOCK else WINDOW
        members = np.array(rows, dtype=np.intp)
        found += [_codes(members[:-step], members[step:], size) for step in range(1, min(reach, len(members) - 1) + 1)]
    return found


def _codes(left: NDArray[np.intp], right: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    codes: NDArray[np.intp] = np.minimum(left, right) * size + np.maximum(left, right)
    return codes
