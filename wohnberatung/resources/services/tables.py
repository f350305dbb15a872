"""What is offered and sought, to take away: as a table and for programs; and a table of organisations that the office
takes in. Written out is what everybody may read, and nothing else."""

import json
from dataclasses import dataclass, field
from typing import IO, cast

from flask_babel import gettext as _

from wohnberatung.bridge.neighbour_resources import DESCRIPTION, DISTRICT, KIND
from wohnberatung.bridge.resource_columns import knows, read_cells, written_cells
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError
from wohnberatung.core.settings import public_link
from wohnberatung.extensions import db
from wohnberatung.intake.services.plain_lists import PlainList, read_list
from wohnberatung.intake.spreadsheet_writer import write_csv
from wohnberatung.resources.models import ResourceState
from wohnberatung.resources.services.entries import ResourceValues, enter
from wohnberatung.resources.services.offers import Offered, all_needs, all_offers
from wohnberatung.resources.steps import RESOURCE_STEPS

MOST_ROWS = 300


@dataclass
class TakenIn:
    """How many rows became entries that wait for the office, and (where, sentences) of what could not be read."""

    taken: int = 0
    faults: list[tuple[str, list[str]]] = field(default_factory=list)


def as_csv() -> bytes:
    """One row for each public offer and need, with the headings that `take_in` reads again."""
    rows = [_cells(row) for row in _entered()]
    headings = list(written_cells({}, "gives", {}, []))
    return write_csv(headings, ([row[heading] for heading in headings] for row in rows))


def as_json() -> str:
    """The same for programs: keys and codes as the catalogue has them; what is unknown is left out."""
    return json.dumps({"resources": [_record(row) for row in _entered()]}, ensure_ascii=False)


def read_file(name: str, stream: IO[bytes]) -> PlainList:
    """The rows of the file; takes a while, so no transaction is open. Raises Unreadable as `read_list` does."""
    return read_list(name, stream, knows)


def take_in(read: PlainList, actor: Actor) -> TakenIn:
    """An entry for each row, kept by the office and not public before somebody of it has read it. Forbidden for
    everybody else; DomainError at `file` for a list without rows, or with too many to look through."""
    only_office(actor)
    if not 0 < len(read.rows) <= MOST_ROWS:
        raise DomainError(_("Eine Liste hat eine bis %(most)s Zeilen.", most=MOST_ROWS), "file")
    outcome = TakenIn()
    for row in read.rows:
        listed = read_cells(row.cells)
        missing = [_("Es fehlt die Überschrift.")] if not listed.texts.get("title") else []
        missing += [] if listed.kind else [_("Es fehlt die Art.")]
        if not missing:
            values: ResourceValues = {"facts": listed.facts, "district": listed.district, "weekly": listed.weekly}
            made = enter(listed.side, listed.kind, cast(ResourceValues, values | listed.texts), actor)
            RESOURCE_STEPS.put(made, ResourceState.WAITING)
            outcome.taken += 1
        if faults := [*missing, *listed.faults]:
            outcome.faults.append((row.where, faults))
    db.session.flush()
    return outcome


def _entered() -> list[Offered]:
    """Rooms that only the directory knows stand in its own table."""
    return [row for row in (*all_offers(), *all_needs()) if row.resource is not None]


def _cells(row: Offered) -> dict[str, str]:
    return written_cells(_texts(row), _side(row), {**row.facts, DESCRIPTION: row.text}, list(row.weekly))


def _texts(row: Offered) -> dict[str, str]:
    return {"title": row.title, "address": row.address, "booking": row.resource.booking if row.resource else ""}


def _side(row: Offered) -> str:
    return str(row.resource.side) if row.resource else "gives"


def _record(row: Offered) -> dict[str, object]:
    facts = {key: value for key, value in row.facts.items() if key not in (KIND, DISTRICT)}
    return {
        "page": public_link("resources.show_resource", resource_id=row.key),
        "side": _side(row),
        "kind": row.kind,
        "district": row.facts.get(DISTRICT),
        **_texts(row),
        "facts": facts,
        "weekly": list(row.weekly),
        "closures": list(row.closures),
    }
