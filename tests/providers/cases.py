"""People who were presented to those who offer, for tests."""

import re
from typing import Any

from sqlalchemy import select

from tests.brokerage.cases import home
from tests.brokerage.ways import on_the_way, sharing
from tests.people import make_user
from wohnberatung.accounts.models import User
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import ShownMail, read_mail

PATH = re.compile(r"/[a-z-]+/\w{26}(?:/[a-z]+)?")
TO_PRESENTED = ("offer", "interested", "share", "present")


def landlord_of(offer: Offer) -> User:
    """Somebody who reads the mails about it."""
    return make_user("provider", organisation_ids=[offer.organisation_id])


def presented(**options: Any) -> tuple[BrokeredMatch, User]:
    """A person before a landlord, and the landlord."""
    offer = home()
    landlord = landlord_of(offer)
    return on_the_way(*TO_PRESENTED, submitted=sharing(**options), offer=offer), landlord


def letters_to(user: Any) -> list[ShownMail]:
    """The mails that somebody gets, in the order in which they were written."""
    kept = select(OutgoingMail.id).where(OutgoingMail.content.is_not(None), OutgoingMail.person_key_id.is_(None))
    ids = db.session.scalars(kept.order_by(OutgoingMail.created_at, OutgoingMail.id))
    return [mail for mail in map(read_mail, ids) if mail.to == user.email]


def paths_in(user: Any, word: str) -> list[str]:
    """Paths of the links that begin with that word, in the last mail to somebody that has one."""
    found = ([path for path in PATH.findall(mail.text) if path.startswith(word)] for mail in letters_to(user))
    return [paths for paths in found if paths][-1]
