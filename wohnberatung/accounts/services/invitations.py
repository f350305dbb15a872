"""Inviting people by mail, into an organisation or into the office. Who is invited may have an account or not:
the inviter never learns which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts import mails
from wohnberatung.accounts.models import LinkContent, LinkPurpose, MailedLink, Organisation, User, UserRole
from wohnberatung.accounts.services.mailed_links import content_of_link, make_link, send_letter, use_up
from wohnberatung.accounts.services.organisations import add_member, load_managed
from wohnberatung.accounts.services.people import create_user, find_user, load_user, normal_email
from wohnberatung.core import clock
from wohnberatung.core.actors import (
    ADMIN,
    ADVISOR,
    MANAGER,
    MEMBER_ROLES,
    PROVIDER,
    Actor,
    only_administration,
)
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db


@dataclass(frozen=True)
class Pending:
    """An invitation nobody has accepted yet."""

    id: str
    email: str
    role: str
    valid_until: datetime


def invite_member(organisation_id: str, actor: Actor, *, email: str, role: str) -> None:
    """For managers and the office. DomainError names ``email`` or ``role``."""
    organisation, address = load_managed(organisation_id, actor), normal_email(email)
    if role not in MEMBER_ROLES:
        raise DomainError(_("Bitte wählen Sie, was die Person darf."), "role")
    if any(membership.user.email == address for membership in organisation.memberships):
        raise DomainError(_("Diese Person gehört schon dazu."), "email")
    _invite({"email": address, "role": role}, actor, organisation)


def invite_colleague(actor: Actor, *, email: str, roles: Iterable[str]) -> None:
    """Into the office, by an administrator. DomainError names ``email`` or ``roles``."""
    only_administration(actor)
    address, wanted = normal_email(email), sorted(set(roles))
    if not wanted or not set(wanted) <= {ADVISOR, ADMIN}:
        raise DomainError(_("Bitte wählen Sie mindestens ein Recht."), "roles")
    _invite({"email": address, "roles": wanted}, actor, None)


def _invite(content: LinkContent, actor: Actor, organisation: Organisation | None) -> None:
    key = organisation.id if organisation else None
    for earlier in _links(key):
        if content_of_link(earlier)["email"] == content["email"]:
            use_up(earlier)
    user = find_user(content["email"])
    _link, token = make_link(LinkPurpose.INVITATION, content, user=user, organisation_id=key, created_by=actor.user_id)
    letter = mails.invitation(actor.name, organisation.name if organisation else "")
    send_letter(letter, content["email"], endpoint="accounts.open_link", token=token)


def pending_invitations(organisation_id: str | None, actor: Actor) -> list[Pending]:
    """Those into an organisation, or without one those into the office; the newest first."""
    _check_may_see(organisation_id, actor)
    links = [(link, content_of_link(link)) for link in _links(organisation_id)]
    return [
        Pending(link.id, content["email"], content.get("role") or ",".join(content["roles"]), link.valid_until)
        for link, content in links
        if link.valid_until > clock.now()
    ]


def revoke_invitation(link_id: str, organisation_id: str | None, actor: Actor) -> None:
    """Its link opens nothing from now on. NotFound for an invitation of somebody else."""
    _check_may_see(organisation_id, actor)
    found = next((link for link in _links(organisation_id) if link.id == link_id), None)
    if found is None:
        raise NotFound(_("Diese Einladung gibt es nicht mehr."))
    use_up(found)


def accept_invitation(link: MailedLink, *, name: str = "", password: str = "") -> User:
    """The person belongs to the organisation or the office. Who has no account gets one, with this name and
    password; DomainError names them."""
    content = content_of_link(link)
    roles = content.get("roles") or [PROVIDER]
    user = owner_of(link) or create_user(email=content["email"], name=name, password=password, roles=roles)
    for role in set(roles) - user.roles:
        user.role_rows.append(UserRole(role=role))
    if link.organisation_id:
        seat = next((each for each in user.memberships if each.organisation_id == link.organisation_id), None)
        add_member(user.id, link.organisation_id, MANAGER if seat and seat.role == MANAGER else content["role"])
    use_up(link)
    return user


def owner_of(link: MailedLink) -> User | None:
    """Whose account the link is for, also if it came to be after the mail; None where there is none yet."""
    if link.user_id:
        return load_user(link.user_id)
    address = content_of_link(link).get("email")
    return find_user(address) if address else None


def _check_may_see(organisation_id: str | None, actor: Actor) -> None:
    if organisation_id is None:
        only_administration(actor)
    else:
        load_managed(organisation_id, actor)


def _links(organisation_id: str | None) -> list[MailedLink]:
    query = select(MailedLink).filter_by(purpose=LinkPurpose.INVITATION, organisation_id=organisation_id)
    return list(db.session.scalars(query.order_by(MailedLink.created_at.desc(), MailedLink.id)))
