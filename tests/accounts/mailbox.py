"""What our mails say, and the links in them."""

import re

from sqlalchemy import select

from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content


def mails_to(address: str) -> list[str]:
    """Subject and text of every mail to this address, the oldest first."""
    contents = [
        open_content(mail) for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at))
    ]
    return [f"{content['subject']}\n{content['text']}" for content in contents if content["to"] == address]


def link_to(address: str) -> str:
    """The path of the link in the latest mail to this address."""
    found = re.search(r"/zugang/\w+", mails_to(address)[-1])
    assert found is not None
    return found[0]
