"""Who wants to offer something registers without being known: first by mail, then by the office."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import lazyload

from wohnberatung.accounts import mails
from wohnberatung.accounts.labels import ORGANISATION_KINDS
from wohnberatung.accounts.models import LinkContent, LinkPurpose, MailedLink, Organisation, User, UserRole
from wohnberatung.accounts.services.invitations import owner_of
from wohnberatung.accounts.services.mailed_links import VALID, content_of_link, make_link, send_letter, use_up
from wohnberatung.accounts.services.organisations import add_member, create_organisation
from wohnberatung.accounts.services.people import create_user, normal_email
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import MANAGER, PROVIDER, Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db

FIELDS = ("email", "name", "organisation", "kind", "phone", "about")


def register(values: Mapping[str, str], *, held_for: HoldReason | None = None) -> None:
    """Keep what was entered (FIELDS) until the address is confirmed, and mail the link.

    Whoever has an account already gets a mail too, in other words; the caller learns nothing. What is held sends no
    mail before the office has looked at it.

    Raises DomainError at the field for an unknown kind of organisation, or an address that cannot be one.
    """
    entered = {field: values.get(field, "").strip() for field in FIELDS}
    content: LinkContent = {
        "email": normal_email(entered["email"]),
        "name": entered["name"],
        "organisation": entered["organisation"],
        "kind": entered["kind"],
        "phone": entered["phone"],
        "about": entered["about"],
    }
    if content["kind"] not in ORGANISATION_KINDS:
        raise DomainError(_("Bitte wählen Sie eine der Arten."), "kind")
    # Without roles and organisations, which would be read for known addresses only: time would tell who is known.
    user = db.session.scalar(select(User).where(User.email == content["email"]).options(lazyload("*")))
    link, token = make_link(LinkPurpose.REGISTRATION, content, user=user, held_for=held_for)
    if not held_for:
        _send(link, token, content["email"])


def _send(link: MailedLink, token: str, address: str) -> None:
    letter = mails.REGISTRATION_KNOWN if link.user_id else mails.REGISTRATION
    send_letter(letter, address, in_dialogue=False, endpoint="accounts.open_link", token=token)


def complete_registration(link: MailedLink, *, password: str = "") -> User:
    """The address is confirmed: account and organisation exist, and the organisation waits for the office."""
    content = content_of_link(link)
    user = owner_of(link) or create_user(
        email=content["email"], name=content["name"], password=password, roles=[PROVIDER]
    )
    if PROVIDER not in user.roles:
        user.role_rows.append(UserRole(role=PROVIDER))
    contact = {"person": content["name"], "email": content["email"], "phone": content["phone"]}
    organisation = create_organisation(
        name=_free_name(content["organisation"]), kind=content["kind"], confirmed=False, contact=contact
    )
    organisation.about = content["about"]
    add_member(user.id, organisation.id, MANAGER)
    use_up(link)
    if office := setting("OFFICE_EMAIL"):
        send_letter(mails.WAITING, office, endpoint="accounts.list_organisations")
    return user


def held_registrations(actor: Actor) -> list[tuple[MailedLink, LinkContent]]:
    """What looked like spam, the oldest first, for the office."""
    only_office(actor)
    held = select(MailedLink).where(MailedLink.held_for.is_not(None)).order_by(MailedLink.created_at, MailedLink.id)
    return [(link, content_of_link(link)) for link in db.session.scalars(held)]


def release_registration(link_id: str, actor: Actor) -> None:
    """No spam: now the person gets the mail."""
    link = _held(link_id, actor)
    token = new_token()
    link.token_hash, link.held_for, link.valid_until = hash_token(token), None, clock.now() + VALID[link.purpose]
    _send(link, token, content_of_link(link)["email"])


def discard_registration(link_id: str, actor: Actor) -> None:
    """It was spam."""
    use_up(_held(link_id, actor))


def _held(link_id: str, actor: Actor) -> MailedLink:
    only_office(actor)
    link = db.session.get(MailedLink, link_id)
    if link is None or link.held_for is None:
        raise NotFound(_("Diese Anmeldung gibt es nicht mehr."))
    return link


def _free_name(name: str) -> str:
    """Nobody learns from a refusal who is registered already; the office sees both and puts it right."""
    taken = set(
        db.session.scalars(select(Organisation.name).where(Organisation.name.startswith(name, autoescape=True)))
    )
    candidates = (name, *(f"{name} ({number})" for number in range(2, 100)))
    return next(candidate for candidate in candidates if candidate not in taken)
