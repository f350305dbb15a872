"""The invented directory: who does something for which Stadtteil, through the same services as everybody else."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.directory.models import DirectoryEntry, EntryState
from wohnberatung.directory.services.entries import begin_entry
from wohnberatung.directory.steps import ENTRY_STEPS

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
TEXTS = ("kind", "name", "summary", "audience", "lies_in", "address", "spoken", "opening_hours", "phone", "email")
MORE = ("website", "contacts", "contacts_agreed")


def list_neighbours(session: Store) -> bool:
    """Store every entry once; False where some are there already. Flushes and never commits."""
    if session.scalar(select(DirectoryEntry.id).limit(1)) is not None:
        return False
    names = {each["id"]: each["name"] for each in read_toml("organisations.toml")["organisation"]}
    owners = {row.name: row.id for row in session.scalars(select(Organisation))}
    for record in read_toml("directory.toml")["entry"]:
        _enter(record, owners.get(names.get(record.get("owner", ""), "")))
    session.flush()
    return True


def _enter(record: Record, owner: str | None) -> None:
    everywhere = record["serves"] == "all"
    values: Any = {name: record[name] for name in (*TEXTS, *MORE) if name in record}
    values |= {"citywide": everywhere, "serves": [] if everywhere else record["serves"], "organisation_id": owner}
    entry = begin_entry(values, OFFICE)
    entry.describe_room(record.get("rooms", {}))
    ENTRY_STEPS.put(entry, EntryState(record.get("state", "published")))
    entry.confirmed_at = clock.now() - timedelta(days=record["days"])
