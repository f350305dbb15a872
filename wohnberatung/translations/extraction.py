"""All messages that the public reads, with the places they stand in."""

import ast
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from seed_data.files import read_table
from wohnberatung.bridge.wording import declared_wording
from wohnberatung.translations import path_of
from wohnberatung.translations.readers import file_of, is_for_everybody

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"matching": [("**.py", "python")], "wohnberatung": [("**.py", "python")], "templates": [("**.*", "jinja2")]}
FUNDING = "funding_programs.csv"
TOLD_OF_FUNDING = ("what", "amount", "conditions", "steps")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "_n": (1, 2), "mark": None}
# Fixed, so that a catalogue changes only where a message does.
_DAY = datetime(2026, 11, 22, tzinfo=UTC)
_HEADER: dict[str, Any] = {
    "project": "Wohnberatung",
    "version": "1",
    "creation_date": _DAY,
    "revision_date": _DAY,
    "msgid_bugs_address": "-",
    "last_translator": "-",
    "language_team": "-",
    "fuzzy": False,
}

MessageId = str | tuple[str, ...]


def public_messages() -> dict[MessageId, list[str]]:
    """The files of every message that stands in at least one place for the public."""
    places: dict[MessageId, list[str]] = {}
    for message, place in (*_in_files(), *declared_wording(), *_in_tables()):
        places.setdefault(message, []).append(place)
    return {
        message: list(dict.fromkeys(file_of(place) for place in found))
        for message, found in places.items()
        if any(map(is_for_everybody, found))
    }


@cache
def _in_files() -> tuple[tuple[MessageId, str], ...]:
    return tuple(_read_files())


def _read_files() -> Iterator[tuple[MessageId, str]]:
    for folder, methods in FOLDERS.items():
        for name, line, message, _comments, _context in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS):
            file = f"{folder}/{Path(name).as_posix()}"
            yield message, f"{file}:{_around(file, line)}" if file.endswith(".py") else file


def _in_tables() -> Iterator[tuple[MessageId, str]]:
    """What programmes pay for, how much, on which conditions and in which steps; their names are names."""
    for row in read_table(FUNDING):
        yield from ((row[column], f"seed_data/{FUNDING}") for column in TOLD_OF_FUNDING)


def _around(file: str, line: int) -> str:
    """The name of what is made at the top of a module around that line."""
    return next((name for name, first, last in names_at_the_top(file) if first <= line <= last), "")


@cache
def names_at_the_top(file: str) -> list[tuple[str, int, int]]:
    """What a module makes: name, first and last line."""
    made = []
    for node in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                made.append((name, node.lineno, node.end_lineno or node.lineno))
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                made.append((name, node.lineno, node.end_lineno or node.lineno))
    return made


def renew(locale: str) -> Catalog:
    """Bring the file of one language up to date: new messages empty, those that are gone left out."""
    old, path = load(locale), path_of(locale)
    fresh = Catalog(locale=locale, **_HEADER)
    fresh.header_comment = "# Translations from German, the language of the source."
    for message, places in sorted(public_messages().items(), key=lambda item: (item[1][0], str(item[0]))):
        known = old.get(message if isinstance(message, str) else message[0])
        said = known.string if known is not None and known.id == message else ""
        fresh.add(message, said or (("", "") if isinstance(message, tuple) else ""), locations=[(places[0], 0)])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=120, include_lineno=False)
    return fresh


def load(locale: str) -> Catalog:
    """The catalogue as it is stored; an empty one where there is none."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def is_translated(catalog: Catalog, message: MessageId) -> bool:
    """Whether the catalogue has a finished translation, in all forms of a plural."""
    found = catalog.get(message if isinstance(message, str) else message[0])
    return found is not None and _id(found) == message and not found.fuzzy and all(_forms(found.string))


def untranslated(catalog: Catalog) -> list[MessageId]:
    """Messages of this catalogue that have no finished translation."""
    return [_id(message) for message in catalog if message.id and not is_translated(catalog, _id(message))]


def _id(message: Message) -> MessageId:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _forms(string: str | Sequence[str] | None) -> Sequence[str | None]:
    return (string,) if string is None or isinstance(string, str) else string
