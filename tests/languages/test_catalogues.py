"""The catalogues: whole, and with the placeholders of the source."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache

import pytest

from tests.architecture.test_repository import committed_files, name_of
from wohnberatung.bridge.wording import declared_wording
from wohnberatung.core.languages import TRANSLATED, ReadLanguage
from wohnberatung.translations import readers
from wohnberatung.translations.extraction import ROOT, _in_files, is_translated, load, names_at_the_top, public_messages

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


@each_language
def test_nothing_is_said_twice_and_every_sentence_ends_before_the_next_begins(language: ReadLanguage) -> None:
    """What two branches both added, a merge may put side by side."""
    twice = re.compile(r"(?s)(.{20,})\1|[^\W\d_][.!?][A-ZÄÖÜ][a-zäöü]{2}|\d[.!?][A-ZÄÖÜ][a-zäöü]{2}")
    assert [said for _german, said in pairs(language) if twice.search(said)] == []


def test_languages_are_named_by_our_own_codes() -> None:
    """What gettext calls a language is nothing to store: `current_language().code` is."""
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "wohnberatung").rglob("*.py")
        if "get_locale" in path.read_text(encoding="utf-8")
    }
    assert asking == {"wohnberatung/core/languages.py", "wohnberatung/translations/__init__.py"}


def test_every_pattern_of_readers_stands_for_a_place() -> None:
    """One that matches nothing says of a room that is gone who reads there; what replaced it is read by everybody."""
    files = {name_of(file) for file in committed_files()}
    made = {f"{file}:{name}" for file in files if file.endswith(".py") for name, *_lines in names_at_the_top(file)}
    places = files | made | {place for _message, place in declared_wording()}
    patterns = [*readers.GERMAN_ONLY, *readers.PUBLIC]
    assert [pattern for pattern in patterns if not any(fnmatch(place, pattern) for place in places)] == []
    assert len(patterns) == len(set(patterns))


@each_language
def test_everything_the_public_reads_is_translated(language: ReadLanguage) -> None:
    """`make messages` brings new messages into the catalogues; `translations/readers.py` says who reads what."""
    catalogue = load(language.locale)
    missing = {message: places for message, places in READ_BY_ALL().items() if not is_translated(catalogue, message)}
    assert missing == {}


# Before a noun in the plural: a number that may be one. What is fixed (an hour of so many minutes, letters of a text)
# is never one.
COUNTED = re.compile(r"%\((?!number\)|day\)|message\)|question\))\w+\)s (?:[a-zäöü]+e[rns]? )?([A-ZÄÖÜ]\w+)")
NEVER_ONE = {
    "Zeichen": "limits of texts",
    "Zeilen": "limits of tables",
    "Spalten": "limits of tables",
    "Minuten": "how long appointments last",
    "Haushalte": "rounded to five",
    "Menschen": "rounded to five",
    "Stadtteile": "a name that stands for several",
    "Bilder": "limits of albums",
    "Dateien": "limits of uploads",
    "Protokolle": "limits of minutes",
    "Schritten": "of all that are listed",
    "Zugänge": "limits of tokens",
    "Angaben": "of all that are asked",
}
PLURAL = re.compile(r"(?:en|e|er|s)$")


def test_what_is_counted_has_a_singular() -> None:
    """ "1 offene Angebote": a sentence in which a number stands before a noun is two, chosen by the number."""
    counted = {
        f"{message}  ({place})"
        for message, place in (*_in_files(), *declared_wording())
        if isinstance(message, str)
        for noun in COUNTED.findall(message)
        if PLURAL.search(noun) and noun not in NEVER_ONE
    }
    assert counted == set()


# After a number that is what the sentence speaks of: the verb of one, and of several.
_SUBJECT = "(?<!Bei )(?<!bei )(?<!etwa )(?<!zum )(?<!Mit )"
OF_ONE = re.compile(
    _SUBJECT + r"%\(\w+\)s (?:[a-zäöü]+ |[A-ZÄÖÜ]\w+ )?"
    r"(?:ist|passt|kommt|käme|kann|wartet|bleibt|wird|entfällt|war|hat)\b"
)
OF_SEVERAL = re.compile(
    _SUBJECT + r"%\((?!from_|until|ends|file|key|names)\w+\)s (?:[a-zäöü]+ |[A-ZÄÖÜ]\w+ )?"
    r"(?:sind|passen|kommen|kämen|können|warten|bleiben|werden|entfallen|waren|haben(?! Sie))\b"
)
# Never one: only offered, or said, where there are several; an amount of money.
ALWAYS_SEVERAL = ("Alle %(count)s sind noch frei", "%(all)s passen nach einem Umbau")


def test_the_verb_agrees_with_the_number() -> None:
    """ "Es wären 1": a number whose verb depends on it is in a sentence that is chosen by the number."""
    wrong = []
    for message, place in _in_files():
        one, several = (message, message) if isinstance(message, str) else message
        if OF_SEVERAL.search(one) and not one.startswith(ALWAYS_SEVERAL):
            wrong.append((one, place))
        if not isinstance(message, str) and OF_ONE.search(several):
            wrong.append((several, place))
    assert wrong == []


def test_one_file_may_speak_to_the_public_and_to_the_office() -> None:
    """Pages of one thing lie together, whoever opens them: what is translated follows the page, not the file."""
    pages = "wohnberatung/brokerage/views/matches.py"
    assert readers.is_for_everybody(f"{pages}:give_answer")
    assert not readers.is_for_everybody(f"{pages}:record_spoken")
