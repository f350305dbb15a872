"""People who were presented to those who offer, for tests."""

import re
from typing import Any

from sqlalchemy import select

from tests.brokerage.cases import home
from tests.brokerage.ways import on_the_way, sharing
from tests.factories import make_offer, make_organisation, make_project, provider_of
from tests.people import make_user
from wohnberatung.accounts.models import User
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import ShownMail, read_mail
from wohnberatung.projects.models import Project
from wohnberatung.providers.services.members import add_member

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


class ByMail:
    """A member without an account, as a reader of mails."""

    email = "ohne-konto@example.org"


def voting_group(rule: str = "consensus") -> tuple[BrokeredMatch, list[User], Project]:
    """A match before a group of three: two with an account, one without."""
    owner = make_organisation(kind="initiative")
    members = [make_user("provider", organisation_ids=[owner.id]) for _each in range(2)]
    project = make_project(owner)
    project.admission_rule = rule
    add_member(project.id, "Olga Ohnekonto", ByMail.email, provider_of(owner))
    place = make_offer(project=project, title="Zimmer im Hof")
    match = on_the_way(*TO_PRESENTED, submitted=sharing(), offer=place)
    return match, members, project
