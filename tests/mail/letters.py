"""Mails for tests, and what became of them."""

from typing import Any

from sqlalchemy import select

from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import queue_mail


def queue(to: str = "erika@example.org", **options: Any) -> OutgoingMail:
    """A receipt in the outbox."""
    return queue_mail("request_received", to=to, **{"receipt_number": "DD-2026-ABC234", "token": "x" * 26, **options})


def queue_for_good(to: str = "erika@example.org", **options: Any) -> OutgoingMail:
    """The same, committed: a worker begins with a transaction of its own."""
    mail = queue(to, **options)
    db.session.commit()
    return mail


def states() -> list[str]:
    """The states of all mails in the order in which they were written."""
    return list(db.session.scalars(select(OutgoingMail.state).order_by(OutgoingMail.created_at)))
