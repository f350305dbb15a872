"""Subscriptions with valid defaults, and the secrets in the mails about them."""

import re
from typing import Any, cast

from sqlalchemy import select

from tests.directory.entries import JOHANNSTADT
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content
from wohnberatung.subscriptions.services.subscribing import Wishes, ask_for_news, confirm

ADDRESS = "erika@example.org"


def wishes(**said: Any) -> Wishes:
    """Everything new in Johannstadt, at once, in German, unless told otherwise."""
    usual = {"citywide": False, "places": [JOHANNSTADT], "kinds": [], "often": "at_once", "language": "de"}
    return cast(Wishes, usual | said)


def asked(email: str = ADDRESS, **said: Any) -> str:
    """The secret of a subscription that waits to be confirmed."""
    return ask_for_news(email, wishes(**said))


def confirmed(email: str = ADDRESS, **said: Any) -> str:
    """The secret of one that is confirmed."""
    token = asked(email, **said)
    confirm(token)
    return token


def subscribed(email: str = ADDRESS, **said: Any) -> str:
    """The secret of one that is confirmed; its mail has left the outbox."""
    token = confirmed(email, **said)
    db.session.query(OutgoingMail).delete()
    db.session.commit()
    return token


def mails() -> list[dict[str, str]]:
    """What lies in the outbox, the oldest first."""
    query = select(OutgoingMail).where(OutgoingMail.content.is_not(None)).order_by(OutgoingMail.created_at)
    return [open_content(mail) for mail in db.session.scalars(query)]


def link_in(text: str, ending: str = "") -> str:
    """The path of the link of a subscription in a mail."""
    found = re.search(rf"/neues/[a-z2-7]{{26}}{ending}\S*", text)
    assert found, text
    return found[0]
