"""Matches for tests: a wheelchair user and a home that suits."""

from typing import Any

from sqlalchemy import select

from tests.factories import advisor, make_dwelling, make_offer, make_request
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.matches import advance, review
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import ShownMail, read_mail
from wohnberatung.seekers.services.requests import Submitted

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
BALCONY = {"key": "balcony", "wanted": True, "importance": "wish"}
CONTACT = {"name": "Erika Beispiel", "email": "erika@example.org", "reach": "email"}


def asked(**options: Any) -> Submitted:
    """Somebody who needs a wide door and reads mails."""
    return make_request(DOOR, BALCONY, **{"contact": CONTACT, **options})


def home(title: str = "Wohnung am Park", width: int = 95, **facts: Any) -> Offer:
    """A published home whose doors were measured."""
    return make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=width, **facts), title=title)


def reviewed(
    submitted: Submitted | None = None, offer: Offer | None = None, actor: Actor | None = None
) -> BrokeredMatch:
    return review((submitted or asked()).request.id, (offer or home()).id, actor or advisor())


def offered(
    submitted: Submitted | None = None, offer: Offer | None = None, actor: Actor | None = None
) -> BrokeredMatch:
    """A proposal that the seeker can see."""
    actor = actor or advisor()
    return advance(reviewed(submitted, offer, actor).id, "offer", actor)


def steps_of(match: BrokeredMatch) -> list[str]:
    return [event.step for event in match.events]


def mails() -> list[ShownMail]:
    """All mails in the order in which they were written."""
    ids = select(OutgoingMail.id).order_by(OutgoingMail.created_at, OutgoingMail.id)
    return [read_mail(mail_id) for mail_id in db.session.scalars(ids)]


def link_in(mail: ShownMail) -> str:
    """The path of the link to the proposal, or to how it goes there."""
    pages = ("/vorschlag/", "/nach-dem-einzug/")
    return next(line for line in mail.text.splitlines() if any(page in line for page in pages)).partition("8000")[2]
