"""Languages in which somebody can be talked to, as the catalogue declares them: to tick, to filter by, in a list."""

import re

from flask_babel import gettext as _
from wtforms.fields.core import UnboundField

from matching.criteria import living
from wohnberatung.bridge.fields import options_of, several_field
from wohnberatung.core.languages import Words

_FACT = living.LANGUAGES
# As people write them for short.
_SHORT = {"gebärdensprache": "dgs", "dgs": "dgs", "farsi": "fa", "persisch": "fa", "dari": "fa"}


def language_options() -> list[tuple[str, Words]]:
    """(code, name) of all, in declared order."""
    return options_of(_FACT)


def languages_field(label: Words, description: Words = "") -> UnboundField:
    """Boxes to tick; the data is a list of codes, None where none is ticked."""
    return several_field(_FACT, label, description=description)


def language_names(codes: list[str]) -> list[str]:
    """In the language being read, in declared order; codes that nobody declares are left out."""
    return [str(name) for code, name in language_options() if code in codes]


def language_words(codes: list[str]) -> list[str]:
    """The German names, as they stand in a list that is read in again."""
    return [_FACT.options[code] for code in _FACT.options if code in codes]


def languages_in(text: str) -> tuple[list[str], list[str]]:
    """(codes, words that name no language) of "Deutsch, Gebärdensprache; Arabisch"."""
    known = {name.casefold(): code for code, name in _FACT.options.items()} | _SHORT
    codes, strange = [], []
    for word in filter(None, (piece.strip() for piece in re.split(r"[;,\n]+|\bund\b", text))):
        code = known.get(word.casefold()) or (word if word in _FACT.options else None)
        if code is None:
            strange.append(word)
        elif code not in codes:
            codes.append(code)
    return codes, strange


def unknown_languages(words: list[str]) -> str:
    """A sentence about words that name no language."""
    return _("Diese Sprachen kennen wir nicht: %(words)s.", words=", ".join(f"„{word[:40]}“" for word in words[:5]))
