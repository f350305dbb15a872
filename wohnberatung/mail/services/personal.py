"""Mails of one person: what they may read of them, and what is never sent any more."""

from typing import Any

from sqlalchemy import select, update

from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.sealing import open_content
from wohnberatung.privacy.models import PersonKey


def mails_about(person_key: PersonKey) -> list[dict[str, Any]]:
    """All mails sealed for the person, oldest first; what they said is there until they have left."""
    query = select(OutgoingMail).filter_by(person_key_id=person_key.id).order_by(OutgoingMail.created_at)
    return [_as_told(mail) for mail in db.session.scalars(query)]


def erase_mails(person_key: PersonKey) -> None:
    """None of the person's mails is sent any more, and none can be read."""
    mine = OutgoingMail.person_key_id == person_key.id
    unsent = mine & OutgoingMail.state.in_((MailState.QUEUED, MailState.HELD, MailState.FAILED))
    db.session.execute(update(OutgoingMail).where(unsent).values(state=MailState.ERASED))
    db.session.execute(update(OutgoingMail).where(mine).values(content=None))


def _as_told(mail: OutgoingMail) -> dict[str, Any]:
    told: dict[str, Any] = {"created_at": mail.created_at.isoformat(), "state": str(mail.state)}
    if mail.content is not None:
        content = open_content(mail)
        told |= {"to": content["to"], "subject": content["subject"], "text": content["text"]}
    return told
