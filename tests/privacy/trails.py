"""What the audit chain says of one record."""

from sqlalchemy import select

from wohnberatung.extensions import db
from wohnberatung.privacy.audit import pseudonyms
from wohnberatung.privacy.models import AuditEntry


def trail(subject: str) -> list[AuditEntry]:
    """What happened with `subject`, as ``table|id``, oldest first."""
    query = select(AuditEntry).where(AuditEntry.subject.in_(pseudonyms(subject))).order_by(AuditEntry.number)
    return list(db.session.scalars(query))
