"""The directory to take away: as a table and for programs. Both hold what everybody may read, and nothing else."""

import json

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core.settings import public_link
from wohnberatung.directory.columns import cells_of
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.directory.services.finding import public_entries
from wohnberatung.intake.spreadsheet_writer import write_csv


def as_csv() -> bytes:
    """One row for each public entry, with the headings that `lists` reads again."""
    rows = [cells_of(entry) for entry in public_entries()]
    headings = list(cells_of(_empty()))
    return write_csv(headings, ([row[heading] for heading in headings] for row in rows))


def as_json() -> str:
    """The same for programs: names in English, codes as the catalogue has them, null where unknown."""
    return json.dumps({"entries": [_record(entry) for entry in public_entries()]}, ensure_ascii=False, indent=1)


def _empty() -> DirectoryEntry:
    return DirectoryEntry(contacts_agreed=False, citywide=False)


def _record(entry: DirectoryEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "page": public_link("directory.show_entry", entry_id=entry.id),
        "kind": str(entry.kind),
        "name": entry.name,
        "summary": entry.summary,
        "audience": entry.audience,
        "citywide": entry.citywide,
        "serves": [_place(code) for code in entry.serves],
        "located_in": _place(entry.lies_in) if entry.lies_in else None,
        "address": entry.address,
        "spoken_languages": entry.spoken,
        "opening_hours": entry.opening_hours,
        "phone": entry.phone,
        "email": entry.email,
        "website": entry.website,
        "contacts": entry.contacts if entry.contacts_agreed else "",
        "rooms": {fact.key: entry.room_values().get(fact.key) for fact in entry.meeting_facts},
        "confirmed_at": entry.confirmed_at.isoformat(),
    }


def _place(code: str) -> dict[str, str]:
    place = place_of(code)
    return {"code": code, "name": place.name if place else ""}
