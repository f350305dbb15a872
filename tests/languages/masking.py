"""A language in which every translated letter is a dot: what can still be read on a page, nobody translated."""

import re
from collections.abc import Iterator

from babel.support import NullTranslations

from matching.neighbourhoods import DRESDEN
from tests.infrastructure.pages import Page
from wohnberatung.core.languages import LANGUAGES

KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\}|<[^>]+>)")
LETTER = re.compile(r"[^\W\d_]")
READABLE = re.compile(r"[^\W\d_]{2,}")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
NAMES = (
    *(language.name for language in LANGUAGES),
    *(place.name for place in DRESDEN.neighbourhoods),
    *(place.district for place in DRESDEN.neighbourhoods),
)
NO_WORDS = (
    re.compile(r"\b(?:[A-Z][a-z]+day,? )?\d\d? [A-Z][a-z]+(?: \d{4})?\b"),  # Sunday, 22 November 2026
    re.compile(r"\b[A-Z]{1,2}-\d{4}-\w+\b"),  # a receipt number
    re.compile(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}\b"),  # the number of an offer
    re.compile(r"\S+@\S+|https?://\S+"),
)


def masked(message: str) -> str:
    parts = KEPT.split(message)
    return "".join(part if KEPT.fullmatch(part) else LETTER.sub("•", part) for part in parts)


class Masked(NullTranslations):
    """Translates everything into dots."""

    def ugettext(self, message: str) -> str:
        return masked(message)

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return masked(singular if number == 1 else plural)

    gettext, ngettext = ugettext, ungettext


def untranslated_in(html: str, *data: str) -> list[str]:
    """Texts of a page with words that no translation has touched, `data` and names apart."""
    known = sorted({*NAMES, *data}, key=len, reverse=True)
    return [text for text in _texts(Page(html)) if READABLE.search(_without(text, known))]


def _texts(page: Page) -> Iterator[str]:
    for element in page.all():
        if element.tag in ("script", "style"):
            continue
        yield from (element.attrib[name] for name in SPOKEN if name in element.attrib)
        yield element.text or ""
        yield from (child.tail or "" for child in element)


def _without(text: str, known: list[str]) -> str:
    for phrase in known:
        text = text.replace(phrase, "")
    for pattern in NO_WORDS:
        text = pattern.sub("", text)
    return text
