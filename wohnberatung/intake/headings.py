"""Headings of tables as landlords write them: which names the place of a home, which one of its facts."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.intake import DISTRICT, bare, column_of, columns_for

OFFER_ID = "angebots id"
# What a table says about a home beside its facts; the first name is the one we write ourselves.
PLACE_HEADINGS: dict[str, tuple[str, ...]] = {
    "offer_id": (OFFER_ID, "angebots id nicht ändern"),
    "external_id": (
        "objektnummer", "objektnr", "objekt nr", "objekt id", "objektkennung", "kennung", "id", "nummer", "we nr",
        "we nummer", "wohneinheit", "mieteinheit", "ve nr", "objektnr extern", "externe objektnummer",
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
    "action": ("aktion", "status", "vermietungsstand"),
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
# Of a table's first rows, as many may be a letterhead.
MOST_LINES_ABOVE = 15
FEWEST_KNOWN = 2
_PLACE_OF = {name: place for place, names in PLACE_HEADINGS.items() for name in names}


def meaning(heading: str) -> tuple[str, str] | None:
    """("place", field) or ("fact", column as the catalogue knows it); None for a heading nobody understands."""
    for name in _readings(heading):
        if place := _PLACE_OF.get(name):
            return "place", place
        if column := column_of(name):
            return ("place", "district") if column in columns_for(DISTRICT) else ("fact", column)
    return None


def find_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the row with the headings: the one with the most that we understand, at least two."""
    known = [sum(meaning(cell) is not None for cell in row) for row in rows[:MOST_LINES_ABOVE]]
    best = max(known, default=0)
    return known.index(best) if best >= FEWEST_KNOWN else None


def unknown_words(headings: Sequence[str]) -> tuple[str, ...]:
    """A sentence that names the headings nobody understands; empty where there are none."""
    unknown = [text for text in headings if text and meaning(text) is None and bare(text) not in REMARKS]
    if not unknown:
        return ()
    listed = ", ".join(f"„{' '.join(text.split())[:40]}“" for text in unknown[:20])
    return (_("Diese Spalten kennen wir nicht, sie bleiben unbeachtet: %(columns)s.", columns=listed),)


def _readings(heading: str) -> list[str]:
    """As it is, without what stands in brackets, without a unit behind it."""
    whole, unbracketed = bare(heading), bare(heading.split("(")[0].split("[")[0])
    return [name for name in (whole, unbracketed, unbracketed.rpartition(" ")[0].removesuffix(" in")) if name]
