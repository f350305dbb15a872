"""What German words mean for comparing texts: concepts of a small thesaurus, parts of compounds, stems, n-grams.

A word of the thesaurus stands for its concepts, also inside a compound: "Gemeinschaftsgarten" is garden and
community. Any other word stands for its stem and, weakly, for its character n-grams, so that near spellings
meet. "kein" and "ohne" turn the next word round: no dogs is the opposite of dogs.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
STEMMER = snowballstemmer.stemmer("german")
STOP_WORDS = frozenset(files("matching").joinpath("data", "german_stop_words.txt").read_text("utf-8").split())
NEGATIONS = frozenset({"kein", "keine", "keinen", "keiner", "keinem", "keines", "ohne", "nie"})
TOKENS = re.compile(r"[^\W\d_]{2,}|[,.;:!?\n]")

CONCEPT_WEIGHT = 1.0
KNOWN_STEM_WEIGHT = 0.3
"""The same word says slightly more than another word for the same thing."""

STEM_WEIGHT = 0.6
GRAMS_WEIGHT = 0.3
GRAM_LENGTH = 5
LEAST_FIRST = 3
LEAST_PART = 4
FREE_HEAD = 5
"""So long a known word ends a compound whatever comes before it; a shorter one needs a known word there."""

NOTHING: frozenset[str] = frozenset()
LINKS = ("", "s", "es", "n", "en", "e", "er")


def word_rules() -> tuple[object, ...]:
    """The weights, the lengths and the word lists by which words become features."""
    weights = CONCEPT_WEIGHT, KNOWN_STEM_WEIGHT, STEM_WEIGHT, GRAMS_WEIGHT
    lengths = GRAM_LENGTH, LEAST_FIRST, LEAST_PART, FREE_HEAD
    return weights, lengths, LINKS, sorted(NEGATIONS), sorted(STOP_WORDS), _thesaurus_text()


def features(text: str) -> dict[str, float]:
    """Weight by feature, negative where the text denies it (its first mention counts); empty where it says nothing."""
    found: dict[str, float] = {}
    denied = False
    for token in TOKENS.findall(text.lower()):
        if token in STOP_WORDS or not token[0].isalpha():
            denied = token in NEGATIONS
            continue
        for feature, weight in word_features(token):
            found.setdefault(feature, -weight if denied else weight)
        denied = False
    return found


@lru_cache(maxsize=100_000)
def word_features(word: str) -> tuple[tuple[str, float], ...]:
    """Features of one lower-case word with their weights."""
    stem = STEMMER.stemWord(word)
    concepts = concepts_of(word)
    if concepts:
        return (f"={stem}", KNOWN_STEM_WEIGHT), *((f"#{concept}", CONCEPT_WEIGHT) for concept in sorted(concepts))
    padded = f"^{word.translate(UMLAUTS)}$"
    grams = {padded[start : start + GRAM_LENGTH] for start in range(max(1, len(padded) - GRAM_LENGTH + 1))}
    return (f"={stem}", STEM_WEIGHT), *((gram, GRAMS_WEIGHT / len(grams) ** 0.5) for gram in sorted(grams))


def concepts_of(word: str) -> frozenset[str]:
    """Concepts of a word or of the parts of a compound; empty where the thesaurus knows neither."""
    known, opaque = _thesaurus()
    stem = STEMMER.stemWord(word)
    if stem in known or stem in opaque:
        return known.get(stem, NOTHING)
    for start in range(LEAST_FIRST, len(word) - LEAST_PART + 1):
        head = known.get(STEMMER.stemWord(word[start:]))
        if head is None:
            continue
        first = _first_part(word[:start], known)
        if first is not None or (head and len(word) - start >= FREE_HEAD):
            return head | (first or NOTHING)
    return NOTHING


def _first_part(part: str, known: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Concepts of what stands before the head of a compound, with or without the sound that links them; None where
    it is no known word and no compound of known words."""
    for link in LINKS:
        if part.endswith(link) and (stem := STEMMER.stemWord(part.removesuffix(link))) in known:
            return known[stem]
    return concepts_of(part) or None


@cache
def _thesaurus() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Concepts by stem (none for mere parts of compounds), and stems that only look like compounds."""
    known: dict[str, frozenset[str]] = {}
    opaque: set[str] = set()
    for line in _thesaurus_text().splitlines():
        name, colon, words = line.partition(":")
        if line.startswith("="):
            opaque.update(map(STEMMER.stemWord, line[1:].split()))
        elif line.startswith("+"):
            for stem in map(STEMMER.stemWord, line[1:].split()):
                known.setdefault(stem, NOTHING)
        elif colon and not line.startswith("#"):
            for stem in map(STEMMER.stemWord, words.split()):
                known[stem] = known.get(stem, NOTHING) | {name}
    return known, frozenset(opaque)


def _thesaurus_text() -> str:
    return files("matching").joinpath("data", "german_thesaurus.txt").read_text("utf-8")
