"""How likely two records are one: Fellegi and Sunter's weights, learned from the data by EM.

Each field of a pair is exact, similar, loosely similar or different; a blank says nothing, and of homes that fit in all
else not that they are two. How often false pairs
agree comes from pairs drawn at random and, for equal values, from how common the value is: two called Müller
prove less than two called Puschkow. How often true pairs agree is learned from confident pairs, starting from
declared expectations, so that two records compare as sensibly as two million.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.arrays import Floats
from matching.duplicates.agreement import BLANK, DIFFERENT, EXACT, LEVELS, LOOSE, SIMILAR, AgreementLevels, compare
from matching.duplicates.candidates import candidate_pairs
from matching.duplicates.fields import Field, FieldKind
from matching.duplicates.word_columns import BLANK_WORD, Positions, WordColumn, chances, columns_of

TRUE_PAIRS = np.array([0.04, 0.04, 0.12, 0.80])
"""What is expected of a field of one and the same: mostly equal, sometimes mistyped, seldom different."""

TOLD_APART = np.array([0.0005, 0.0095, 0.12, 0.87])
"""The same of a field that tells apart: it differs by a mistake alone, which no learning makes more frequent."""

ONE_MAKE = np.log(1_000.0)
"""The most that all else can prove of two homes in different streets, houses or storeys: those of one landlord are
often of one make, and in a small stock nothing shows how often. A unit may have two names, "WE 12" and "2. OG"."""

FALSE_PAIRS = np.array([0.86, 0.09, 0.02, 0.03])
EXPECTATION = 20.0
"""How many pairs the expectations weigh against what is observed."""

MOST_DIFFERENT = 0.3
"""No field by which the same is recognised differs more often than that: learning must not drift there."""

HOUSEMATES = 2
"""Records that share all shared fields although they differ, as if at least so many did: what people who live
together or homes of one house have in common proves no more than that."""

MOVED = 0.1
"""One in ten has moved between two records: all parts of the address then differ at once, which counts once."""

LEAST_DOUBLES, FIRST_DOUBLES, MOST_DOUBLES = 0.02, 0.05, 0.5
"""Doubles per record: at least, what is expected at first, and at most. A register in which none are certain yet has
some all the same."""

CONFIDENT = 0.95
"""Only pairs as likely as this teach how doubles look: many doubtful ones would teach that anything goes."""
ROUNDS = 12
SETTLED = 1e-3
"""Learning ends when the expected number of doubles changes by less than that share."""

RANDOM_PAIRS = 20_000
LEAST_AGREEING = 2
"""No pair is reported on the strength of one field: records with blanks must not all merge."""

FREE_WORDING = (FieldKind.TEXT, FieldKind.NAME, FieldKind.UNIT, FieldKind.STREET, FieldKind.NUMBER)
"""Here similar values agree; a code, a day or a house number with a slip differs until somebody has looked."""


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
    columns = columns_of(rows, fields)
    left, right = candidate_pairs(columns)
    if not len(left):
        return []
    levels = compare(columns, left, right)
    probability = probabilities(columns, left, right, levels)
    probability[(levels >= SIMILAR).sum(axis=0) < LEAST_AGREEING] = 0.0
    likely = np.flatnonzero(probability >= max(least, np.nextafter(0.0, 1.0)))
    order = likely[np.lexsort((right[likely], left[likely], -np.round(probability[likely], 9)))]
    return [
        LikelyPair(
            a=ids[left[pair]],
            b=ids[right[pair]],
            probability=float(probability[pair]),
            fields={field.name: _word(field, int(level)) for field, level in zip(fields, levels[:, pair], strict=True)},
        )
        for pair in order
    ]


def compared(one: Mapping[str, Any], other: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, str]:
    """agree, differ or blank per field of two records that somebody has put side by side."""
    levels = compare(columns_of((one, other), fields), np.array([0]), np.array([1]))
    return {field.name: _word(field, int(level)) for field, level in zip(fields, levels[:, 0], strict=True)}


def _word(field: Field, level: int) -> str:
    if level == BLANK:
        return "blank"
    return "agree" if level == EXACT or (level == SIMILAR and field.kind in FREE_WORDING) else "differ"


def probabilities(columns: Sequence[WordColumn], left: Positions, right: Positions, levels: AgreementLevels) -> Floats:
    """Shape (pairs,): posterior that a pair is one record.

    Prior and chances are those of any two records, not of candidates: candidates agree somewhere by choice, and
    the learning would call what they share a sign of sameness.
    """
    records = len(columns[0].codes)
    chance = _log_chances(columns, left, levels)
    together = _log_together(columns, left, right)
    unsaid = _log_unsaid(columns, left, right, levels)
    telling = np.array([column.field.tells_apart for column in columns])
    true = expected = np.where(telling[:, None], TOLD_APART, TRUE_PAIRS)
    doubles, posterior = FIRST_DOUBLES * records, np.zeros(len(left))
    least = max(min(1.0, doubles), LEAST_DOUBLES * records)
    for _ in range(ROUNDS):
        prior = doubles / (records * (records - 1) / 2.0)
        odds = np.log(prior / (1.0 - prior)) + _evidence(columns, levels, np.log(true), chance, together) + unsaid
        posterior = 1.0 / (1.0 + np.exp(-np.clip(odds, -500, 500)))
        true = _bounded(_shares(levels[:, posterior >= CONFIDENT], TRUE_PAIRS))
        true = np.where(telling[:, None], expected, true)
        before, doubles = doubles, float(np.clip(posterior.sum(), least, MOST_DOUBLES * records))
        if abs(doubles - before) <= SETTLED * doubles:
            break
    return posterior


def _evidence(
    columns: Sequence[WordColumn], levels: AgreementLevels, true: Floats, chance: Floats, together: Floats
) -> Floats:
    """Shape (pairs,): log-odds for sameness from all fields; `true` of shape (fields, levels) and `chance` of shape
    (fields, pairs) are logarithms."""
    own, household, address, apart = (np.zeros(len(together)) for _ in range(4))
    for position, column in enumerate(columns):
        gain = (
            np.append(true[position], 0.0)[levels[position]] - chance[position]
        )  # a blank is the last entry: it says nothing
        total = address if column.field.moves else household if column.field.shared else own
        total += gain
        if column.field.tells_apart and column.field.kind is not FieldKind.UNIT:
            apart += np.where(levels[position] == DIFFERENT, gain, 0.0)
    np.maximum(address, np.log(MOVED), out=address)
    result: Floats = own + np.minimum(household + address, together)
    return np.where(apart < 0.0, np.minimum(result - apart, ONE_MAKE) + apart, result)


def _log_chances(columns: Sequence[WordColumn], left: Positions, levels: AgreementLevels) -> Floats:
    """Shape (fields, pairs): logarithm of how often different records show that level, or share that value; 0 for
    a blank."""
    records = len(columns[0].codes)
    generator = np.random.default_rng(0)
    one, other = generator.integers(records, size=(2, min(RANDOM_PAIRS, records * records)))
    usual = np.log(_shares(compare(columns, one[one != other], other[one != other]), FALSE_PAIRS))
    logs = np.stack([np.append(usual[position], 0.0)[levels[position]] for position in range(len(columns))])
    for position, column in enumerate(columns):
        exact = levels[position] == EXACT
        logs[position, exact] = _log_rarity(column)[column.codes[left[exact]]]
    result: Floats = logs
    return result


def _log_rarity(column: WordColumn) -> Floats:
    """Shape (words,): logarithm of how often another record shares that value."""
    known = len(column.codes) - int(column.counts[BLANK_WORD])
    result: Floats = np.log(chances(np.maximum(column.counts, 1), known, EXPECTATION, FALSE_PAIRS[EXACT]))
    return result


def _log_unsaid(columns: Sequence[WordColumn], left: Positions, right: Positions, levels: AgreementLevels) -> Floats:
    """Shape (pairs,): what fields that tell apart prove although only one of two records says them.

    Absent is unknown: where everything else fits, the value that one does not say is taken for the other's, shared
    among all records that it may be. It never speaks against a pair.
    """
    fits = ((levels >= SIMILAR) | (levels == BLANK)).all(axis=0)
    gain, lacking = np.zeros(len(left)), np.zeros((2, len(left)), dtype=bool)
    for column in columns:
        if column.field.tells_apart and not column.field.shared:
            sides = np.stack([column.codes[left], column.codes[right]])
            lacks = (sides == BLANK_WORD) & (sides[::-1] != BLANK_WORD)
            agreeing = np.log(TOLD_APART[EXACT]) - _log_rarity(column)[sides.max(axis=0)]
            gain, lacking = gain + np.where(lacks.any(axis=0), agreeing, 0.0), lacking | lacks
    fitting = np.bincount(np.concatenate([left[fits], right[fits]]), minlength=len(columns[0].codes))
    others = np.where(lacking, np.stack([fitting[left], fitting[right]]), 1).max(axis=0)
    return np.where(fits & lacking.any(axis=0), np.maximum(gain - np.log(np.maximum(others, 1)), 0.0), 0.0)


def _log_together(columns: Sequence[WordColumn], left: Positions, right: Positions) -> Floats:
    """Shape (pairs,): the most that all shared fields together can prove, from how many records have the same
    values in them; a house of twenty flats proves less about two of them than one of two."""
    shared = [column.codes for column in columns if column.field.shared]
    records = len(columns[0].codes)
    if not shared:
        return np.zeros(len(left))
    _, which, counts = np.unique(np.stack(shared, axis=1), axis=0, return_inverse=True, return_counts=True)
    which = which.ravel()
    alike = np.where(which[left] == which[right], counts[which[left]], HOUSEMATES)
    result: Floats = -np.log(chances(alike, records, EXPECTATION, FALSE_PAIRS[EXACT]))
    return result


def _shares(levels: AgreementLevels, expected: Floats) -> Floats:
    """Shape (fields, levels): share of each level among known values, smoothed with the expectation."""
    counts = np.stack([(levels == level).sum(axis=1) for level in range(LEVELS)], axis=1)
    smoothed = counts + EXPECTATION * expected[None, :]
    result: Floats = smoothed / smoothed.sum(axis=1, keepdims=True)
    return result


def _bounded(true: Floats) -> Floats:
    """The shares with at most `MOST_DIFFERENT` of them differing."""
    apart = true[:, [DIFFERENT, LOOSE]].sum(axis=1, keepdims=True)
    bound = np.minimum(apart, MOST_DIFFERENT)
    scale = np.repeat([[1.0, 1.0, 0.0, 0.0]], len(true), axis=0) * bound / apart
    scale += np.repeat([[0.0, 0.0, 1.0, 1.0]], len(true), axis=0) * (1.0 - bound) / (1.0 - apart)
    result: Floats = true * scale
    return result
