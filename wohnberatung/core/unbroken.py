"""What stays on one line wherever it stands: numbers of ours, telephone numbers, ranges, an amount with its unit.

The patterns are written for Python and for Typst alike (`templates/papers/layout.typ`), so none of them looks ahead or
back. What is found too much, a year with another one, may stay on one line as well.
"""

import re
from collections.abc import Callable

# Of a case, a request, a receipt; of an offer.
_OURS = r"\b[A-Z]{2}-\d{4}-[A-Z0-9]{6}\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b"
_BLANK = r"[ \u00a0\u202f]"
_BETWEEN = rf"(?:{_BLANK}?[/–-]{_BLANK}?|{_BLANK})"
# It begins with its country or its area, and what follows is parted at least once.
_TELEPHONE = (
    rf"(?P<telephone>(?:\+\d|\(\+?\d|\b0\d)\d*\)?(?:{_BETWEEN}?\(\d+\)\d*)?"
    rf"(?:{_BETWEEN}\d{{2,}})+(?:[–-]\d+)?)"
)
_DIGITS = r"€?\d+(?:[.,:]\d+)*"
_RANGE = rf"\b{_DIGITS}(?:{_BLANK}?[–-]{_BLANK}?{_DIGITS})+"
_UNIT = (
    r"(?:€(?:/m²)?|%|k?m²|[ck]?m\b|mm\b|qm\b|kWh\b(?:/\(m²·a\))?|[kM]B\b|Uhr\b|Zimmer\b|rooms?\b"
    r"|Euro\b|euros?\b|Prozent\b|(?:Zenti|Quadrat)?[Mm]eter\b|metres?\b)"
)

UNBROKEN = rf"{_OURS}|{_TELEPHONE}|(?:{_RANGE}|\b{_DIGITS}){_BLANK}?{_UNIT}|{_RANGE}|€{_DIGITS}[–-]{_DIGITS}"

NO_BREAK = "\u00a0"
_FOUND = re.compile(UNBROKEN)
_BLANKS = re.compile(_BLANK)
_SIGNS = re.compile(r"[-–/]")


def without_breaks(text: str, signs: Callable[[str], str] = str) -> str:
    """The text with blanks in such numbers that do not break. A number with a sign in it behind which lines break as
    well is given to `signs`, and so is a telephone number: its blanks stay, for it is copied to be dialled."""
    return _FOUND.sub(lambda found: _kept(found, signs), text)


def _kept(found: re.Match[str], signs: Callable[[str], str]) -> str:
    number = found[0] if found["telephone"] else _BLANKS.sub(NO_BREAK, found[0])
    return signs(number) if found["telephone"] or _SIGNS.search(number) else number
