"""Whether a text tells who somebody is or how to reach them, before both have agreed to that."""

import re
from collections.abc import Iterable

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.texts import several_numbers
from wohnberatung.seekers.services.requests import contact_of

_AT = re.compile(r"@|\b(?:at|ät)\b.*\bde\b|\bwww\.|https?:|\b\w+\.(?:de|com|org|net|eu)\b", re.IGNORECASE)
_STREET = re.compile(r"\b\w+(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ring)\s+\d+", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)")
_SHORTEST_NUMBER = 6
_SHORTEST_NAME = 3


def tells_who(text: str, match: BrokeredMatch) -> bool:
    """An address of mail, web or house, a telephone number, or the name of the person who seeks or of those who offer.

    It rather says yes once too often: a person looks at what it stops.
    """
    words = set(re.findall(r"\w+", text.casefold()))
    return tells_contact(text) or bool(words & {word.casefold() for word in _names(match)})


def tells_contact(text: str) -> bool:
    """An address of mail, web or house, or a telephone number."""
    if _AT.search(text) or _STREET.search(text):
        return True
    digits = (sum(map(str.isdigit, number)) for number in several_numbers(_DAY.sub(" ", text)))
    return any(count >= _SHORTEST_NUMBER for count in digits)


def _names(match: BrokeredMatch) -> Iterable[str]:
    """Parts of the names that are not told yet."""
    contact = contact_of(match.request)
    told = " ".join((contact.get("name", ""), contact.get("helper", {}).get("name", "")))
    return (word for word in re.findall(r"\w+", told) if len(word) >= _SHORTEST_NAME)
