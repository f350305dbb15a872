"""Who is in the directory, for everybody: by kind, place, language and way in, and by words that may be misspelt.

There are hundreds of entries, never many thousands: they are read as a whole, so that a search can forgive.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from rapidfuzz import fuzz, process
from sqlalchemy import select

from wohnberatung.bridge.neighbourhood_fields import neighbourhood_groups
from wohnberatung.bridge.neighbourhood_names import plain_letters
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_of
from wohnberatung.bridge.place_fields import place_names
from wohnberatung.bridge.spoken_languages import language_names
from wohnberatung.bridge.tiles import tile_map
from wohnberatung.core.pagination import PAGE_SIZE, Page
from wohnberatung.core.place_news import NewsItem, news_page
from wohnberatung.core.place_sections import SHOWN_OF_PLACE
from wohnberatung.directory.kinds import BodyKind, kind_label
from wohnberatung.directory.models import PUBLIC, DirectoryEntry
from wohnberatung.dwellings.services.browsing import CityMap, CountedNeighbourhood
from wohnberatung.extensions import db

# Of a word and one that was meant, in percent: "Bewonerbeirat" is meant for "Bewohnerbeirat".
SPELT_ALIKE = 80.0
SHORTEST_MISSPELT = 4
# "Reperatur" is meant for a part of "Reparaturcafé".
PART_SPELT_ALIKE, SHORTEST_PART = 85.0, 6
YES, PROVEN = "ja", "sicher"
# What every neighbourhood should have: a place to meet, and bodies in which its people speak for themselves.
EVERYWHERE = (
    BodyKind.RESIDENTS_COUNCIL,
    BodyKind.TENANT_INITIATIVE,
    BodyKind.SELF_ADVOCACY,
    BodyKind.NEIGHBOURHOOD_CENTRE,
)
# Whose rooms are for others too; a company's office or the corridor of a city office is none.
HOSTS = (*EVERYWHERE, BodyKind.ASSOCIATION)


@dataclass(frozen=True)
class DirectoryQuery:
    """What is asked of the directory; empty where it does not matter. `way_in` is `ja` with the unknown, `sicher`
    without."""

    words: str = ""
    kind: str = ""
    place: CityPlace | None = None
    language: str = ""
    way_in: str = ""


def city_offices() -> list[DirectoryEntry]:
    """Offices of the city that are public, by name."""
    query = select(DirectoryEntry).where(DirectoryEntry.kind == BodyKind.CITY_OFFICE, DirectoryEntry.state.in_(PUBLIC))
    return list(db.session.scalars(query.order_by(DirectoryEntry.name)))


def find_entries(query: DirectoryQuery, number: int = 1, size: int = PAGE_SIZE) -> Page[DirectoryEntry]:
    """One page: those that the words mean most clearly first, of equal ones those of the place before those of the
    whole city, then by name."""
    found = _found(query)
    return Page(found[(number - 1) * size : number * size], number, size, len(found))


def entries_of_place(code: str) -> list[DirectoryEntry]:
    """All that work in this neighbourhood or have their rooms there, those of the whole city last."""
    return _found(DirectoryQuery(place=place_of(code)))


@dataclass(frozen=True)
class KnownInPlace:
    """The first entries of a neighbourhood, how many more there are, and which kinds nobody there is of, in words."""

    entries: list[DirectoryEntry]
    more: int
    missing: list[str]


def known_in(code: str) -> KnownInPlace:
    """What the page of this neighbourhood says: kinds that a neighbourhood should have are missed by name."""
    found = entries_of_place(code)
    there = {entry.kind for entry in found if _is_local(entry, code)}
    missing = [kind_label(kind) for kind in EVERYWHERE if kind not in there]
    return KnownInPlace(found[:SHOWN_OF_PLACE], max(len(found) - SHOWN_OF_PLACE, 0), missing)


def rooms_in(code: str) -> list[DirectoryEntry]:
    """Those whose rooms lie in this neighbourhood, as far as anything is known of how one gets in, by name."""
    return [entry for entry in public_entries() if entry.lies_in == code and entry.room_values()]


def services_in(code: str) -> list[tuple[str, list[DirectoryEntry]]]:
    """(kind in words, its public entries of this neighbourhood and of the whole city), every kind: one without an
    entry is a gap."""
    found = entries_of_place(code)
    return [(kind_label(kind), [entry for entry in found if entry.kind == kind]) for kind in BodyKind]


def new_entries(code: str | None) -> Iterator[NewsItem]:
    """Public ones that work in this neighbourhood alone, or all, with the day on which they were made."""
    for entry in public_entries():
        if code is None or _is_local(entry, code):
            page = news_page("directory.show_entry", entry_id=entry.id)
            yield NewsItem(entry.id, entry.name, page, entry.created_at, entry.summary)


def public_entries() -> list[DirectoryEntry]:
    """All by name."""
    query = select(DirectoryEntry).where(DirectoryEntry.state.in_(PUBLIC))
    return list(db.session.scalars(query.order_by(DirectoryEntry.name, DirectoryEntry.id)))


def directory_map(query: DirectoryQuery) -> CityMap:
    """How many of those asked for work in each neighbourhood; `elsewhere` are those of the whole city."""
    anywhere = DirectoryQuery(query.words, query.kind, None, query.language, query.way_in)
    found, picture = _found(anywhere), tile_map()
    tiles = {
        tile.code: CountedNeighbourhood(
            tile=tile,
            count=sum(_is_local(entry, tile.code) for entry in found),
            params={"stadtteil": [place.slug]} if (place := place_of(tile.code)) else {},
            chosen=query.place is not None and query.place.code == tile.code,
        )
        for tile in picture.tiles
    }
    return CityMap(
        picture=picture,
        neighbourhoods=tuple(tiles.values()),
        groups=tuple(
            (group.name, tuple(tiles[code] for code, _name in group.neighbourhoods)) for group in neighbourhood_groups()
        ),
        elsewhere=sum(entry.citywide for entry in found),
    )


def _found(query: DirectoryQuery) -> list[DirectoryEntry]:
    rows = [entry for entry in public_entries() if _passes(entry, query)]
    told = [(entry, how_clearly(query.words, entry.name, " ".join(_told_by(entry)))) for entry in rows]
    code = query.place.code if query.place else ""
    kept = [(entry, clarity) for entry, clarity in told if clarity > 0]
    kept.sort(key=lambda each: (-each[1], bool(code) and not _is_local(each[0], code)))
    return [entry for entry, _clarity in kept]


def _passes(entry: DirectoryEntry, query: DirectoryQuery) -> bool:
    if query.kind and entry.kind != query.kind:
        return False
    if query.language and query.language not in entry.spoken:
        return False
    if query.way_in and not (entry.is_step_free or (query.way_in == YES and entry.is_step_free is None)):
        return False
    return query.place is None or entry.citywide or _is_local(entry, query.place.code)


def _is_local(entry: DirectoryEntry, code: str) -> bool:
    return code in entry.serves or entry.lies_in == code


def how_clearly(typed: str, name: str, rest: str) -> float:
    """How clearly something says all the words that somebody typed, slips of the pen forgiven: 0 where one is missing;
    in its name counts twice."""
    wanted, named, said = _words_of(typed), _words_of(name), _words_of(rest)
    if not wanted:
        return 1.0
    clarity = [max(2 * _likeness(word, named), _likeness(word, said)) for word in wanted]
    return sum(clarity) if all(clarity) else 0.0


def _told_by(entry: DirectoryEntry) -> Iterable[str]:
    yield from (entry.summary, entry.audience, entry.address)
    yield kind_label(entry.kind)
    yield from place_names([*entry.serves, *([entry.lies_in] if entry.lies_in else [])])
    yield from language_names(entry.spoken)
    if entry.is_step_free:
        yield _("stufenlos barrierefrei")


def _likeness(word: str, words: Sequence[str]) -> float:
    if any(word in each for each in words):
        return 1.0
    if len(word) < SHORTEST_MISSPELT:
        return 0.0
    if found := process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=SPELT_ALIKE):
        return found[1] / 100
    longer = [each for each in words if len(each) > len(word) >= SHORTEST_PART]
    found = process.extractOne(word, longer, scorer=fuzz.partial_ratio, score_cutoff=PART_SPELT_ALIKE)
    return found[1] / 100 if found else 0.0


def _words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", plain_letters(text))
