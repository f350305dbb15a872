"""What the headings of a table mean: a place of the home, one of its facts, or nothing that is read.

Headings are understood as landlords write them ("Whg.-Nr.", "Wohnfläche (m²)"); what an organisation said once about
its own words goes before. A meaning is kept as one word: a name of `PLACE_HEADINGS`, the key of a fact, or
`NOT_READ`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from rapidfuzz import fuzz, process

from wohnberatung.bridge.imports import DISTRICT, bare, column_of, columns_for, known_columns
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.core.languages import Words

OFFER_ID = "angebots id"
# What a table says about a home beside its facts; the first name is the one we write ourselves.
PLACE_HEADINGS: dict[str, tuple[str, ...]] = {
    "offer_id": (OFFER_ID, "angebots id nicht ändern"),
    "external_id": (
        "objektnummer", "objektnr", "objekt nr", "objekt id", "objektkennung", "kennung", "id", "nummer", "we nr",
        "we nummer", "wohneinheit", "we", "mieteinheit", "ve nr", "objektnr extern", "externe objektnummer",
    ),
    "street": ("straße", "strasse", "str", "anschrift", "adresse", "straßenname"),
    "house_number": ("hausnummer", "hausnr", "haus nr", "hnr", "nr"),
    "unit": (
        "wohnungsnummer", "lage im haus", "wohnungsnr", "wohnungs nr", "wohnung", "whg", "whg nr", "einheit", "lage",
    ),
    "postcode": ("postleitzahl", "plz"),
    "town": ("ort", "stadt", "wohnort", "gemeinde"),
    "district": ("stadtteil", "ortsteil", "viertel"),
    "lat": ("breitengrad", "lat", "latitude"),
    "lon": ("längengrad", "lon", "lng", "longitude"),
    "title": ("titel", "überschrift", "objekttitel", "bezeichnung"),
    "description": ("beschreibung", "objektbeschreibung", "beschreibungstext", "text"),
    "released": ("adresse öffentlich", "adressfreigabe", "adresse freigeben", "adresse anzeigen"),
    "action": (
        "aktion", "status", "stand", "vermietungsstand", "vermietungsstatus", "vermietstatus", "mietstatus", "belegung",
        "belegungsstatus", "objektstatus",
    ),
}  # fmt: skip
# Written by us into reports, for people; nothing to read.
REMARKS = frozenset({"hinweis", "hinweise", "quelle"})
WRITTEN = {
    "offer_id": _l("Angebots-ID (nicht ändern)"),
    "external_id": _l("Objektnummer"),
    "street": _l("Straße"),
    "house_number": _l("Hausnummer"),
    "unit": _l("Lage im Haus"),
    "postcode": _l("Postleitzahl"),
    "town": _l("Ort"),
    "lat": _l("Breitengrad"),
    "lon": _l("Längengrad"),
    "title": _l("Titel"),
    "description": _l("Beschreibung"),
    "released": _l("Adresse öffentlich"),
}
# What a column of somebody else's may be said to be; without our own name of the offer, which only we write.
PLACE_WORDS: dict[str, Words] = {
    **{word: label for word, label in WRITTEN.items() if word != "offer_id"},
    "district": _l("Stadtteil"),
    "action": _l("Stand: frei, vermietet oder reserviert"),
}
NOT_READ = ""
OWNERS = ("dwelling", "offer")
IDENTITIES = ("external_id", "offer_id")
# Of a table's first rows, as many may be a letterhead.
MOST_LINES_ABOVE = 15
FEWEST_KNOWN = 2
# A table whose every heading is a stranger's word has at least so many of them.
FEWEST_STRANGE = 3
LONGEST_HEADING = 120
EXAMPLES, LONGEST_EXAMPLE = 3, 60
_ALIKE = 88.0
_PLACE_OF = {name: place for place, names in PLACE_HEADINGS.items() for name in names}


class Kind(StrEnum):
    """Whether a column is one of `PLACE_HEADINGS`, one of a fact, or said to be left alone."""

    PLACE = "place"
    FACT = "fact"
    NOTHING = "nothing"


class Meaning(NamedTuple):
    """`name`: of a place as in `PLACE_HEADINGS`, of a fact the column that `bridge.imports` knows; `heading`: what to
    write before a text that somebody's own column holds."""

    kind: Kind
    name: str
    heading: str = ""


OwnWords = Mapping[str, str]
"""What an organisation said: `bare` heading → word."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, some of what stands in it, and the word for what it means; None where nobody
    knows."""

    heading: str
    examples: tuple[str, ...]
    word: str | None

    @property
    def is_known(self) -> bool:
        return self.word is not None


