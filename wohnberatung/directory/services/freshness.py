"""Once a year the owner of an entry is asked whether all of it is still right; a link in the mail answers without
signing in. What nobody has confirmed for longer stays public and says since when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.languages import GERMAN
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.directory.models import PUBLIC, DirectoryEntry, EntryLink
from wohnberatung.directory.services.entries import confirm
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail

# A year after somebody last said so, the owner is asked; a month later the entry is marked.
ASKED_AFTER, STALE_AFTER = timedelta(days=365), timedelta(days=395)
LINK_VALID = timedelta(days=60)
ASKED_AGAIN_AFTER = timedelta(days=365)


def is_stale(entry: DirectoryEntry) -> bool:
    """Whether nobody has said for more than a year that it is right."""
    return entry.confirmed_at <= clock.now() - STALE_AFTER


def forgotten_entries() -> list[DirectoryEntry]:
    """Public ones that the office keeps itself and nobody has confirmed for more than a year, the oldest first."""
    nobodys = DirectoryEntry.organisation_id.is_(None)
    return _public(nobodys, DirectoryEntry.confirmed_at <= clock.now() - ASKED_AFTER)


def ask_whether_right() -> int:
    """A mail for each entry that nobody has confirmed for a year; returns how many. An entry that the office keeps has
    nobody to be asked but the office.

    Raises LeftUndone for entries where it failed.
    """
    due = [entry.id for entry in _public(*_due())]
    return sum(each_in_its_own_transaction(due, _ask))


def entry_by_link(token: str) -> DirectoryEntry:
    """The entry that this link confirms; NotFound after its day."""
    link = db.session.get(EntryLink, hash_token(token))
    if link is None or link.valid_until <= clock.now():
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return link.entry


def confirm_by_link(token: str) -> DirectoryEntry:
    """Without signing in: all of it is still right. Raises NotFound after the link's day, Conflict where the entry is
    not public any more."""
    entry = entry_by_link(token)
    if not entry.is_public:
        raise Conflict(_("Dieser Eintrag ist nicht (mehr) öffentlich."))
    confirm(entry)
    return entry


def _ask(entry_id: str) -> int:
    entry = db.session.get_one(DirectoryEntry, entry_id)
    address = _address(entry)
    entry.asked_at = clock.now()
    if address is None:
        return 0
    token = new_token()
    until: datetime = clock.now() + LINK_VALID
    db.session.add(EntryLink(token_hash=hash_token(token), entry_id=entry.id, valid_until=until))
    queue_mail("directory_confirm", to=address, language=GERMAN.code, in_dialogue=True, token=token, name=entry.name)
    return 1


def _address(entry: DirectoryEntry) -> str | None:
    return address_of(entry.organisation_id) if entry.organisation_id else None


def _due() -> Iterable[ColumnElement[bool]]:
    asked = func.coalesce(DirectoryEntry.asked_at, DirectoryEntry.confirmed_at)
    yield DirectoryEntry.organisation_id.is_not(None)
    yield DirectoryEntry.confirmed_at <= clock.now() - ASKED_AFTER
    yield asked <= clock.now() - ASKED_AGAIN_AFTER


def _public(*conditions: ColumnElement[bool]) -> list[DirectoryEntry]:
    query = select(DirectoryEntry).where(DirectoryEntry.state.in_(PUBLIC), *conditions)
    return list(db.session.scalars(query.order_by(DirectoryEntry.confirmed_at, DirectoryEntry.id)))
