"""The catalogues: with the same placeholders as the source."""

import re
from collections.abc import Iterator

import pytest

from wohnberatung.core.languages import TRANSLATED, ReadLanguage
from wohnberatung.translations.extraction import load

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
MARKUP = re.compile(r"</?\w+[^>]*>")
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
