"""What the invented neighbourhood gives and seeks, through the same services as everybody else."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import cycle
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.neighbourhood_places import places
from wohnberatung.bridge.weekly_hours import Closure, windows_in
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.core.steps import Party
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.resources.forms import CONSENT_VERSION, ENTRY_CONSENT, REQUEST_CONSENT
from wohnberatung.resources.models import Resource, ResourceState
from wohnberatung.resources.services.contact_requests import ask_contact, move_request
from wohnberatung.resources.services.entries import ResourceValues, enter, submit_private
from wohnberatung.resources.steps import AGREE, PASS_ON, RESOURCE_STEPS

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
NOBODY = {"name": "", "phone": "", "email": ""}


def share(session: Store) -> bool:
    """Store everything once; False where some is there already. Flushes and never commits."""
    if session.scalar(select(Resource.id).limit(1)) is not None:
        return False
    table = read_toml("resources.toml")
    names = {each["id"]: each["name"] for each in read_toml("organisations.toml")["organisation"]}
    owners = {row.name: row.id for row in session.scalars(select(Organisation))}
    entries = {row.name: row.id for row in session.scalars(select(DirectoryEntry))}
    rows = {}
    for record in (*table["resource"], *_everywhere(table)):
        owner = owners.get(names.get(record.get("owner", ""), ""))
        rows[record["title"]] = _enter(record, owner, entries.get(record.get("entry", "")))
    session.flush()
    for record in table["contact"]:
        _ask(record, rows[record["about"]])
    session.flush()
    return True


def _everywhere(table: Record) -> list[Record]:
    """One or two for each Stadtteil that has nothing else, in turn; what is sought comes beside what is given."""
    has = {record["place"] for record in table["resource"] if "state" not in record}
    gives = cycle([record for record in table["everywhere"] if record["side"] == "gives"])
    seeks = cycle([record for record in table["everywhere"] if record["side"] == "seeks"])
    found: list[Record] = []
    for number, place in enumerate(each for each in places() if each.code not in has):
        for record in (next(gives), *([next(seeks)] if number % 3 == 0 else [])):
            title = record["title"].format(place=place.name)
            person = NOBODY | {"name": record["name"], "phone": f"0351 00006{number:02}"}
            found.append({**record, "title": title, "place": place.code, "person": person, "days": 5 + number})
    return found


def _enter(record: Record, owner: str | None, entry: str | None) -> Resource:
    values: ResourceValues = {
        "title": record["title"],
        "district": record["place"],
        "booking": record.get("booking", ""),
        "weekly": windows_in(record.get("hours", ""))[0],
        "closures": [_closure(each) for each in filter(None, record.get("closures", "").split())],
        "facts": {**record.get("facts", {}), "description": record["text"]},
        "wanted": cast(Any, [{"weight": 1, "tolerance": 0, **asked} for asked in record.get("asks", ())]),
        "organisation_id": owner,
        "entry_id": entry,
    }
    if person := record.get("person"):
        consent = (CONSENT_VERSION, str(ENTRY_CONSENT))
        contact = cast(Any, NOBODY | person)
        more: dict[str, Any] = {"consent": consent, "language": "de", "held_for": None}
        row = submit_private(record["side"], record["kind"], values, contact, **more)[0]
    else:
        row = enter(record["side"], record["kind"], values, OFFICE)
    RESOURCE_STEPS.put(row, ResourceState(record.get("state", "published")))
    row.confirmed_at = clock.now() - timedelta(days=record["days"])
    return row


def _closure(text: str) -> Closure:
    first, _slash, last = text.partition("/")
    return Closure(first=first, last=last or first)


def _ask(record: Record, row: Resource) -> None:
    contact = cast(Any, {name: record[name] for name in NOBODY})
    consent = (CONSENT_VERSION, str(REQUEST_CONSENT))
    asked, _token = ask_contact(row.id, contact, record["message"], consent=consent, language="de", held_for=None)
    for key, party in ((PASS_ON, Party.OFFICE), (AGREE, Party.PROVIDER)):
        if record["state"] == asked.state:
            return
        move_request(asked, key, party, version=None, actor=None)
