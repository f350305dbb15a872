"""The words the engine speaks and understands: message marking, translation, how numbers and days are written.

Sentences are whole German messages with placeholders. The application passes a `Language` whose
`translate` looks the message up in its catalogues; the engine alone speaks German.

People and programs write numbers and days in many ways ("1.200,50", "ca. 650", "620,-", "2½"; "1.3.27", "März 2027").
Form fields and imports read them with the same functions; what these do not understand is None.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_WORDS = ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_NUMBER_WORDS = {word: float(number) for number, word in enumerate(_WORDS, start=1)} | {"ein": 1.0, "eine": 1.0}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75}
_ABOUT = r"(?:(?:ca|circa|rd|rund|etwa|ungefähr)\b\.?\s*)?"
_AMOUNT = re.compile(
    rf"{_ABOUT}(?P<number>[+-]?\d[\d.,']*(?:[ \u00a0\u202f]\d{{3}}(?!\d)[\d.,]*)*)(?P<unit>.*)", re.I | re.S
)
_MIXED = re.compile(rf"{_ABOUT}(?P<whole>\d{{1,3}})\s*(?P<part>½|¼|¾|(?<=\s)[13]/[24])(?P<unit>.*)", re.I | re.S)
_SAID = re.compile(rf"{_ABOUT}(?P<word>[a-zäöüß]+)(?P<unit>\s.*)?", re.I | re.S)
_NO_CENTS = re.compile(r"[,.][-–]{1,2}(?=\s|€|$)")
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)?")
_GERMAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:[,']\d{3})+(?:\.\d+)?")

# In their order; the first three letters tell them apart.
_MONTH_NAMES = (
    "jan(?:uar)?", "feb(?:ruar)?", "märz?", "apr(?:il)?", "mai", "juni?", "juli?", "aug(?:ust)?", "sept?(?:ember)?",
    "okt(?:ober)?", "nov(?:ember)?", "dez(?:ember)?", "mrz", "maerz",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES[:12], start=1)} | {"mrz": 3, "mae": 3}
_BEFORE_A_DAY = re.compile(r"(?:(?:ab|am|an|zum|seit|bis|anfang|den|dem|frühestens|spätestens|ca\.?)\s+)+", re.I)
_ISO_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_GERMAN_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})(?!\d)")
_SLASHED_DAY = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])")
_NAMED_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.\s*|(?P<part>mitte|ende)\s+)?\b(?P<name>{'|'.join(_MONTH_NAMES)})\.?\s+(?P<year>\d{{4}})",
    re.I,
)
_WEEK = re.compile(r"\b(?:kw|kalenderwoche|woche)\s?(?P<week>\d{1,2})\s?[/.]?\s?(?P<year>\d{4})(?!\d)", re.I)
_MONTH = re.compile(r"(?<![\w./])(?P<month>\d{1,2})\s?[/.]\s?(?P<year>\d{4})(?!\d)")
_DAYS = (_ISO_DAY, _GERMAN_DAY, _SLASHED_DAY, _NAMED_DAY, _WEEK, _MONTH)
AT_ONCE = re.compile(r"\b(?:sofort|umgehend|ab jetzt|bezugsfrei|immediately)\b", re.I)


def mark(message: str) -> str:
    """Mark a message for extraction into the translation catalogues; returns it unchanged."""
    return message


def unchanged(message: str) -> str:
    return message


@dataclass(frozen=True)
class Language:
    """How messages and numbers are put for one reader."""

    translate: Callable[[str], str] = unchanged
    decimal: str = ","
    thousands: str = "."
    day_format: str = "%d.%m.%Y"

    def say(self, message: str, **values: str) -> str:
        """The translated message with its placeholders filled."""
        return self.translate(message) % values if values else self.translate(message)

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as written in this language: 1.234,50 in German; whole numbers without a comma."""
        if decimals is None:
            decimals = 0 if float(value).is_integer() else (1 if round(value * 10, 9).is_integer() else 2)
        plain = f"{value:,.{decimals}f}"
        return plain.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)

    def alternatives(self, words: list[str]) -> str:
        """Several wanted values as one phrase: 'Miete oder Untermiete'."""
        if len(words) < 2:
            return "".join(words)
        return self.say(mark("%(first)s oder %(last)s"), first=", ".join(words[:-1]), last=words[-1])


GERMAN = Language()


def amount(text: str, *, decimal_point: bool = False) -> tuple[float, str] | None:
    """The number that the text begins with, and what follows it ("€", "m²"); None where it begins with none.

    "1.250" is 1250, as people write it, and "1 250" and "zwei" are numbers; a program that writes a decimal point means
    one and a quarter, and its words are words.
    """
    text = _NO_CENTS.sub("", text.strip())
    if mixed := _MIXED.fullmatch(text):
        return float(mixed["whole"]) + _FRACTIONS[mixed["part"]], mixed["unit"].strip()
    if found := _AMOUNT.fullmatch(text):
        number = _number(found["number"] if decimal_point else re.sub(r"\s", "", found["number"]), decimal_point)
        return None if number is None else (number, found["unit"].strip())
    said = None if decimal_point else _SAID.fullmatch(text)
    if said is None or said["word"].lower() not in _NUMBER_WORDS:
        return None
    return _NUMBER_WORDS[said["word"].lower()], (said["unit"] or "").strip()


def _number(number: str, decimal_point: bool) -> float | None:
    if _GERMAN.fullmatch(number) and not (decimal_point and _PLAIN.fullmatch(number)):
        return float(number.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(number):
        return float(number.replace(",", "."))
    if decimal_point and _ENGLISH.fullmatch(number):
        return float(number.replace(",", "").replace("'", ""))
    return None


def day_in(text: str) -> date | None:
    """The first day named somewhere in the text; of a month alone its first. None where there is none."""
    found = next((found for pattern in _DAYS if (found := pattern.search(text))), None)
    return _date(found.groupdict()) if found else None


def whole_percent(share: float) -> int:
    """A share from 0 to 1 as people read it. What differs only by how a sum was rounded on the way reads the same: both
    directions of a ranking come to 37.5 by other ways."""
    return round(round(100 * share, 6))


def day_of(text: str) -> date | None:
    """The day that the text is, such as "1.3.27", "ab 1. August 2027", "3/2027". None where it is anything else."""
    alone = _BEFORE_A_DAY.sub("", text.strip())
    found = next((found for pattern in _DAYS if (found := pattern.fullmatch(alone))), None)
    return _date(found.groupdict()) if found else None


def _date(parts: dict[str, str | None]) -> date | None:
    written, name, part = parts["year"] or "", parts.get("name"), (parts.get("part") or "").lower()
    year = int(written) + (2000 if len(written) == 2 else 0)
    month = _MONTHS[name.lower()[:3]] if name else int(parts.get("month") or 0)
    try:
        if week := parts.get("week"):
            return date.fromisocalendar(year, int(week), 1)
        day = monthrange(year, month)[1] if part == "ende" else 15 if part == "mitte" else int(parts.get("day") or 1)
        return date(year, month, day)
    except ValueError:
        return None
