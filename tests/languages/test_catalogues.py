"""The catalogues: whole, and with the placeholders of the source."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from wohnberatung.core.languages import TRANSLATED, ReadLanguage
from wohnberatung.translations.extraction import ROOT, is_translated, load, public_messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
MARKUP = re.compile(r"</?\w+[^>]*>")
READ_BY_ALL = cache(public_messages)
each_language = pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)


def pairs(language: ReadLanguage) -> Iterator[tuple[str, str]]:
    """(German, translation) of every finished message; a plural is two of them."""
    for message in load(language.locale):
        if message.id and message.string:
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield from zip(ids, strings, strict=True)


@each_language
def test_placeholders_and_markup_are_those_of_the_source(language: ReadLanguage) -> None:
    for pattern in (PLACEHOLDER, MARKUP):
        wrong = {
            german: said
            for german, said in pairs(language)
            if set(pattern.findall(german)) != set(pattern.findall(said)) and said
        }
        assert wrong == {}


def test_languages_are_named_by_our_own_codes() -> None:
    """What gettext calls a language is nothing to store: `current_language().code` is."""
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "wohnberatung").rglob("*.py")
        if "get_locale" in path.read_text(encoding="utf-8")
    }
    assert asking == {"wohnberatung/core/languages.py", "wohnberatung/translations/__init__.py"}


@each_language
def test_everything_the_public_reads_is_translated(language: ReadLanguage) -> None:
    """`make messages` brings new messages into the catalogues; `translations/readers.py` says who reads what."""
    catalogue = load(language.locale)
    missing = {message: places for message, places in READ_BY_ALL().items() if not is_translated(catalogue, message)}
    assert missing == {}
