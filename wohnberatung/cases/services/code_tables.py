"""Code tables: what can be chosen in a record. Administrators change them; what was used stays, no longer offered."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from wohnberatung.cases.models import CodeEntry
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.extensions import db

TABLES: Mapping[str, Words] = {
    "channel": _l("Beratungsform"),
    "reason": _l("Anlass"),
    "person_group": _l("Personengruppe"),
    "age_group": _l("Altersgruppe"),
    "topic": _l("Themen"),
    "result": _l("Ergebnis"),
}


def entries(table: str) -> list[CodeEntry]:
    """All of a table in their order, also those no longer offered. NotFound for a table that does not exist."""
    if table not in TABLES:
        raise NotFound(_("Diese Liste gibt es nicht."))
    query = select(CodeEntry).where(CodeEntry.table == table)
    return list(db.session.scalars(query.order_by(CodeEntry.position, CodeEntry.label)))


def choices(table: str, *used: str | None) -> list[tuple[str, str]]:
    """(code, label) of what is offered, and of what a record that is being changed uses already."""
    return [(entry.code, entry.label) for entry in entries(table) if entry.active or entry.code in used]


def labels() -> dict[str, dict[str, str]]:
    """Label by table and code, of everything that was ever offered."""
    found: dict[str, dict[str, str]] = {table: {} for table in TABLES}
    for entry in db.session.scalars(select(CodeEntry)):
        found[entry.table][entry.code] = entry.label
    return found


def check_code(table: str, code: str | None, field: str | None = None) -> str | None:
    """The code itself; DomainError where the table has no such entry. Empty means not said."""
    if not code:
        return None
    query = select(CodeEntry.code).where(CodeEntry.table == table, CodeEntry.code == code)
    if db.session.scalar(query) is None:
        raise DomainError(_("Bitte wählen Sie eine der angebotenen Antworten."), field or table)
    return code


def add_entry(table: str, label: str, actor: Actor) -> CodeEntry:
    """A new choice at the end of its table. DomainError on `label` where there is such a one."""
    only_administration(actor)
    _check_label(table, label)
    last = db.session.scalar(select(func.max(CodeEntry.position)).where(CodeEntry.table == table)) or 0
    entry = CodeEntry(table=table, code=new_id()[:12], label=label.strip(), position=last + 1)
    db.session.add(entry)
    db.session.flush()
    return entry


def change_entry(
    entry_id: str, *, label: str, position: int, active: bool, version: int | None, actor: Actor
) -> CodeEntry:
    """Rename it, move it, offer it or not. All records that use it read the new name from now on."""
    only_administration(actor)
    entry = load_entry(entry_id)
    check_version(entry, version)
    if label.strip() != entry.label:
        _check_label(entry.table, label)
    entry.label, entry.position, entry.active = label.strip(), position, active
    db.session.flush()
    return entry


def load_entry(entry_id: str) -> CodeEntry:
    """One choice of a table. Raises NotFound where there is none."""
    entry = db.session.get(CodeEntry, entry_id)
    if entry is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    return entry


def _check_label(table: str, label: str) -> None:
    taken = (entry.label.casefold() for entry in entries(table))
    if label.strip().casefold() in taken:
        raise DomainError(_("Einen Eintrag mit diesem Namen gibt es schon."), "label")
