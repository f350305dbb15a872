"""A resource as a row of a table, both ways: what is written out has the headings that are read in again. Columns of
facts follow from their declarations."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from matching.catalogue import RESOURCES
from matching.criteria import resources
from matching.facts import Fact, FactError
from wohnberatung.bridge.imports import bare
from wohnberatung.bridge.place_fields import place_names, places_in, unknown_places
from wohnberatung.bridge.weekly_hours import WeeklyWindow, windows_in, written_windows

TITLE, SIDE, PLACE, TIMES, ADDRESS, BOOKING = (
    "Überschrift",
    "Geben oder suchen",
    "Stadtteil",
    "Freie Zeiten",
    "Adresse",
    "Buchen",
)
GIVES, SEEKS = "geben", "suchen"
_TEXTS = {TITLE: ("title", 120), ADDRESS: ("address", 200), BOOKING: ("booking", 300)}
_ALSO = {"titel": TITLE, "name": TITLE, "seite": SIDE, "ort": PLACE, "zeiten": TIMES, "anschrift": ADDRESS,
         "kontakt": BOOKING}  # fmt: skip
_HEADINGS = {bare(name): name for name in (TITLE, SIDE, PLACE, TIMES, ADDRESS, BOOKING)} | _ALSO
# Said by columns of their own.
_OTHERWISE = (resources.DISTRICT, resources.FREE_TIMES)


@dataclass
class ListedResource:
    """What one row says: texts by column, facts by key, windows, and faults in words."""

    side: str = "gives"
    texts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    district: str | None = None
    weekly: list[WeeklyWindow] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.facts.get(resources.RESOURCE_KIND.key) or "")


def columns_of_facts() -> dict[str, Fact]:
    """By heading, in declared order."""
    return {fact.label: fact for fact in RESOURCES.facts if fact not in _OTHERWISE}


def knows(heading: str) -> bool:
    """Whether a column with this heading (`bare`) means something."""
    return heading in _HEADINGS or heading in _facts_by_heading()


def read_cells(cells: Mapping[str, str]) -> ListedResource:
    """What a row says by its bare headings. What cannot be read is a fault and stays unknown."""
    found = ListedResource()
    for heading, text in cells.items():
        name, fact = _HEADINGS.get(heading), _facts_by_heading().get(heading)
        if name in _TEXTS:
            column, longest = _TEXTS[name]
            found.texts[column] = text.strip()[:longest]
        elif name is not None:
            _word(found, name, text)
        elif fact is not None:
            try:
                found.facts[fact.key] = fact.parse(text)
            except FactError as error:
                found.faults.append(f"{fact.label}: {error.message}")
    return found


def _word(found: ListedResource, name: str, text: str) -> None:
    if name == SIDE:
        found.side = "seeks" if bare(text).startswith(("such", "brauch")) else "gives"
    elif name == PLACE:
        codes, strange = places_in(text)
        found.district = codes[0] if codes else None
        if strange:
            found.faults.append(unknown_places(strange))
    else:
        found.weekly, strange = windows_in(text)
        found.faults += [_("„%(typed)s“ ist keine Zeit in der Woche.", typed=piece[:40]) for piece in strange]


def written_cells(
    texts: Mapping[str, str], side: str, facts: Mapping[str, object], weekly: list[WeeklyWindow]
) -> dict[str, str]:
    """Heading → text, in German; empty where unknown."""
    place = str(facts.get(resources.DISTRICT.key) or "")
    return {
        TITLE: texts.get("title", ""),
        SIDE: SEEKS if side == "seeks" else GIVES,
        PLACE: ", ".join(place_names([place])) if place else "",
        TIMES: written_windows(weekly),
        ADDRESS: texts.get("address", ""),
        BOOKING: texts.get("booking", ""),
        **{label: fact.format(facts[fact.key]) if facts.get(fact.key) is not None else ""
           for label, fact in columns_of_facts().items()},
    }  # fmt: skip


def _facts_by_heading() -> dict[str, Fact]:
    named = {bare(alias): fact for fact in columns_of_facts().values() for alias in fact.aliases}
    return {bare(label): fact for label, fact in columns_of_facts().items()} | named
