"""Likeness of German texts: what both speak of, weighed by how rarely it is spoken of.

Texts become weighted features (`matching.german_features`); rare features weigh more (inverse document frequency,
softened so that a dozen texts do not decide what is rare). Of two texts with squared weights a ≤ b and common weight c,
the raw likeness is c / a · (a / b) ** ¼: how much of the shorter one the longer one speaks of, a little less
where the longer one speaks of much else. `CALIBRATION` maps it to what people call similar. A text without
words that carry meaning is unknown.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.arrays import Floats
from matching.german_features import features, word_rules

PSEUDO_TEXTS = 20
LEAST_RARITY = 0.4
"""What everybody writes about still counts that much."""

CALIBRATION = ((0.0, 0.12, 0.3, 0.8, 1.0), (0.0, 0.08, 0.6, 0.95, 1.0))
"""Raw likeness and what it is called: fixed by hand on pairs of short texts (tests/matching/test_text_similarity.py).
Up to 0.12 texts share a stray word; from 0.3 on they share a subject; equal texts are 1."""

DIGITS = 9
"""Beyond them sums differ with the order of features, hence between machines."""


def likeness_rules() -> tuple[object, ...]:
    """What decides how alike two texts are, beside the other texts: the numbers here, and how words become features."""
    return PSEUDO_TEXTS, LEAST_RARITY, CALIBRATION, DIGITS, *word_rules()


class TextIndex:
    """The texts of the supply, weighed once; `likeness` compares one text with all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    def likeness(self, text: str, rows: NDArray[np.intp] | None = None) -> Floats:
        """Shape (texts,): 0 to 1; NaN where a text says nothing. With `rows` of these only, in their order."""
        size = len(self.texts) if rows is None else len(rows)
        wanted = {feature: weight * self._rarity(feature) for feature, weight in features(text).items()}
        if not wanted or not size:
            return np.full(size, np.nan)
        vector = np.zeros(len(self._numbers))
        for feature, weight in wanted.items():
            if feature in self._numbers:
                vector[self._numbers[feature]] = weight
        matrix, lengths = self._weighed
        compared, lengths = (matrix, lengths) if rows is None else (matrix[rows], lengths[rows])
        return _calibrated(compared @ vector, lengths, np.full(size, sum(weight**2 for weight in wanted.values())))

    def likeness_to(self, row: int, texts: Sequence[str]) -> Floats:
        """Shape (texts,): likeness of each given text to the indexed one at `row`; NaN where one says nothing."""
        own = {feature: weight * self._rarity(feature) for feature, weight in self._found[row].items()}
        common, lengths = np.zeros(len(texts)), np.zeros(len(texts))
        for number, text in enumerate(texts):
            weighed = {feature: weight * self._rarity(feature) for feature, weight in features(text).items()}
            common[number] = sum(weight * own[feature] for feature, weight in weighed.items() if feature in own)
            lengths[number] = sum(weight * weight for weight in weighed.values())
        return _calibrated(common, np.full(len(texts), self._weighed[1][row]), lengths)

    def all_likenesses(self) -> Floats:
        """Shape (texts, texts): likeness of every pair; NaN where one of them says nothing."""
        matrix, lengths = self._weighed
        return _calibrated((matrix @ matrix.T).toarray(), lengths[:, None], lengths[None, :])

    def _rarity(self, feature: str) -> float:
        """1 for what no text speaks of, falling with the logarithm of the share that does."""
        return self._rarities.get(feature, 1.0)

    @cached_property
    def _found(self) -> list[dict[str, float]]:
        # Many say nothing, and some the same.
        said = {text: features(text) for text in set(self.texts)}
        return [said[text] for text in self.texts]

    @cached_property
    def _rarities(self) -> dict[str, float]:
        """By feature, in order of first appearance."""
        counts = Counter(feature for text in self._found for feature in text)
        texts = PSEUDO_TEXTS + len(self.texts) + 1
        return {
            feature: max(math.log(texts / (count + 1)) / math.log(texts), LEAST_RARITY)
            for feature, count in counts.items()
        }

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """Column of every feature."""
        return {feature: number for number, feature in enumerate(self._rarities)}

    @cached_property
    def _weighed(self) -> tuple[Any, Floats]:
        """Weights, shape (texts, features), sparse; and their squared sums, shape (texts,)."""
        ends = np.cumsum([0, *map(len, self._found)])
        columns = np.array([self._numbers[feature] for text in self._found for feature in text], dtype=np.intp)
        weights = np.array([weight for text in self._found for weight in text.values()], dtype=float)
        weights *= np.array(list(self._rarities.values()), dtype=float)[columns]
        matrix = sparse.csr_array((weights, columns, ends), shape=(len(self.texts), len(self._numbers)))
        return matrix, np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()


def _calibrated(common: Floats, one: Floats, other: Floats) -> Floats:
    """Likeness from common and own squared weights of the same shape (or broadcastable); NaN where one is 0."""
    shorter, longer = np.minimum(one, other), np.maximum(one, other)
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = common / shorter * (shorter / longer) ** 0.25
    likeness: Floats = np.round(np.interp(np.nan_to_num(raw), *CALIBRATION), DIGITS)
    return np.where(np.broadcast_to(shorter > 0, raw.shape), likeness, np.nan)
