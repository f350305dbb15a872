"""Resources and needs in the office's search: by their words, and by the name of whose they are."""

from collections.abc import Collection, Iterator, Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.neighbour_resources import kind_label
from wohnberatung.cases.search.index import Document
from wohnberatung.cases.search.record_kinds import NAME, REMARK, Hit, SearchKind
from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.resources.models import Resource


def _documents(ids: Collection[str] | None) -> Iterator[Document]:
    query = select(Resource).options(joinedload(Resource.person_key))
    for row in db.session.scalars(query if ids is None else query.where(Resource.id.in_(ids))):
        contact = row.plain_contact if row.is_private else None
        texts = [(row.title, NAME), (row.text, REMARK)]
        texts += [(contact["name"], NAME)] if contact else []
        yield Document("resource", row.id, tuple(texts), None, row.person_key_id)


def _shown(ids: Collection[str], _actor: Actor) -> Mapping[str, Hit]:
    rows = db.session.scalars(select(Resource).where(Resource.id.in_(ids)))
    return {
        row.id: Hit(row.title, kind_label(row.kind), "resources.show_desk", {"resource_id": row.id}) for row in rows
    }


RESOURCES_FOUND = SearchKind("resource", _l("Nachbarschaft"), _documents, _shown, {Resource: lambda row: str(row.id)})
