"""What administrators do with accounts, the office with organisations; what is told of an account."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, or_, select

from wohnberatung.accounts import mails
from wohnberatung.accounts.models import Identity, MailedLink, Organisation, User, UserRole
from wohnberatung.accounts.services.invitations import owner_of
from wohnberatung.accounts.services.mailed_links import content_of_link, send_letter
from wohnberatung.accounts.services.organisations import (
    confirm_organisation,
    load_organisation,
    waiting_organisations,
)
from wohnberatung.accounts.services.passkeys import list_passkeys
from wohnberatung.accounts.services.people import disable_user, end_sessions, load_user
from wohnberatung.accounts.services.second_factor import has_second_factor, remove_second_factor
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, LOGIN_ROLES, Actor, only_administration, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.core.models import WebSession
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.extensions import db


def list_people(actor: Actor, sought: str = "", number: int = 1) -> Page[User]:
    """Accounts by name, for administrators; `sought` is part of a name or an address."""
    only_administration(actor)
    query = select(User).order_by(func.lower(User.name), User.id)
    if sought.strip():
        part = sought.strip()
        query = query.where(
            or_(User.name.icontains(part, autoescape=True), User.email.icontains(part, autoescape=True))
        )
    return paginate(db.session, query, number)


def load_person(user_id: str, actor: Actor) -> User:
    only_administration(actor)
    return load_user(user_id)


def set_roles(user_id: str, roles: Iterable[str], actor: Actor) -> None:
    """Exactly these roles from now on; one administrator stays, and nobody takes their own right away.

    Raises DomainError at `roles` for an unknown role, none at all, or taking away one's own right;
    Forbidden for who does not administrate; NotFound where there is no such person.
    """
    user, wanted = load_person(user_id, actor), set(roles)
    if not wanted <= set(LOGIN_ROLES):
        raise DomainError(_("Bitte wählen Sie aus den angebotenen Rechten."), "roles")
    if not wanted:
        raise DomainError(_("Ohne ein Recht kann die Person nichts tun. Sperren Sie das Konto stattdessen."), "roles")
    if user_id == actor.user_id and ADMIN not in wanted:
        raise DomainError(_("Ihr eigenes Verwaltungsrecht kann Ihnen nur jemand anderes nehmen."), "roles")
    user.role_rows[:] = [row for row in user.role_rows if row.role in wanted] + [
        UserRole(role=role) for role in sorted(wanted - user.roles)
    ]
    db.session.flush()


def disable_person(user_id: str, actor: Actor) -> None:
    """The account ends at once.

    Raises DomainError for one's own, Forbidden for who does not administrate, NotFound where there is no such person.
    """
    load_person(user_id, actor)
    if user_id == actor.user_id:
        raise DomainError(_("Ihr eigenes Konto kann nur jemand anderes sperren."))
    disable_user(user_id)


def enable_person(user_id: str, actor: Actor) -> None:
    """The person may sign in again."""
    load_person(user_id, actor).disabled_at = None
    db.session.flush()


def reset_second_factor(user_id: str, actor: Actor) -> None:
    """For somebody who lost telephone and recovery codes, after a call; their sessions end."""
    remove_second_factor(load_person(user_id, actor))
    end_sessions(user_id)


def list_organisations(actor: Actor, waiting: bool = False, number: int = 1) -> Page[Organisation]:
    """For the office: those that wait, the longest waiting first, or all by name."""
    only_office(actor)
    by_name = select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)
    return paginate(db.session, waiting_organisations() if waiting else by_name, number)


def decide_organisation(organisation_id: str, actor: Actor, *, trust: str, version: int | None) -> Organisation:
    """Confirm, or change the trust of one that is confirmed. Who is confirmed now is told by mail. Conflict where
    somebody else was faster."""
    only_office(actor)
    before = load_organisation(organisation_id, actor)
    check_version(before, version)
    was_confirmed = before.is_confirmed
    organisation = confirm_organisation(organisation_id, actor, trust=trust)
    if not was_confirmed:
        _tell_members(organisation, mails.CONFIRMED, "accounts.sign_in")
    return organisation


def decline_organisation(organisation_id: str, actor: Actor) -> None:
    """The office does not take them; told in neutral words, once.

    Raises DomainError where it is confirmed already, Forbidden outside the office, NotFound where there is none.
    """
    only_office(actor)
    organisation = load_organisation(organisation_id, actor)
    if organisation.is_confirmed:
        raise DomainError(_("Diese Organisation ist schon bestätigt."))
    if organisation.declined_at is None:
        organisation.declined_at = clock.now()
        db.session.flush()
        _tell_members(organisation, mails.DECLINED)


def _tell_members(organisation: Organisation, letter: mails.AccountMail, endpoint: str = "") -> None:
    for membership in organisation.memberships:
        if membership.user.is_active:
            send_letter(letter, membership.user.email, endpoint=endpoint)


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


def stored_about_user(actor: Actor) -> ExportedRecord:
    """Everything the tables of accounts hold about the person."""
    user = load_user(actor.user_id)
    sessions = db.session.scalars(select(WebSession).where(WebSession.user_id == user.id))
    identities = db.session.scalars(select(Identity).where(Identity.user_id == user.id))
    return {
        "name": user.name,
        "email": user.email,
        "roles": sorted(user.roles),
        "created_at": user.created_at.isoformat(),
        "last_sign_in_at": user.last_sign_in_at.isoformat() if user.last_sign_in_at else None,
        "city_accounts": [{"issuer": row.issuer, "subject": row.subject} for row in identities],
        "passkeys": [{"name": row.name, "created_at": row.created_at.isoformat()} for row in list_passkeys(user.id)],
        "second_factor": has_second_factor(user.id),
        "organisations": [{"name": seat.name, "role": seat.role} for seat in actor.seats],
        "sessions": [{"began": row.created_at.isoformat(), "used": row.last_seen_at.isoformat()} for row in sessions],
    }
