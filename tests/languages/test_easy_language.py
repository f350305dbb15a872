"""Easy German is written as such: short sentences, no conjunctive, its own pages with drawings that are told."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Message

from tests.infrastructure.pages import Page
from wohnberatung.core.languages import EASY
from wohnberatung.translations.extraction import ROOT, load

LONGEST = 14
SENTENCE = re.compile(r"[.!?:]\s+|\n")
WORD = re.compile(r"[\w%()-]+")
UNREAL = re.compile(r"\b(?:würden?|wären?|hätten?|könnten?|müssten?|dürften?|sollten)\b", re.IGNORECASE)
TEMPLATES = ROOT / "templates"
# What the legal notice must tell the operator, and sentences of the engine for advisors, are not for the public.
NOT_READ = re.compile(r"OFFICE_NAME|%\((?:evidence|asked)\)s|^Gesucht wird|^Sie fragen nach")


def rewritten() -> Iterator[Message]:
    """Messages that easy language says in its own way."""
    return (message for message in load(EASY.locale) if message.id and message.string != message.id)


def said(message: Message) -> str:
    return message.string if isinstance(message.string, str) else " ".join(message.string)


def test_sentences_are_short() -> None:
    long = [
        sentence
        for message in rewritten()
        for sentence in SENTENCE.split(said(message))
        if len(WORD.findall(sentence)) > LONGEST
    ]
    assert long == []


def test_everything_is_real() -> None:
    assert [said(message) for message in rewritten() if UNREAL.search(said(message))] == []


def test_long_sentences_of_the_source_are_rewritten() -> None:
    own_pages = {path.relative_to(TEMPLATES / "easy").as_posix() for path in (TEMPLATES / "easy").rglob("*.html")}
    left = [
        message.id
        for message in load(EASY.locale)
        if isinstance(message.id, str) and message.string == message.id and not NOT_READ.search(message.id)
        if max(len(WORD.findall(sentence)) for sentence in SENTENCE.split(message.id)) > LONGEST
        if not all(place.removeprefix("templates/") in own_pages for place, _line in message.locations)
    ]
    assert left == []


def test_pages_of_their_own_stand_beside_the_usual_ones() -> None:
    own = [path.relative_to(TEMPLATES / "easy") for path in (TEMPLATES / "easy").rglob("*.html")]
    assert [name for name in own if name.name != "macros.html" and not (TEMPLATES / name).exists()] == []


def test_every_drawing_is_told_and_there(client) -> None:
    drawings = {path.stem for path in (ROOT / "wohnberatung/static/easy").glob("*.svg")}
    shown = set()
    for path in ("/", "/suche", "/datenschutz", "/barrierefreiheit"):
        page = Page(client.get(path, query_string={"sprache": EASY.code}).text)
        for image in page.all("img"):
            assert image.attrib["alt"], path
            shown.add(image.attrib["src"].rpartition("/")[2].removesuffix(".svg"))
    assert shown <= drawings
    assert len(shown) > 8
