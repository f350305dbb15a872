"""What German words mean for comparing texts: concepts of a small thesaurus, parts of compounds, stems, n-grams.

A word of the thesaurus stands for its concepts, also inside a compound: "Gemeinschaftsgarten" is garden and
community. Any other word stands for its stem and, weakly, for its character n-grams, so that near spellings
meet. What a text denies is the opposite of what it says: "keine Hunde", "hundefrei", "ich rauche nicht" and "Rauchen
verboten" stand against dogs and smoking, whether somebody speaks of a habit or of what is allowed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
STEMMER = snowballstemmer.stemmer("german")
STOP_WORDS = frozenset(files("matching").joinpath("data", "german_stop_words.txt").read_text("utf-8").split())
NEGATIONS = frozenset({"kein", "keine", "keinen", "keiner", "keinem", "keines", "ohne", "nie"})
DENYING_WHAT_STANDS_BEFORE = frozenset({"verboten", "untersagt", "unerwünscht", "unzulässig", "ausgeschlossen"})
ALLOWING = frozenset(
    {"erlaubt", "gestattet", "willkommen", "erwünscht", "gewünscht", "möglich", "zulässig", "vorgesehen", "gesucht"}
)
"""Words of permission say nothing themselves; with "nicht" they deny what stands before."""

JOINING = frozenset({"und", "aber", "oder", "sondern", "doch", "denn", "sowie"})
PREPOSITIONS = frozenset({"in", "im", "an", "am", "auf", "bei", "beim", "mit", "zu", "zum", "zur"})
"""The word "nicht" before one of them denies all that follows and the verb before: "wir rauchen nicht in der Küche"."""

ENDINGS = ("e", "en", "er", "es", "em")
"""How an adjective ends that stands between "keine" and what is denied."""

TOKENS = re.compile(r"[^\W\d_]{2,}|[,.;:!?\n]")
GENDERED = re.compile(r"(?<=[^\W\d_])[*:_/](?=in(?:nen)?\b)")
WITHOUT = re.compile(r"(?P<what>[^\W\d_]{3,}?)(?:frei|los)(?:e[nmrs]?)?")
LEAST_STEM = 4

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
    words = (NEGATIONS, STOP_WORDS, ALLOWING, DENYING_WHAT_STANDS_BEFORE, JOINING)
    return weights, lengths, LINKS, *map(sorted, words), WITHOUT.pattern, _thesaurus_text()


def features(text: str) -> dict[str, float]:
    """Weight by feature, negative where the text denies it (its first mention counts); empty where it says nothing."""
    found: dict[str, float] = {}
    for word, denied in _said(text):
        for feature, weight in word_features(word):
            found.setdefault(feature, -weight if denied else weight)
    return found


def _said(text: str) -> Iterator[tuple[str, bool]]:
    """The words that say something, and whether the text denies them."""
    plain = GENDERED.sub("", unicodedata.normalize("NFC", text).lower())
    clause: list[str] = []
    for token in [*TOKENS.findall(plain), "."]:
        if token[0].isalpha():
            clause.append(token)
        else:
            yield from _denials(clause)
            clause = []


def _denials(words: Iterable[str]) -> list[tuple[str, bool]]:
    """The words of one clause that say something, and whether they are denied."""
    found: list[tuple[str, bool]] = []
    part: list[tuple[str, bool]] = []
    before: list[tuple[str, bool]] = []
    ahead = behind = throughout = said = False
    for word in (*words, "und"):
        if word == "nicht":
            ahead = behind = True
            before = part[-1:] if said else []
        elif word in JOINING:
            found += _denied(part) if behind else part
            part, ahead, behind, throughout = [], False, False, False
        elif word in ALLOWING or word in DENYING_WHAT_STANDS_BEFORE:
            if behind or word in DENYING_WHAT_STANDS_BEFORE:
                found, part = _denied(found), _denied(part)
            ahead = behind = False
        elif word in STOP_WORDS:
            if behind and word in PREPOSITIONS:
                part[len(part) - len(before) :] = _denied(before)
                throughout, behind = True, False
            ahead = word in NEGATIONS or behind
        else:
            part.append((word, ahead or throughout))
            ahead = ahead and not behind and word.endswith(ENDINGS) and not concepts_of(word)
            behind = False
        said = word not in STOP_WORDS
    return found


def _denied(words: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [(word, True) for word, _ in words]


@lru_cache(maxsize=100_000)
def word_features(word: str) -> tuple[tuple[str, float], ...]:
    """Features of one lower-case word with their weights; negative for what it denies itself (autofrei)."""
    if (denied := _denied_in(word)) is not None:
        return tuple((feature, -weight) for feature, weight in word_features(denied))
    concepts = concepts_of(word)
    stem = _stem(word)
    if concepts:
        return (f"={stem}", KNOWN_STEM_WEIGHT), *((f"#{concept}", CONCEPT_WEIGHT) for concept in sorted(concepts))
    padded = f"^{word.translate(UMLAUTS)}$"
    grams = {padded[start : start + GRAM_LENGTH] for start in range(max(1, len(padded) - GRAM_LENGTH + 1))}
    return (f"={stem}", STEM_WEIGHT), *((gram, GRAMS_WEIGHT / len(grams) ** 0.5) for gram in sorted(grams))


def concepts_of(word: str) -> frozenset[str]:
    """Concepts of a word or of the parts of a compound; empty where the thesaurus knows neither."""
    known, opaque = _thesaurus()
    stem = _stem(word)
    if stem in known or stem in opaque:
        return known.get(stem, NOTHING)
    for start in range(LEAST_FIRST, len(word) - LEAST_PART + 1):
        head = known.get(_stem(word[start:]))
        if head is None:
            continue
        first = _first_part(word[:start], known)
        if first is not None or (head and len(word) - start >= FREE_HEAD):
            return head | (first or NOTHING)
    return NOTHING


def _denied_in(word: str) -> str | None:
    """What a single word denies, if the thesaurus knows that: cars in "autofrei", smokers in "Nichtraucher"."""
    known, opaque = _thesaurus()
    if _stem(word) in known or _stem(word) in opaque:
        return None
    if word.startswith("nicht") and concepts_of(word.removeprefix("nicht")):
        return word.removeprefix("nicht")
    without = WITHOUT.fullmatch(word)
    return without["what"] if without and concepts_of(without["what"]) else None


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """The stem; of "Nachbarn" and "Nachbarinnen" that of "Nachbar"."""
    stem = str(STEMMER.stemWord(word))
    known, opaque = _thesaurus()
    if stem in known or stem in opaque:
        return stem
    for ending in ("innen", "in", "n"):
        shorter = str(STEMMER.stemWord(word.removesuffix(ending)))
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM and (shorter in known or ending == "innen"):
            return shorter
    return stem


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
