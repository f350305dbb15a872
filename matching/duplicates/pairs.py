"""How likely two records are one: Fellegi and Sunter's weights, learned from the data by EM.

Each field of a pair is exact, similar, loosely similar or different; a blank says nothing. How often true and
false pairs show each level is learned from the candidates themselves, starting from declared expectations, so
that two records compare as sensibly as two million.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from rapidfuzz.process import cpdist

from matching.duplicates.candidates import candidate_pairs
from matching.duplicates.fields import Field, Kind, columns_of
from matching.kinds import Floats

BLANK, DIFFERENT, LOOSE, SIMILAR, EXACT = -1, 0, 1, 2, 3
LEVELS = 4
SIMILARITY_BOUNDS = (0.72, 0.88, 0.999)
WORDS = {BLANK: "blank", DIFFERENT: "differ", LOOSE: "differ", SIMILAR: "agree", EXACT: "agree"}

TRUE_PAIRS = np.array([0.04, 0.04, 0.12, 0.80])
"""What is expected of a field of one and the same: mostly equal, sometimes mistyped, seldom different."""

FALSE_PAIRS = np.array([0.86, 0.09, 0.02, 0.03])
EXPECTATION = 20.0
"""How many pairs the expectations weigh against what is observed."""

FIRST_SHARE = 0.05
CONFIDENT = 0.95
"""Only pairs as likely as this teach how doubles look: many doubtful ones would teach that anything goes."""
ROUNDS = 25
RANDOM_PAIRS = 20_000
LEAST_AGREEING = 2
"""No pair is reported on the strength of one field: records with blanks must not all merge."""


@dataclass(frozen=True)
class LikelyPair:
    """Ids of two records, the probability that they are one, and agree, differ or blank per field."""

    a: str
    b: str
    probability: float
    fields: dict[str, str]


def likely_duplicates(
    ids: Sequence[str], rows: Sequence[Mapping[str, Any]], fields: tuple[Field, ...], least: float = 0.5
) -> list[LikelyPair]:
    """Pairs with at least that probability, the likeliest first. `rows` map field names to raw values."""
    columns = columns_of(list(rows), fields)
    left, right = candidate_pairs(columns)
    if not len(left):
        return []
    levels = compare(columns, fields, left, right)
    probability = probabilities(levels, _random_levels(columns, fields), len(rows))
    probability[(levels >= SIMILAR).sum(axis=1) < LEAST_AGREEING] = 0.0
    order = np.lexsort((right, left, -np.round(probability, 9)))
    return [
        LikelyPair(
            a=ids[left[pair]],
            b=ids[right[pair]],
            probability=float(probability[pair]),
            fields={field.name: WORDS[int(level)] for field, level in zip(fields, levels[pair], strict=True)},
        )
        for pair in order
        if probability[pair] >= least
    ]


def compare(
    columns: Sequence[Sequence[str]], fields: tuple[Field, ...], left: NDArray[np.intp], right: NDArray[np.intp]
) -> NDArray[np.int8]:
    """Agreement levels, shape (pairs, fields); swapped values of a group count where they agree better."""
    sides = [([column[row] for row in left], [column[row] for row in right]) for column in columns]
    likeness = [_likeness(field, *side) for field, side in zip(fields, sides, strict=True)]
    for one, other in _groups(fields):
        crossed = _likeness(fields[one], sides[one][0], sides[other][1])
        back = _likeness(fields[other], sides[other][0], sides[one][1])
        swapped = np.nan_to_num(crossed + back) > np.nan_to_num(likeness[one] + likeness[other]) + 0.5
        likeness[one] = np.where(swapped, crossed, likeness[one])
        likeness[other] = np.where(swapped, back, likeness[other])
    levels = np.stack([np.digitize(column, SIMILARITY_BOUNDS) for column in likeness], axis=1).astype(np.int8)
    levels[np.isnan(np.stack(likeness, axis=1))] = BLANK
    return levels


def _groups(fields: tuple[Field, ...]) -> list[tuple[int, int]]:
    groups: dict[str, list[int]] = {}
    for place, field in enumerate(fields):
        if field.group:
            groups.setdefault(field.group, []).append(place)
    return [(places[0], places[1]) for places in groups.values() if len(places) == 2]


def _likeness(field: Field, left: Sequence[str], right: Sequence[str]) -> Floats:
    """Shape (pairs,): 0 to 1, NaN where one side is blank."""
    if field.kind is Kind.NUMBER:
        return _closeness(left, right)
    scorer = JaroWinkler if field.kind in (Kind.TEXT, Kind.STREET) else DamerauLevenshtein
    likeness = cpdist(left, right, scorer=scorer.normalized_similarity, dtype=np.float64, workers=1)
    blank = np.array([not one or not other for one, other in zip(left, right, strict=True)], dtype=bool)
    result: Floats = np.where(blank, np.nan, likeness)
    return result


def _closeness(left: Sequence[str], right: Sequence[str]) -> Floats:
    one, other = (np.array([_number(text) for text in side]) for side in (left, right))
    apart = np.abs(one - other) / np.maximum(np.maximum(np.abs(one), np.abs(other)), 1.0)
    result: Floats = np.clip(1.0 - 3.0 * apart, 0.0, 1.0)
    return result


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return np.nan


def _random_levels(columns: Sequence[Sequence[str]], fields: tuple[Field, ...]) -> NDArray[np.int8]:
    """Levels of pairs drawn at random: how often fields agree by chance."""
    size = len(columns[0])
    generator = np.random.default_rng(0)
    left, right = generator.integers(size, size=(2, min(RANDOM_PAIRS, size * size)))
    apart = left != right
    return compare(columns, fields, left[apart], right[apart])


def probabilities(levels: NDArray[np.int8], random_levels: NDArray[np.int8], records: int) -> Floats:
    """Shape (pairs,): posterior that a pair is one record, by EM over the distinct patterns of agreement.

    At most every second record is taken for a double: candidates agree somewhere by choice, and without that
    bound the learning would call what they share a sign of sameness.
    """
    most = min(0.5, records / 2.0 / len(levels))
    patterns, which, counts = np.unique(levels, axis=0, return_inverse=True, return_counts=True)
    chance = _shares(random_levels, np.ones(len(random_levels)), FALSE_PAIRS)
    true = np.tile(TRUE_PAIRS, (levels.shape[1], 1))
    share, posterior = min(FIRST_SHARE, most), np.zeros(len(patterns))
    for _ in range(ROUNDS):
        weights = np.log(true) - np.log(chance)
        evidence = sum(
            np.where(patterns[:, place] == BLANK, 0.0, weights[place, patterns[:, place]])
            for place in range(levels.shape[1])
        )
        odds = np.log(share / (1.0 - share)) + evidence
        posterior = 1.0 / (1.0 + np.exp(-np.clip(odds, -500, 500)))
        true = _shares(patterns, np.where(posterior >= CONFIDENT, counts, 0), TRUE_PAIRS)
        expected_pairs = float((posterior * counts).sum())
        share = float(np.clip((expected_pairs + 1.0) / (len(levels) + 1.0 / FIRST_SHARE), 1e-6, most))
    result: Floats = posterior[which.ravel()]
    return result


def _shares(levels: NDArray[np.int8], weights: Floats, expected: Floats) -> Floats:
    """Shape (fields, levels): share of each level among known values, smoothed with the expectation."""
    counts = np.stack([(weights[:, None] * (levels == level)).sum(axis=0) for level in range(LEVELS)], axis=1)
    smoothed = counts + EXPECTATION * expected[None, :]
    result: Floats = smoothed / smoothed.sum(axis=1, keepdims=True)
    return result