def meaning(heading: str, own: OwnWords) -> Meaning | None:
    """None for a heading nobody understands."""
    if (word := own.get(bare(heading))) is not None:
        meant = _meant_by(word)
        return meant._replace(heading=" ".join(heading.split())) if meant and meant.name == "description" else meant
    for name in _readings(heading):
        if place := _PLACE_OF.get(name):
            return Meaning(Kind.PLACE, place)
        if column := column_of(name):
            in_place = column in columns_for(DISTRICT)
            return Meaning(Kind.PLACE, "district") if in_place else Meaning(Kind.FACT, column)
    return None


def columns_of(headings: Sequence[str], examples: Sequence[Sequence[str]], own: OwnWords) -> tuple[Column, ...]:
    """The columns that hold something, in their order; `examples`: what stands in each."""
    return tuple(
        Column(" ".join(heading.split())[:LONGEST_HEADING], tuple(some[:EXAMPLES]), _word(meaning(heading, own)))
        for heading, some in zip(headings, examples, strict=True)
        if heading and some and bare(heading) and bare(heading) not in REMARKS
    )


def find_headings(rows: Sequence[Sequence[str]], own: OwnWords) -> int | None:
    """The place of the row with the headings: the one with the most that we understand, at least two; else the first
    of several words, with rows below it, which may all be somebody's own."""
    first = rows[:MOST_LINES_ABOVE]
    known = [sum(meaning(cell, own) is not None for cell in row) for row in first]
    best = max(known, default=0)
    if best >= FEWEST_KNOWN:
        return known.index(best)
    return next((at for at, row in enumerate(first) if _looks_like_headings(row) and len(rows) > at + 1), None)


def suggestion(heading: str) -> str:
    """The word that a strange heading is nearest to in writing; `NOT_READ` where none is near."""
    names = {name: fact.key for name, fact in known_columns().items() if fact.owner in OWNERS} | _PLACE_OF
    found = process.extractOne(bare(heading), names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return names[found[0]] if found else NOT_READ


def words_to_choose() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """(group, [(word, label)]): all that a column may be said to mean, in the language that is read."""
    facts = {fact.key: fact for fact in known_columns().values() if fact.owner in OWNERS}
    groups: list[tuple[Words, list[tuple[str, Words]]]] = [(_l("Nummer, Adresse und Text"), list(PLACE_WORDS.items()))]
    for _theme, label, of_theme in by_theme(facts.values()):
        words: list[tuple[str, Words]] = [
            (fact.key, spoken().say(fact.label)) for fact in of_theme if fact.key not in PLACE_WORDS
        ]
        groups.append((spoken().say(label), words))
    return groups


def unknown_words(columns: Sequence[Column]) -> tuple[str, ...]:
    """A sentence that names the headings nobody understands; empty where there are none."""
    unknown = [column.heading for column in columns if not column.is_known]
    if not unknown:
        return ()
    listed = ", ".join(f"„{heading[:40]}“" for heading in unknown[:20])
    return (_("Diese Spalten kennen wir nicht, sie bleiben unbeachtet: %(columns)s.", columns=listed),)


def same_words(columns: Sequence[Column]) -> tuple[str, ...]:
    """A sentence for each meaning that several columns have, which of them counts."""
    by_word: dict[str, list[str]] = {}
    for column in columns:
        if column.word and column.word != "description":
            by_word.setdefault(column.word, []).append(f"„{column.heading[:40]}“")
    return tuple(
        _(
            "Diese Spalten bedeuten dasselbe: %(columns)s. Steht in mehreren etwas, gilt %(first)s.",
            columns=", ".join(headings),
            first=headings[0],
        )
        for headings in by_word.values()
        if len(headings) > 1
    )


def word_of(meant: Meaning) -> str:
    """The word for what a column means: of a fact its key, whatever the column is called."""
    return known_columns()[meant.name].key if meant.kind is Kind.FACT else meant.name


def label_of(meant: Meaning) -> str:
    """As a person calls what the column means."""
    if meant.kind is Kind.FACT:
        return known_columns()[meant.name].label
    return str(PLACE_WORDS.get(meant.name, WRITTEN.get(meant.name, meant.name)))


def _meant_by(word: str) -> Meaning | None:
    if word == NOT_READ:
        return Meaning(Kind.NOTHING, "")
    if word in PLACE_HEADINGS:
        return Meaning(Kind.PLACE, word)
    column = column_of(word)
    return Meaning(Kind.FACT, column) if column else None


def _word(meant: Meaning | None) -> str | None:
    return None if meant is None else word_of(meant)


def _looks_like_headings(row: Sequence[str]) -> bool:
    words = [bare(cell) for cell in row if cell]
    return len(set(words)) == len(words) >= FEWEST_STRANGE and not any(word[:1].isdigit() for word in words)


def _readings(heading: str) -> list[str]:
    """As it is, without what stands in brackets, without a unit behind it."""
    whole, unbracketed = bare(heading), bare(heading.split("(")[0].split("[")[0])
    return [name for name in (whole, unbracketed, unbracketed.rpartition(" ")[0].removesuffix(" in")) if name]
