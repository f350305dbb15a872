"""Likeness of German texts: stems and character n-grams, weighed by TF-IDF.

Words meet by their stem ("kochen", "kocht") and by their n-grams, so that the parts of a compound
("Gemeinschaftsgarten") meet the plain word; umlauts are spelt out. An empty text is unknown.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import snowballstemmer

from matching.kinds import Floats

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
GRAM_LENGTHS = (4, 5)
STEMMER = snowballstemmer.stemmer("german")
STOP_WORDS = frozenset(files("matching").joinpath("data", "german_stop_words.txt").read_text("utf-8").split())


def features(text: str) -> Iterator[str]:
    """Stems of the words that carry meaning, and the character n-grams of each."""
    for word in re.findall(r"[^\W\d_]{2,}", text.lower()):
        if word in STOP_WORDS:
            continue
        plain = word.translate(UMLAUTS)
        yield "=" + STEMMER.stemWord(word).translate(UMLAUTS)
        padded = f"^{plain}$"
        for length in GRAM_LENGTHS:
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]


class TextIndex:
    """The texts of the supply, weighed once; `likeness` compares one text with all of them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts

    @cached_property
    def _weighed(self) -> tuple[Any, Any]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer=lambda text: list(features(text)), sublinear_tf=True)
        return vectorizer, vectorizer.fit_transform(self.texts)

    def likeness(self, text: str) -> Floats:
        """Shape (texts,): cosine of TF-IDF weights, 0 to 1; NaN where a text is empty."""
        empty = np.array([next(features(other), None) is None for other in self.texts], dtype=bool)
        if empty.all() or next(features(text), None) is None:
            return np.full(len(self.texts), np.nan)
        vectorizer, weighed = self._weighed
        cosine = (weighed @ vectorizer.transform([text]).T).toarray().ravel()
        return np.where(empty, np.nan, np.clip(cosine, 0.0, 1.0))

    def likeness_to(self, row: int, texts: Sequence[str]) -> Floats:
        """Shape (texts,): likeness of each given text to the indexed one at `row`; NaN where one is empty."""
        empty = np.array([next(features(text), None) is None for text in texts], dtype=bool)
        if empty.all() or next(features(self.texts[row]), None) is None:
            return np.full(len(texts), np.nan)
        vectorizer, weighed = self._weighed
        cosine = (vectorizer.transform(texts) @ weighed[[row]].T).toarray().ravel()
        return np.where(empty, np.nan, np.clip(cosine, 0.0, 1.0))

    def all_likenesses(self) -> Floats:
        """Shape (texts, texts): likeness of every pair; NaN where one of them is empty."""
        if not any(next(features(text), None) for text in self.texts):
            return np.full((len(self.texts), len(self.texts)), np.nan)
        _, weighed = self._weighed
        cosine = np.clip((weighed @ weighed.T).toarray(), 0.0, 1.0)
        empty = np.asarray(weighed.getnnz(axis=1)) == 0
        cosine[empty, :] = cosine[:, empty] = np.nan
        result: Floats = cosine
        return result
