"""Words as they are compared: umlauts written out, accents gone, and how a German name sounds."""

import re
import unicodedata

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_RECEIPT = re.compile(r"\b[A-Z]{2}-?20\d\d-?([A-Z2-9]{6})\b", re.IGNORECASE)


def fold(text: str) -> str:
    """``Müller-Lüdenscheidt`` → ``mueller-luedenscheidt``; ``René`` → ``rene``."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFD", spelled)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text; of a receipt number only the part that tells it from others."""
    return re.findall(r"[a-z0-9]+", fold(_RECEIPT.sub(r"\1", text)))


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
