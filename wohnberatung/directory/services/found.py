"""Entries of the directory in the office's search: found by name, address and what they do, also misspelt."""

from collections.abc import Collection, Iterator, Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.cases.search.index import Document
from wohnberatung.cases.search.record_kinds import NAME, PLACE, REMARK, Hit, SearchKind
from wohnberatung.core.actors import Actor
from wohnberatung.directory.kinds import kind_label
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.extensions import db

KEY = "directory_entry"


def _documents(ids: Collection[str] | None) -> Iterator[Document]:
    query = select(DirectoryEntry)
    for entry in db.session.scalars(query if ids is None else query.where(DirectoryEntry.id.in_(ids))):
        # Whom to ask there is found as well: only the office searches here.
        people = (entry.contacts, PLACE)
        texts = ((entry.name, NAME), (entry.address, PLACE), people, (entry.summary, REMARK))
        yield Document(KEY, entry.id, texts)


def _shown(ids: Collection[str], _actor: Actor) -> Mapping[str, Hit]:
    """All of them, drafts too: the office reads every entry."""
    rows = db.session.scalars(select(DirectoryEntry).where(DirectoryEntry.id.in_(ids)))
    return {row.id: Hit(row.name, kind_label(row.kind), "directory.show_desk", {"entry_id": row.id}) for row in rows}


def _own_id(row: DirectoryEntry) -> str:
    return row.id


DIRECTORY_ENTRIES = SearchKind(KEY, _l("Wegweiser"), _documents, _shown, {DirectoryEntry: _own_id})
