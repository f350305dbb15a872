"""Mails to those who offer: that there is news, and where to read it."""

from typing import Any

from sqlalchemy import select

from wohnberatung.accounts.models import Membership, Organisation, User
from wohnberatung.accounts.services import contact_of_organisation
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.mail.services import queue_mail


def address_of(organisation_id: str) -> str | None:
    """Where mails about an organisation's offers go: its contact, else the member who came first."""
    organisation = db.session.get_one(Organisation, organisation_id)
    if email := contact_of_organisation(organisation).get("email"):
        return email
    members = select(User.email).join(Membership).where(Membership.organisation_id == organisation_id)
    active = members.where(User.disabled_at.is_(None))
    return db.session.scalar(active.order_by(Membership.created_at, User.id).limit(1))


def tell_provider(offer: Offer, template: str, **values: Any) -> bool:
    """Queue a mail about one offer; False where nobody reads it."""
    return tell_organisation(offer.organisation_id, template, offer_id=offer.id, **values)


def tell_organisation(organisation_id: str, template: str, **values: Any) -> bool:
    """Queue a mail to those who offer; False where nobody reads it."""
    address = address_of(organisation_id)
    if address is None:
        return False
    queue_mail(template, to=address, in_dialogue=True, **values)
    return True
