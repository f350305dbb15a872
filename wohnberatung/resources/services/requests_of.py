"""What becomes of requests for contact when the entry they are about is no longer shown, or erased."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core.manifests import erased
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import destroy
from wohnberatung.resources.models import ContactRequest, Resource
from wohnberatung.resources.steps import FALL, REQUEST_STEPS


def requests_about(row: Resource) -> list[ContactRequest]:
    """All of them, the newest first."""
    query = select(ContactRequest).options(joinedload(ContactRequest.person_key), joinedload(ContactRequest.resource))
    mine = query.where(ContactRequest.resource_id == row.id)
    return list(db.session.scalars(mine.order_by(ContactRequest.created_at.desc(), ContactRequest.id)))


def end_requests(row: Resource) -> None:
    """Withdrawal ends them all, and nobody sees a contact any more."""
    for each in requests_about(row):
        if each.state not in REQUEST_STEPS.final:
            REQUEST_STEPS.take(each, FALL, by=Party.SYSTEM)
    db.session.flush()


def erase_request(row: ContactRequest) -> None:
    """With the key of whoever asked."""
    erased(row.id)
    destroy(row.person_key)
    db.session.flush()
    db.session.delete(row)
    db.session.flush()


def erase_resource(row: Resource) -> None:
    """With the key of the person, and all requests about it with theirs."""
    for each in requests_about(row):
        erase_request(each)
    erased(row.id)
    if row.person_key is not None:
        destroy(row.person_key)
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
