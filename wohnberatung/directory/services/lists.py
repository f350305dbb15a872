"""Lists of entries that the office takes in: read and kept, shown as they would change the directory, then taken over
as a whole or discarded. Reading, limits and repairs are those of deliveries of homes (`intake`).

The preview is made anew each time it is looked at, from the rows as read and the directory as it stands: what is taken
over is what was shown, or a later state that the page would show.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

from flask_babel import gettext as _
from sqlalchemy import inspect, select
from sqlalchemy.orm import undefer

from wohnberatung.bridge.meeting_rooms import read_meeting_facts
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import GERMAN
from wohnberatung.core.steps import Party
from wohnberatung.directory.columns import CONFIRMED, NUMBER, ListedEntry, cells_of, knows, read_cells
from wohnberatung.directory.kinds import BodyKind
from wohnberatung.directory.models import DirectoryEntry, DirectoryList, EntryState, ListRow, ListState
from wohnberatung.directory.steps import APPLY_LIST, DISCARD_LIST, ENTRY_STEPS, LIST_STEPS, SHOW
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.intake.services.plain_lists import PlainList, read_list
from wohnberatung.mail.services.outbox import queue_mail

MOST_ROWS = 1000
NEW, CHANGED, UNCHANGED, LEFT_OUT = "new", "changed", "unchanged", "left_out"


@dataclass
class RowOutcome:
    """What becomes of one row in a `word`, the entry it means, (heading, before, after) of what changes, its faults.
    `made` is the entry as it would be."""

    where: str
    name: str
    word: str
    entry: DirectoryEntry | None = None
    made: DirectoryEntry | None = None
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_file(name: str, stream: IO[bytes]) -> PlainList:
    """The rows of the file; takes a while, so no transaction is open. Raises Unreadable as `read_list` does."""
    return read_list(name, stream, knows)


def stage_list(name: str, read: PlainList, actor: Actor) -> DirectoryList:
    """Keep what was read until somebody decides. Forbidden for everybody but the office; DomainError for a list without
    rows, or with more than somebody can look through."""
    only_office(actor)
    if not read.rows:
        raise DomainError(_("Unter den Überschriften steht nichts."), "file")
    if len(read.rows) > MOST_ROWS:
        message = _("Die Liste hat mehr als %(most)s Zeilen. Bitte teilen Sie sie auf.", most=MOST_ROWS)
        raise DomainError(message, "file")
    row = DirectoryList(id=new_id(), file_name=name[:200], state=ListState.STAGED, sent_by=actor.user_id)
    row.notes = list(read.notes)
    row.plain_rows = [ListRow(where=each.where, cells=each.cells) for each in read.rows]
    db.session.add(row)
    db.session.flush()
    return row


def load_list(list_id: str, actor: Actor) -> DirectoryList:
    """Forbidden for everybody but the office; NotFound where there is none."""
    only_office(actor)
    row = db.session.get(DirectoryList, list_id, options=[undefer(DirectoryList.rows)])
    if row is None:
        raise NotFound(_("Diese Liste gibt es nicht."))
    return row


def waiting_lists(actor: Actor) -> list[DirectoryList]:
    """Those that nobody has decided about, the newest first. Forbidden for everybody but the office."""
    only_office(actor)
    waiting = select(DirectoryList).where(DirectoryList.state == ListState.STAGED)
    return list(db.session.scalars(waiting.order_by(DirectoryList.created_at.desc(), DirectoryList.id)))


def preview_of(row: DirectoryList) -> list[RowOutcome]:
    """What each row would change now; empty once the list is decided about."""
    entries = list(db.session.scalars(select(DirectoryEntry)))
    by_id = {entry.id: entry for entry in entries}
    by_name = {_name(entry.name): entry for entry in entries}
    seen: set[str] = set()
    outcomes = []
    for each in row.plain_rows or ():
        listed = read_cells(each["cells"])
        name = str(listed.values.get("name", "")).strip()
        known = by_id.get(listed.number) or by_name.get(_name(name)) if name or listed.number else None
        outcome = _outcome(each["where"], listed, name, known)
        key = known.id if known else _name(name)
        if outcome.word != LEFT_OUT and key in seen:
            outcome.word, outcome.faults = LEFT_OUT, [_("Der Eintrag steht zweimal in der Liste. Es gilt die erste.")]
        seen.add(key)
        outcomes.append(outcome)
    return outcomes


def apply_list(list_id: str, version: int | None, actor: Actor) -> DirectoryList:
    """Take all of it over in one transaction: before or after, never between. Raises NotFound where there is none,
    Conflict where it is decided already."""
    row = load_list(list_id, actor)
    check_version(row, version)
    LIST_STEPS.check(row, APPLY_LIST, by=Party.OFFICE)
    changing = [outcome for outcome in preview_of(row) if outcome.made is not None]
    for outcome in changing:
        _take_over(outcome)
    row.taken = len(changing)
    _tell_owners(changing)
    LIST_STEPS.take(row, APPLY_LIST, by=Party.OFFICE)
    db.session.flush()
    return row


def discard_list(list_id: str, version: int | None, actor: Actor) -> DirectoryList:
    """Forget what was read. Raises NotFound where there is none, Conflict where it is decided already."""
    row = load_list(list_id, actor)
    check_version(row, version)
    LIST_STEPS.take(row, DISCARD_LIST, by=Party.OFFICE)
    db.session.flush()
    return row


def _outcome(where: str, listed: ListedEntry, name: str, known: DirectoryEntry | None) -> RowOutcome:
    outcome = RowOutcome(where, name or (known.name if known else ""), UNCHANGED, known, faults=listed.faults)
    if known is None and not name:
        outcome.word, outcome.faults = LEFT_OUT, [_("Es fehlt der Name."), *listed.faults]
        return outcome
    if known is None and "kind" not in listed.values:
        listed.values["kind"] = BodyKind.ASSOCIATION
        listed.faults.append(_("Ohne Art wird der Eintrag als Verein geführt."))
    made = _copy_of(known)
    for column, value in listed.values.items():
        setattr(made, column, value)
    values, refused = read_meeting_facts(listed.rooms)
    made.describe_room(values)
    outcome.faults += refused
    before, after = cells_of(known or _copy_of(None), for_everybody=False), cells_of(made, for_everybody=False)
    outcome.differences = [
        (heading, before[heading], after[heading])
        for heading in after
        if heading not in (NUMBER, CONFIRMED) and (before[heading] != after[heading])
    ]
    outcome.word = NEW if known is None else CHANGED if outcome.differences else UNCHANGED
    outcome.made = made if outcome.word != UNCHANGED else None
    return outcome


def _take_over(outcome: RowOutcome) -> None:
    assert outcome.made is not None
    if outcome.entry is not None:
        for column in _columns():
            setattr(outcome.entry, column, getattr(outcome.made, column))
        outcome.entry.confirmed_at, outcome.entry.asked_at = clock.now(), None
        return
    entry = outcome.made
    entry.id, entry.confirmed_at = new_id(), clock.now()
    db.session.add(entry)
    db.session.flush()
    if entry.summary and (entry.citywide or entry.serves):
        ENTRY_STEPS.take(entry, SHOW, by=Party.OFFICE)


def _tell_owners(changed: Iterable[RowOutcome]) -> None:
    """Whoever keeps an entry learns that the office has changed it, and where to see what it says now: one mail for all
    of an organisation's entries."""
    theirs: dict[str, list[DirectoryEntry]] = {}
    for outcome in changed:
        if outcome.entry is not None and outcome.entry.organisation_id:
            theirs.setdefault(outcome.entry.organisation_id, []).append(outcome.entry)
    for organisation_id, entries in theirs.items():
        if address := address_of(organisation_id):
            listed = [(entry.id, entry.name) for entry in entries]
            queue_mail("directory_changed", to=address, language=GERMAN.code, in_dialogue=True, entries=listed)


def _copy_of(entry: DirectoryEntry | None) -> DirectoryEntry:
    """Outside of any session, to be compared."""
    if entry is None:
        blank: dict[str, object] = {"citywide": False, "contacts_agreed": False, "serves": [], "spoken": []}
        texts = dict.fromkeys(
            ("name", "summary", "audience", "address", "opening_hours", "phone", "email", "website", "contacts"), ""
        )
        return DirectoryEntry(state=EntryState.DRAFT, **blank, **texts)
    return DirectoryEntry(**{column: getattr(entry, column) for column in _columns()})


def _columns() -> Iterable[str]:
    """All that a list may say of an entry."""
    kept = {"id", "organisation_id", "state", "waits_since", "confirmed_at", "asked_at", "version"}
    names = (column.key for column in inspect(DirectoryEntry).column_attrs)
    return [name for name in names if name not in kept | {"created_at", "updated_at"}]


def _name(text: str) -> str:
    return " ".join(text.casefold().split())
