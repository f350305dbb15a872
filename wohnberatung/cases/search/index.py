"""Words of all records in memory, compared as German is heard and written, and how well records answer a query."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from wohnberatung.cases.search.scripts import ARABIC_WORD, CYRILLIC, consonants

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(rf"[a-z0-9]+|{ARABIC_WORD}")
_RECEIPT = re.compile(r"\b[A-Z]{2}-?20\d\d-?([A-Z2-9]{6})\b", re.IGNORECASE)


def fold(text: str) -> str:
    """``Müller-Lüdenscheidt`` → ``mueller-luedenscheidt``; ``René`` → ``rene``; ``Олена`` → ``olena``."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED).translate(CYRILLIC)
    plain = unicodedata.normalize("NFD", spelled)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text; of a receipt number only the part that tells it from others, of Arabic words their
    consonants. "Str." is a street."""
    return [_whole(word) for word in _WORD.findall(fold(_RECEIPT.sub(r"\1", text)))]


def _whole(word: str) -> str:
    if not word.isascii():
        return consonants(word) or word
    return f"{word}asse" if word.endswith("str") else word


# Cologne phonetics (Hans Joachim Postel, 1969): letters that sound alike in German share a digit.
_VOWELS, _HARD = "aeijouy", "ahkloqrux"


def sound_of(word: str) -> str:
    """Digits by which names that sound alike are alike: Meier, Mayer, Maier, Meyr → 67."""
    letters = [letter for letter in fold(word) if letter.isascii() and letter.isalpha()]
    digits = "".join(
        _digit(letter, letters[at - 1] if at else "", letters[at + 1] if at + 1 < len(letters) else "")
        for at, letter in enumerate(letters)
    )
    single = re.sub(r"(\d)\1+", r"\1", digits)
    return single[:1] + single[1:].replace("0", "")


def _digit(letter: str, before: str, after: str) -> str:
    if letter in _VOWELS:
        return "0"
    if letter == "h":
        return ""
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        return _digit_of_c(before, after)
    simple = {"b": "1", "f": "3", "v": "3", "w": "3", "g": "4", "k": "4", "q": "4", "l": "5", "m": "6", "n": "6"}
    return simple.get(letter) or {"r": "7", "s": "8", "z": "8"}[letter]


def _digit_of_c(before: str, after: str) -> str:
    if not before:
        return "4" if after and after in _HARD else "8"
    if before in "sz":
        return "8"
    return "4" if after and after in "ahkoqux" else "8"


SAME, BEGINS, SOUNDS = 1.0, 0.9, 0.85
# Two letters wrong in a name of eight still find it.
NEARLY = 0.7
SHORTEST_MISSPELT = 4
MOST_ALIKE = 40
# Records far behind the best are not what was meant.
WORTH_SHOWING = 0.6

Key = tuple[str, str]


@dataclass(frozen=True)
class Document:
    """A record's words: `texts` are (text, weight up to 1). `only_for` is the one person who may find it, else None;
    `person_key_id` is the key with whose end the words must go."""

    kind: str
    id: str
    texts: tuple[tuple[str, float], ...]
    only_for: str | None = None
    person_key_id: str | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.id


class Index:
    """Documents by their words. Not safe for several threads: the caller holds a lock."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._documents: dict[Key, Document] = {}
        self._postings: dict[str, dict[Key, float]] = defaultdict(dict)
        self._sounds: dict[str, set[str]] = defaultdict(set)
        self._of_person: dict[str, set[Key]] = defaultdict(set)
        self._sorted: list[str] | None = None
        for document in documents:
            self.put(document)

    def __len__(self) -> int:
        return len(self._documents)

    def put(self, document: Document) -> None:
        """Add it, or replace what is there under its key."""
        self.drop(document.key)
        self._documents[document.key] = document
        if document.person_key_id:
            self._of_person[document.person_key_id].add(document.key)
        for word, weight in _weighted(document):
            if word not in self._postings:
                self._sounds[sound_of(word)].add(word)
                self._sorted = None
            self._postings[word][document.key] = weight

    def drop(self, key: Key) -> None:
        """Forget it; nothing happens where there is none."""
        document = self._documents.pop(key, None)
        if document is None:
            return
        if document.person_key_id:
            self._of_person[document.person_key_id].discard(key)
        for word, _weight in _weighted(document):
            del self._postings[word][key]
            if not self._postings[word]:
                del self._postings[word]
                self._sounds[sound_of(word)].discard(word)
                self._sorted = None

    def drop_person(self, person_key_id: str) -> None:
        """Forget everything that was sealed with this key."""
        for key in list(self._of_person.pop(person_key_id, ())):
            self.drop(key)

    def find(self, query: str, user_id: str | None, limit: int) -> list[tuple[Key, float]]:
        """(key, score) of what this person may find, the best first."""
        words = words_of(query)
        scores: dict[Key, float] = defaultdict(float)
        for word in words:
            for key, score in self._best(word).items():
                scores[key] += score / len(words)
        allowed = ((key, score) for key, score in scores.items() if self._documents[key].only_for in (None, user_id))
        ranked = sorted(allowed, key=lambda item: (-item[1], item[0]))
        floor = ranked[0][1] * WORTH_SHOWING if ranked else 0.0
        return [item for item in ranked[:limit] if item[1] >= floor]

    def _best(self, word: str) -> dict[Key, float]:
        found: dict[Key, float] = {}
        for known, likeness in self._alike(word).items():
            for key, weight in self._postings[known].items():
                found[key] = max(found.get(key, 0.0), likeness * weight)
        return found

    def _alike(self, word: str) -> dict[str, float]:
        """Stored words by how much they are like this one."""
        alike = dict(self._nearly(word))
        if not word.isdigit():
            for known in self._sounds.get(sound_of(word), ()):
                nearness = DamerauLevenshtein.normalized_similarity(word, known)
                # Short codes are shared by many names: spelling must speak for them as well.
                if nearness >= 0.5:
                    alike[known] = max(alike.get(known, 0.0), SOUNDS * (0.8 + 0.2 * nearness))
        for known in self._beginning_with(word):
            alike[known] = BEGINS
        if (bare := consonants(word)) in self._postings:
            alike[bare] = SOUNDS
        if word in self._postings:
            alike[word] = SAME
        return alike

    def _nearly(self, word: str) -> Iterator[tuple[str, float]]:
        if len(word) < SHORTEST_MISSPELT or word.isdigit():
            return
        similarity = DamerauLevenshtein.normalized_similarity
        for known, likeness, _at in process.extract(
            word, self._words(), scorer=similarity, score_cutoff=NEARLY, limit=MOST_ALIKE
        ):
            yield known, likeness * SOUNDS

    def _beginning_with(self, word: str) -> list[str]:
        if len(word) < 2:
            return []
        words = self._words()
        return words[bisect_left(words, word) : bisect_left(words, word + "\U0010ffff")]

    def _words(self) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(self._postings)
        return self._sorted


def _weighted(document: Document) -> list[tuple[str, float]]:
    """Each word once, with the weight of its most telling place."""
    weights: dict[str, float] = {}
    for text, weight in document.texts:
        for word in words_of(text):
            weights[word] = max(weights.get(word, 0.0), weight)
    return list(weights.items())
