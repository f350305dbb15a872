"""Stored entries with valid defaults."""

from typing import Any

from tests.factories import advisor
from wohnberatung.core.actors import Actor
from wohnberatung.directory.models import DirectoryEntry, EntryState
from wohnberatung.directory.services.entries import begin_entry
from wohnberatung.directory.steps import ENTRY_STEPS
from wohnberatung.extensions import db

JOHANNSTADT, PIESCHEN = "06", "21"


def make_entry(
    name: str = "Treff Beispiel",
    *,
    actor: Actor | None = None,
    public: bool = True,
    room: dict[str, Any] | None = None,
    **values: Any,
) -> DirectoryEntry:
    """Kept by the office and public, unless told otherwise."""
    said = {"kind": "association", "name": name, "summary": "Wir laden zum Kaffee ein.", "serves": [JOHANNSTADT]}
    entry = begin_entry(said | values, actor or advisor())
    entry.describe_room(room or {})
    if public:
        ENTRY_STEPS.put(entry, EntryState.PUBLISHED)
    db.session.flush()
    return entry
