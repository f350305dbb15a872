"""How far two records agree in a field: exact, similar, loosely similar, different or blank."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from rapidfuzz.process import cpdist

from matching.arrays import Floats
from matching.duplicates.fields import FieldKind
from matching.duplicates.word_columns import BLANK_WORD, Positions, WordColumn

AgreementLevels = NDArray[np.int8]
BLANK, DIFFERENT, LOOSE, SIMILAR, EXACT = -1, 0, 1, 2, 3
LEVELS = 4
SIMILARITY_BOUNDS = (0.72, 0.88)
ONE_SLIP_LENGTH = 5
"""Codes this long are similar where one slip of the pen tells them apart."""

ROUNDED, ROUGHLY = 0.015, 0.05
"""Numbers apart by so small a share are similar (54.5 and 54 square metres), or loosely similar."""

DAY_DIGITS = 8
MONTH_DAY_TURNED = [0, 1, 2, 3, 6, 7, 4, 5]

STREET_TYPES = ("strasse", "weg", "platz", "allee", "ring", "gasse", "ufer", "steig", "damm", "markt", "promenade")
"""Ahornweg and Ahornstraße are two streets, however alike they are written."""

SWAPPED = 3
"""Swapped values of a group count where they agree by so many levels better, added up, than the straight ones."""


def compare(columns: Sequence[WordColumn], left: Positions, right: Positions) -> AgreementLevels:
    """Shape (fields, pairs)."""
    found = [agreement(column, column, left, right) for column in columns]
    for one, other in _groups(columns):
        crossed = agreement(columns[one], columns[other], left, right)
        back = agreement(columns[other], columns[one], left, right)
        straight = np.maximum(found[one], 0) + np.maximum(found[other], 0)
        swapped = np.maximum(crossed, 0) + np.maximum(back, 0) >= straight + SWAPPED
        # A name of several words that stands first is a family's: what agrees better is one's own.
        several = np.array([" " in word for word in columns[one].words])
        turned = swapped & (back > crossed) & (several[columns[one].codes[left]] | several[columns[other].codes[right]])
        found[one] = np.where(swapped, np.where(turned, back, crossed), found[one])
        found[other] = np.where(swapped, np.where(turned, crossed, back), found[other])
    return np.stack(found)


def agreement(one: WordColumn, other: WordColumn, left: Positions, right: Positions) -> AgreementLevels:
    """Shape (pairs,): the left rows' words of one column beside the right rows' words of another of the same words."""
    here, there = one.codes[left], other.codes[right]
    levels = np.where((here == BLANK_WORD) | (there == BLANK_WORD), BLANK, EXACT).astype(np.int8)
    unequal = np.flatnonzero((levels == EXACT) & (here != there))
    if not len(unequal):
        return levels
    size = len(one.words)
    pairs = np.minimum(here, there)[unequal] * size + np.maximum(here, there)[unequal]
    distinct, which = np.unique(pairs, return_inverse=True)
    levels[unequal] = _of_unequal(one.field.kind, one.words, distinct // size, distinct % size)[which]
    return levels


def _of_unequal(kind: FieldKind, words: Sequence[str], one: Positions, other: Positions) -> AgreementLevels:
    """AgreementLevels of pairs of unequal words, given by their numbers."""
    if kind is FieldKind.DAY:
        return _days_apart(words, one, other)
    left, right = ([words[code] for code in codes.tolist()] for codes in (one, other))
    if kind is FieldKind.NUMBER:
        return _nearness(left, right)
    if kind is FieldKind.UNIT:
        return _units(left, right)
    if kind is FieldKind.NAME:
        alike = _levels(cpdist(left, right, scorer=JaroWinkler.normalized_similarity, dtype=np.float32))
        return np.where(_contained(left, right), np.maximum(alike, SIMILAR), alike).astype(np.int8)
    if kind in (FieldKind.TEXT, FieldKind.STREET):
        alike = _levels(cpdist(left, right, scorer=JaroWinkler.normalized_similarity, dtype=np.float32))
        return np.where(_of_two_types(left, right), DIFFERENT, alike) if kind is FieldKind.STREET else alike
    slips = cpdist(left, right, scorer=DamerauLevenshtein.distance, dtype=np.int32)
    lengths = np.array([len(word) for word in words])
    levels = _levels(1.0 - slips / np.maximum(lengths[one], lengths[other]))
    if kind is FieldKind.HOUSE_NUMBER:
        return levels
    long = np.minimum(lengths[one], lengths[other]) >= ONE_SLIP_LENGTH
    return np.where((slips == 1) & long, SIMILAR, np.minimum(levels, LOOSE)).astype(np.int8)


def _contained(left: Sequence[str], right: Sequence[str]) -> NDArray[np.bool_]:
    """Whether all words of one are words of the other: "Kunze" and "Schmidt-Kunze"."""
    words = [(set(one.split()), set(other.split())) for one, other in zip(left, right, strict=True)]
    return np.array([one <= other or other <= one for one, other in words], dtype=bool)


def _of_two_types(left: Sequence[str], right: Sequence[str]) -> NDArray[np.bool_]:
    types = [[next(filter(street.endswith, STREET_TYPES), "") for street in side] for side in (left, right)]
    return np.array([bool(one and other) and one != other for one, other in zip(*types, strict=True)], dtype=bool)


def _units(left: Sequence[str], right: Sequence[str]) -> AgreementLevels:
    """Units of a house: similar where one says less than the other, different where each says something else."""
    same = np.array([sorted(one.split()) == sorted(other.split()) for one, other in zip(left, right, strict=True)])
    return np.select([same, _contained(left, right)], [EXACT, SIMILAR], DIFFERENT).astype(np.int8)


def _days_apart(words: Sequence[str], one: Positions, other: Positions) -> AgreementLevels:
    """Days of eight digits: similar with one digit wrong, two neighbours swapped, or day and month swapped; loose
    with two digits wrong."""
    digits = np.array([word if len(word) == DAY_DIGITS else "" for word in words], dtype=f"S{DAY_DIGITS}")
    table = digits.view(np.uint8).reshape(len(words), DAY_DIGITS)
    left, right = table[one], table[other]
    apart = left != right
    wrong = apart.sum(axis=1)
    swapped = apart[:, :-1] & (left[:, :-1] == right[:, 1:]) & (left[:, 1:] == right[:, :-1])
    turned = (left[:, MONTH_DAY_TURNED] == right).all(axis=1)
    similar = (wrong == 1) | ((wrong == 2) & swapped.any(axis=1)) | turned
    levels = np.where(similar, SIMILAR, np.where(wrong == 2, LOOSE, DIFFERENT))
    return np.where((left[:, 0] == 0) | (right[:, 0] == 0), DIFFERENT, levels).astype(np.int8)


def _levels(likeness: Floats) -> AgreementLevels:
    return np.digitize(likeness, SIMILARITY_BOUNDS).astype(np.int8)


def _nearness(left: Sequence[str], right: Sequence[str]) -> AgreementLevels:
    one, other = (np.array([_number(text) for text in side]) for side in (left, right))
    apart = np.abs(one - other) / np.maximum(np.maximum(np.abs(one), np.abs(other)), 1.0)
    return np.select([apart <= ROUNDED, apart <= ROUGHLY], [SIMILAR, LOOSE], DIFFERENT).astype(np.int8)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return np.nan


def _groups(columns: Sequence[WordColumn]) -> list[tuple[int, int]]:
    groups: dict[str, list[int]] = {}
    for position, column in enumerate(columns):
        if column.field.group:
            groups.setdefault(column.field.group, []).append(position)
    return [(positions[0], positions[1]) for positions in groups.values() if len(positions) == 2]
