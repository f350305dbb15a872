"""What a text must be before anything is done with it, through whatever door it comes: forms, addresses, names of
files, deliveries. Nothing behind the doors asks again.
"""

import re
import unicodedata

# Control characters cannot be shown in HTML, and PostgreSQL cannot store the first of them; half a pair of surrogates
# is no character, so that UTF-8 cannot write it down; XML forbids the last two.
_UNWANTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
_LINE_BREAK = re.compile(r"\r\n?")
# Fewer than the largest whole number has that every column of ours takes.
_DIGITS = 9
_BETWEEN_NUMBERS = re.compile(r"\s+(?:oder|und|u\.|bzw\.?|&|\+)\s+|[;,\n]")
# When somebody can be called, beside the number: "16 Uhr", "9 bis 12:30 Uhr".
_TIME_OF_DAY = re.compile(r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:-|–|bis|und)\s*)?\d{1,2}(?:[:.]\d\d)?\s*uhr\b", re.IGNORECASE)
# What is dialled once a house has answered; a word of it before a whole number is only a word.
_EXTENSION = re.compile(
    r"\b(?:(?:haus)?apparat|app|durchwahl|dw|neben(?:stelle|st)|nst|extension|ext)\b[.:\s–-]*"
    r"(?P<digits>[1-9]\d*(?:\s\d{1,3}(?!\d))*)(?!\d)",
    re.IGNORECASE,
)
_LONGEST_EXTENSION = 6
# "(2. Stock)" behind it is no part of it; "(0)" and "(0351)" are.
_TELEPHONE = re.compile(r"\+?(?:\(\d+\)|\d)(?:[\d\s/.–-]|\(\d+\))*")
# Where no sign parts two of them, the next one begins with its area or country.
_NEXT_NUMBER = re.compile(r"/|\s+(?=0\d|\+\d)")
# No number in the world is longer (ITU-T E.164).
_SHORTEST_TELEPHONE, _LONGEST_TELEPHONE = 5, 15


def clean(text: str) -> str:
    """What can be stored and shown of a text, accents composed (NFC): "e" and "´" become "é", so that names are
    found; lines end as they do here, so that the same text is the same through every door."""
    return unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text.translate(_UNWANTED)))


def whole_number(text: str | None) -> int | None:
    """The number that an address or a hidden field holds.

    None for what is none, and for one with more digits than that of any record: a database would refuse it, and Python
    does not even read the longest.
    """
    if not text or not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        return None
    return int(text)


def as_spoken(name: str) -> str:
    """A name in the order in which it is said: "Müller-Platz, Jörg" is Jörg Müller-Platz, as lists and clerks write it.

    Before the comma stands one family name, small words before it ("von der Heide, Anna"). What else has a comma
    ("Anna Beck, Tochter") says the name first, and stays as it is.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    *before, _last = family.split() or [""]
    is_list = comma and given and "," not in given and all(word.islower() for word in before)
    return " ".join((given, family)) if is_list else name.strip()


def several_numbers(text: str) -> list[str]:
    """The telephone numbers in "0351 5550111 oder 0152 5550111", "0351/5550111, ab 16 Uhr", each as it is written.

    A stroke or a blank parts two of them only where one alone would be too long: "0351 / 5550111" is one. What is
    beside a number and too short for one is an extension or an hour.
    """
    found: list[str] = []
    for part in _BETWEEN_NUMBERS.split(_EXTENSION.sub(_without_extension, _TIME_OF_DAY.sub("", text))):
        digits = sum(character.isdigit() for character in part)
        pieces = _NEXT_NUMBER.split(part) if digits > _LONGEST_TELEPHONE else [part]
        found += [number[0].strip() for piece in pieces if (number := _TELEPHONE.search(piece))]
    whole = [number for number in found if sum(map(str.isdigit, number)) >= _SHORTEST_TELEPHONE]
    return whole or found


def _without_extension(found: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, found["digits"]))
    return "" if digits <= _LONGEST_EXTENSION else found[0]
