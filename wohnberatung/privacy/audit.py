"""The audit chain: who read or did what with whose data, in pseudonyms, and its reader for administrators."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select, text

from wohnberatung.accounts.models import User
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import Keys, digest_keys, digest_of, keep_digest_keys
from wohnberatung.privacy.models import AuditEntry

PSEUDONYM_DIGITS = 32


@dataclass(frozen=True)
class Verified:
    """How many rows were checked, and the numbers at which the chain is broken."""

    rows: int
    broken: tuple[int, ...]


def record(action: str, subject: str, actor: Actor) -> AuditEntry:
    """Add a row; `subject` is ``table|id``. Waits for whoever adds one at the same time."""
    key_id, key = next(iter(keep_keys().items()))
    last = db.session.scalar(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1))
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        happened_at=clock.now(),
        actor=_pseudonym(f"users|{actor.user_id}", key),
        action=action,
        subject=_pseudonym(subject, key),
        key_id=key_id,
    )
    entry.digest = digest_of(key, _told(entry, last.digest if last else ""))
    db.session.add(entry)
    db.session.flush()
    return entry


def keep_keys() -> Keys:
    """Take the chain for this transaction alone. From its first row on the keys are kept for good."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE audit_entries IN SHARE ROW EXCLUSIVE MODE"))
    return keep_digest_keys()


def pseudonyms(*names: str) -> set[str]:
    """What stands for each ``table|id`` in rows of any age: the same for the same, and nothing without the keys tells
    whose it is."""
    return set(named_by(names))


def named_by(names: Iterable[str]) -> dict[str, str]:
    """Of some ``table|id`` each by what stands for it."""
    keys, known = digest_keys().values(), list(names)
    return {_pseudonym(name, key): name for key in keys for name in known}


def verify() -> Verified:
    """Read the whole chain. A row is broken where its hash does not follow from itself and the row before."""
    keys, rows, broken = digest_keys(), 0, []
    before: AuditEntry | None = None
    for entry in _entries():
        rows += 1
        if before is not None and not _follows(entry, before, keys):
            broken.append(entry.number)
        before = entry
    return Verified(rows, tuple(broken))


def _pseudonym(name: str, key: bytes) -> str:
    return digest_of(key, f"pseudonym|{name}")[:PSEUDONYM_DIGITS]


def _follows(entry: AuditEntry, before: AuditEntry, keys: Keys) -> bool:
    key = keys.get(entry.key_id)
    is_next = entry.number == before.number + 1
    return is_next and key is not None and entry.digest == digest_of(key, _told(entry, before.digest))


def _told(entry: AuditEntry, before: str) -> str:
    parts = (entry.number, entry.happened_at.isoformat(), entry.actor, entry.action, entry.subject, before)
    return "|".join(map(str, parts))


def _entries() -> Iterator[AuditEntry]:
    yield from db.session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000))


READ_AUDIT, WHOLE = "audit_read", "audit_entries|all"
READ_EXACT = "exact_read"
ACTIONS: dict[str, Words] = {
    "read": _l("gelesen"),
    "export": _l("Auskunft erstellt"),
    "stock_export": _l("Bestand ausgegeben"),
    "export_grant": _l("mehr Ausgaben freigegeben"),
    "erase": _l("gelöscht"),
    "break_glass": _l("mit Begründung geöffnet"),
    "transfer": _l("übergeben"),
    "introduced": _l("miteinander bekannt gemacht"),
    "introduction_declined": _l("Vermittlung abgelehnt"),
    "discretion": _l("Antrag auf Ermessen bearbeitet"),
    READ_AUDIT: _l("Protokoll gelesen"),
    READ_EXACT: _l("genaue Zahlen der Planung gelesen"),
    "report_published": _l("Bericht zur Planung veröffentlicht"),
    "report_withdrawn": _l("Bericht zur Planung zurückgezogen"),
}
# Names of columns that hold a number which people read out, as FA-2026-KM7294.
NUMBERS = ("number", "receipt_number")
_PUBLIC_ID = re.compile(r"\b[a-z2-7]{26}\b")
SHORT = 8


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """What the list is narrowed to; empty means everything. `record` is a number or the address of a page, `subject`
    and `who` are pseudonyms, `first` and `last` are days in Dresden."""

    action: str = ""
    who: str = ""
    record: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class AuditLine:
    """One row in words; whose account is gone, and which record it is, stay a short pseudonym."""

    entry: AuditEntry
    action: str
    who: str
    record: str


@dataclass(frozen=True)
class AuditPage:
    """`people` are (pseudonym, name) of those who have left rows; `subject` is the record that was asked for."""

    page: Page[AuditLine]
    people: list[tuple[str, str]]
    subject: str


def read_audit(wanted: AuditFilter, number: int = 1) -> AuditPage:
    """The newest first."""
    asked = named_by(_records_of(wanted.record)) if wanted.record.strip() else {}
    page = paginate(db.session, _narrowed(wanted, asked.keys()), number)
    who = _names()
    whole = pseudonyms(WHOLE)
    lines = [
        AuditLine(
            entry,
            str(ACTIONS.get(entry.action, entry.action)),
            who.get(entry.actor, entry.actor[:SHORT]),
            _("ganzes Protokoll") if entry.subject in whole else entry.subject[:SHORT],
        )
        for entry in page.items
    ]
    subject = next((asked[entry.subject] for entry in page.items if entry.subject in asked), WHOLE)
    left_rows = db.session.scalars(select(AuditEntry.actor).distinct())
    listed = sorted(((pseudonym, who.get(pseudonym, pseudonym[:SHORT])) for pseudonym in left_rows), key=_by_name)
    return AuditPage(Page(lines, page.number, page.size, page.total), listed, subject)


def day_of(text: str) -> date | None:
    """``2026-11-29``; None for anything else, as a bad link should still show something."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_name(person: tuple[str, str]) -> tuple[str, str]:
    return person[1].casefold(), person[0]


def _narrowed(wanted: AuditFilter, asked: Iterable[str]) -> Select[Any]:
    query = select(AuditEntry).order_by(AuditEntry.number.desc())
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.who:
        query = query.where(AuditEntry.actor == wanted.who)
    if wanted.subject:
        query = query.where(AuditEntry.subject == wanted.subject)
    if wanted.record.strip():
        query = query.where(AuditEntry.subject.in_(list(asked)))
    if wanted.first:
        query = query.where(AuditEntry.happened_at >= clock.start_of_day(wanted.first))
    if wanted.last:
        query = query.where(AuditEntry.happened_at < clock.start_of_day(wanted.last + timedelta(days=1)))
    return query


def _names() -> dict[str, str]:
    """Name by pseudonym of everybody with an account."""
    people = {f"users|{row.id}": row.name for row in db.session.execute(select(User.id, User.name))}
    return {pseudonym: people[record] for pseudonym, record in named_by(people).items()}


def _records_of(text: str) -> set[str]:
    """``table|id`` of what bears this number, and of whatever has an id in this address, also if it is erased."""
    found = {f"{table}|{record_id}" for record_id in _PUBLIC_ID.findall(text) for table in db.metadata.tables}
    for table in db.metadata.tables.values():
        for name in NUMBERS:
            column = table.c.get(name)
            if column is not None and column.unique and "id" in table.c:
                ids = db.session.scalars(select(table.c.id).where(column == text.strip().upper()))
                found |= {f"{table.name}|{record_id}" for record_id in ids}
    return found
