"""What is told of a link before it is used, and of an account to its owner."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wohnberatung.accounts.models import MailedLink, Organisation, User
from wohnberatung.accounts.services.invitations import owner_of
from wohnberatung.accounts.services.mailed_links import content_of_link
from wohnberatung.accounts.services.people import load_user
from wohnberatung.accounts.services.second_factor import has_second_factor
from wohnberatung.core.actors import Actor
from wohnberatung.core.models import WebSession
from wohnberatung.extensions import db


@dataclass(frozen=True)
class Told:
    """What the page of a link says: for which address, into or for which organisation, whether it needs an account."""

    purpose: str
    email: str
    organisation: str
    inviter: str
    is_known: bool


def told_by(link: MailedLink) -> Told:
    content, owner = content_of_link(link), owner_of(link)
    organisation = db.session.get(Organisation, link.organisation_id) if link.organisation_id else None
    inviter = db.session.get(User, link.created_by) if link.created_by else None
    return Told(
        purpose=link.purpose,
        email=content.get("email") or (owner.email if owner else ""),
        organisation=organisation.name if organisation else content.get("organisation", ""),
        inviter=inviter.name if inviter else "",
        is_known=owner is not None,
    )


def stored_about_user(actor: Actor) -> dict[str, Any]:
    """Everything the tables of accounts hold about the person."""
    user = load_user(actor.user_id)
    sessions = db.session.scalars(select(WebSession).where(WebSession.user_id == user.id))
    return {
        "name": user.name,
        "email": user.email,
        "roles": sorted(user.roles),
        "created_at": user.created_at.isoformat(),
        "last_sign_in_at": user.last_sign_in_at.isoformat() if user.last_sign_in_at else None,
        "second_factor": has_second_factor(user.id),
        "organisations": [{"name": seat.name, "role": seat.role} for seat in actor.seats],
        "sessions": [{"began": row.created_at.isoformat(), "used": row.last_seen_at.isoformat()} for row in sessions],
    }
