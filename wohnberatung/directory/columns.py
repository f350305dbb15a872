"""An entry as a row of a table, both ways: what is written out has the headings that are read in again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from wohnberatung.bridge.imports import bare
from wohnberatung.bridge.meeting_rooms import is_meeting_fact, written_meeting_facts
from wohnberatung.bridge.place_fields import place_names, places_in, unknown_places
from wohnberatung.bridge.spoken_languages import language_words, languages_in, unknown_languages
from wohnberatung.core.clock import to_berlin
from wohnberatung.directory.kinds import BodyKind, german_kinds
from wohnberatung.directory.models import DirectoryEntry

NUMBER, KIND, PLACES, LIES_IN, SPOKEN, AGREED = (
    "Nummer",
    "Art",
    "Stadtteile",
    "Liegt in",
    "Sprachen",
    "Ansprechpersonen einverstanden",
)
CONFIRMED = "Zuletzt bestätigt"
CITYWIDE = "ganze Stadt"
NAME = "Name"
# Heading → column of what is text and stays as it is, and how long it may be.
WRITTEN = {
    NAME: ("name", 200),
    "Was": ("summary", 2000),
    "Für wen": ("audience", 500),
    "Adresse": ("address", 200),
    "Öffnungszeiten": ("opening_hours", 1000),
    "Telefon": ("phone", 120),
    "E-Mail": ("email", 254),
    "Webseite": ("website", 300),
    "Ansprechpersonen": ("contacts", 1000),
}
# What other people's tables call the same.
_ALSO = {
    "nr": NUMBER,
    "bezeichnung": NAME,
    "organisation": NAME,
    "einrichtung": NAME,
    "typ": KIND,
    "beschreibung": "Was",
    "angebot": "Was",
    "zielgruppe": "Für wen",
    "stadtteil": PLACES,
    "ort": LIES_IN,
    "anschrift": "Adresse",
    "sprache": SPOKEN,
    "tel": "Telefon",
    "e mail adresse": "E-Mail",
    "email": "E-Mail",
    "mail": "E-Mail",
    "website": "Webseite",
    "internet": "Webseite",
    "ansprechpartner": "Ansprechpersonen",
    "ansprechperson": "Ansprechpersonen",
}
_HEADINGS = {bare(name): name for name in (NUMBER, KIND, PLACES, LIES_IN, SPOKEN, AGREED, CONFIRMED, *WRITTEN)} | _ALSO


@dataclass
class ListedEntry:
    """What one row says: `number` and `values` by column, raw cells about rooms by heading, faults in words."""

    number: str = ""
    values: dict[str, object] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def knows(heading: str) -> bool:
    """Whether a column with this heading (`bare`) means something."""
    return heading in _HEADINGS or is_meeting_fact(heading)


def read_cells(cells: Mapping[str, str]) -> ListedEntry:
    """What a row says by its bare headings. What cannot be read is a fault and stays as it was."""
    found = ListedEntry()
    for heading, text in cells.items():
        name = _HEADINGS.get(heading)
        if name is None:
            if is_meeting_fact(heading):
                found.rooms[heading] = text
        elif name in WRITTEN:
            _text(found, name, text)
        else:
            _word(found, name, text)
    return found


def _text(found: ListedEntry, name: str, text: str) -> None:
    column, longest = WRITTEN[name]
    if column == "website" and not text.startswith(("https://", "http://")):
        text = f"https://{text}"
    if len(text) > longest:
        found.faults.append(_("%(name)s ist länger als %(most)s Zeichen.", name=name, most=longest))
    else:
        found.values[column] = text


def _word(found: ListedEntry, name: str, text: str) -> None:
    if name == NUMBER:
        found.number = text
    elif name == KIND:
        kinds = {bare(label): kind for kind, label in german_kinds().items()}
        if kind := kinds.get(bare(text)):
            found.values["kind"] = kind
        else:
            known = ", ".join(german_kinds().values())
            found.faults.append(
                _("„%(text)s“ ist keine Art von Eintrag. Möglich sind: %(known)s.", text=text, known=known)
            )
    elif name == PLACES and bare(text) == bare(CITYWIDE):
        found.values |= {"citywide": True, "serves": []}
    elif name in (PLACES, LIES_IN):
        codes, strange = places_in(text)
        if strange:
            found.faults.append(unknown_places(strange))
        if name == PLACES and codes:
            found.values |= {"citywide": False, "serves": codes}
        elif codes:
            found.values["lies_in"] = codes[0]
    elif name == SPOKEN:
        languages, unknown = languages_in(text)
        if unknown:
            found.faults.append(unknown_languages(unknown))
        found.values["spoken"] = languages
    elif name == AGREED:
        found.values["contacts_agreed"] = bare(text) in ("ja", "x", "1", "yes")


def cells_of(entry: DirectoryEntry, *, for_everybody: bool = True) -> dict[str, str]:
    """Heading → text. People of theirs stand there for everybody only where they agreed."""
    names_people = entry.contacts_agreed or not for_everybody
    texts = {name: str(getattr(entry, column) or "") for name, (column, _longest) in WRITTEN.items()}
    return {
        NUMBER: entry.id or "",
        KIND: german_kinds()[BodyKind(entry.kind)] if entry.kind else "",
        **texts,
        "Ansprechpersonen": texts["Ansprechpersonen"] if names_people else "",
        AGREED: "ja" if entry.contacts_agreed else "nein",
        PLACES: CITYWIDE if entry.citywide else ", ".join(place_names(entry.serves or [])),
        LIES_IN: ", ".join(place_names([entry.lies_in])) if entry.lies_in else "",
        SPOKEN: ", ".join(language_words(entry.spoken or [])),
        **written_meeting_facts(entry),
        CONFIRMED: f"{to_berlin(entry.confirmed_at):%d.%m.%Y}" if entry.confirmed_at else "",
    }
