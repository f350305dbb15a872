"""The names people use for neighbourhoods, and which text means which name.

Official names come from the city's places; parts of double names ("Trachenberge" in Pieschen-Nord/Trachenberge)
and names without their direction ("Striesen") are derived; `data/dresden_names.csv` adds villages and quarters
that belong to one (general knowledge, no official list: such a name is never more than 85 % certain).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from matching.neighbourhoods import DRESDEN

_PLAIN_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"})
_SAYS_NOTHING = re.compile(r"\b(?:dresden|sachsen|ot|ortsteil|stadtteil|stadtbezirk|ortschaft|d|\d{4,5})\b")
_ABBREVIATIONS = ((re.compile(r"\bvorst\b"), "vorstadt"), (re.compile(r"\baeuss\b"), "aeussere"))
_DIRECTION = re.compile(r"-(?:Nord|Süd|Ost|West)$")
_PIECES = re.compile(r"[/,;|()\n]+|\s[-–]\s")
OFFICIAL, PART, COLLOQUIAL = 1.0, 0.95, 0.85
SPELT_ALIKE = 84.0
WORTH_SUGGESTING = 62.0
# So near that no name inside the text outdoes it.
SLIP_OF_THE_PEN = 92.0
_DENIED = re.compile(r"\b(?:nicht|kein\w*|au(?:ß|ss)er|ohne|not)\b[^,;./|()\n]*", re.IGNORECASE)
_ONLY_PART_OF_IT = 0.95


@dataclass(frozen=True)
class Named:
    """A name, the codes it may mean, how far the name itself is official (0 to 1); how alike the text is
    (0 to 1) and which part of it was read."""

    name: str
    codes: tuple[str, ...]
    standing: float
    likeness: float = 1.0
    heard: str = ""


def plain_letters(text: str) -> str:
    """Lower case, umlauts as people write them who have none."""
    return text.casefold().translate(_PLAIN_LETTERS)


def plain(text: str) -> str:
    """Lower case without umlauts, punctuation and words that name no neighbourhood."""
    letters = re.sub(r"[^a-z0-9]+", " ", plain_letters(text)).strip()
    for pattern, word in _ABBREVIATIONS:
        letters = pattern.sub(word, letters)
    return " ".join(_SAYS_NOTHING.sub(" ", letters).split())


def named_in(text: str) -> Named | None:
    """The neighbourhood a text names: exactly, in another order, in one of its parts, inside a longer text, or
    misspelt. One that the text says it is not is none."""
    text = _DENIED.sub(" ", text)
    pieces = {plain(piece): piece.strip() for piece in (text, *_PIECES.split(text)) if plain(piece)}
    names = known_names()
    for piece in pieces:
        if known := names.get(piece) or _names_by_words().get(_words_of(piece)):
            return known
    for piece, heard in pieces.items():
        if found := process.extractOne(piece, names.keys(), scorer=fuzz.ratio, score_cutoff=SLIP_OF_THE_PEN):
            return replace(names[found[0]], likeness=found[1] / 100, heard=heard)
    for piece in pieces:
        if inside := [name for name in names if f" {name} " in f" {piece} "]:
            return replace(names[max(inside, key=len)], likeness=_ONLY_PART_OF_IT)
    for piece, heard in pieces.items():
        if found := process.extractOne(piece, names.keys(), scorer=fuzz.ratio, score_cutoff=SPELT_ALIKE):
            return replace(names[found[0]], likeness=found[1] / 100, heard=heard)
    return None


def names_like(text: str) -> list[Named]:
    """Every name that somebody who typed this may have meant, the likeliest first."""
    wanted, names = plain(text), known_names()
    if not wanted:
        return []
    found = process.extract(wanted, names.keys(), scorer=fuzz.WRatio, score_cutoff=WORTH_SUGGESTING, limit=len(names))
    likeness = {name: score / 100 for name, score, _index in found}
    likeness |= {name: _ONLY_PART_OF_IT for name in names if name.startswith(wanted) and name != wanted}
    likeliest = sorted(likeness, key=lambda name: -likeness[name])
    return [replace(names[name], likeness=likeness[name], heard=text.strip()) for name in likeliest]


@cache
def _names_by_words() -> dict[frozenset[str], Named]:
    """Names of several words, in whatever order somebody writes these: "Neustadt (Äußere)"."""
    return {_words_of(plainly): named for plainly, named in known_names().items() if " " in plainly}


def _words_of(plainly: str) -> frozenset[str]:
    return frozenset(plainly.split())


@cache
def known_names() -> dict[str, Named]:
    """Plain spelling → name. Where two sources know a name, the more official one tells what it means."""
    names: dict[str, Named] = {}
    for name, codes, standing in _all_names():
        key = plain(name) or name.casefold()
        earlier = names.get(key)
        if earlier is None or standing > earlier.standing:
            names[key] = Named(name, codes, standing)
        elif standing == earlier.standing:
            names[key] = Named(name, tuple(dict.fromkeys(earlier.codes + codes)), standing)
    return names


def _all_names() -> Iterator[tuple[str, tuple[str, ...], float]]:
    for each in DRESDEN.neighbourhoods:
        yield each.name, (each.code,), OFFICIAL
        for part in each.name.split("/"):
            yield part, (each.code,), PART
            yield _DIRECTION.sub("", part), (each.code,), PART
    lines = files("wohnberatung.bridge").joinpath("data", "dresden_names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(lines.splitlines()):
        yield row["name"], tuple(row["codes"].split()), COLLOQUIAL
