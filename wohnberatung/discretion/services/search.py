"""How requests for discretion are found by the office's search."""

from collections.abc import Collection, Iterator, Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.cases.search.index import Document
from wohnberatung.cases.search.record_kinds import NAME, PLACE, REMARK, Hit, SearchKind
from wohnberatung.core.actors import Actor
from wohnberatung.discretion.models import DiscretionRequest
from wohnberatung.discretion.rules import rule_label
from wohnberatung.extensions import db


def _documents(ids: Collection[str] | None) -> Iterator[Document]:
    query = select(DiscretionRequest)
    if ids is not None:
        query = query.where(DiscretionRequest.id.in_(ids))
    for row in db.session.scalars(query):
        texts = ((row.title, NAME), (row.authority, PLACE), (row.paragraph, PLACE), (row.deviation, REMARK))
        yield Document("discretion", row.id, texts)


def _shown(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    """For the office alone, which is who searches."""
    if not actor.is_staff:
        return {}
    rows = db.session.scalars(select(DiscretionRequest).where(DiscretionRequest.id.in_(ids)))
    return {
        row.id: Hit(row.title, rule_label(row.rule), "discretion.show_request", {"request_id": row.id}) for row in rows
    }


def _own_id(row: DiscretionRequest) -> str:
    return row.id


SEARCH = (SearchKind("discretion", _l("Ermessen"), _documents, _shown, {DiscretionRequest: _own_id}),)
