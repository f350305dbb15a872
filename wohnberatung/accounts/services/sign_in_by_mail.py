"""Getting in by a mail: a link to sign in, a new password, a new address. The answer never tells who is known."""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from wohnberatung.accounts import mails, passwords
from wohnberatung.accounts.mails import AccountMail
from wohnberatung.accounts.models import LinkPurpose, MailedLink, User
from wohnberatung.accounts.services.mailed_links import content_of_link, end_links, make_link, send_letter, use_up
from wohnberatung.accounts.services.people import actor_of, end_sessions, load_user, normal_email
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db


class _Nobody(Exception):
    """Undoes what was done for an account that does not exist."""


def mail_sign_in_link(email: str) -> None:
    """Nothing tells the caller whether there is such an account."""
    _mail_to_owner(email, LinkPurpose.SIGN_IN, mails.SIGN_IN)


def mail_reset_link(email: str) -> None:
    """As `mail_sign_in_link`, for who forgot the password."""
    _mail_to_owner(email, LinkPurpose.RESET, mails.RESET)


def _mail_to_owner(email: str, purpose: LinkPurpose, letter: AccountMail) -> None:
    """Whom the city alone lets in has no password here and gets no mail, or it could not keep them out either.

    For an unknown or disabled account the same is done, so that it takes as long: a link that leads to nobody is
    stored, and the mail is written and undone."""
    address = normal_email(email)
    # Without roles and organisations, which would be read for known addresses only.
    user = db.session.scalar(select(User).where(User.email == address).options(lazyload("*")))
    known = user if user is not None and user.is_active and user.password_hash else None
    _link, token = make_link(purpose, {}, user=known)
    with suppress(_Nobody), db.session.begin_nested():
        send_letter(letter, address, endpoint="accounts.open_link", token=token)
        if known is None:
            raise _Nobody


def sign_in_by_link(link: MailedLink) -> Actor:
    """The person of the link, whose time it notes."""
    user = load_user(link.user_id)
    user.last_sign_in_at = clock.now()
    use_up(link)
    return actor_of(user)


def reset_password(link: MailedLink, password: str) -> None:
    """A new password by link; every session ends, and the owner is told. DomainError names ``password``."""
    set_password(load_user(link.user_id), password)


def set_password(user: User, password: str) -> None:
    """Check and set it, end every session and every link that is still under way, tell the owner."""
    passwords.check_new_password(password, user.email, user.name)
    user.password_hash = passwords.hash_password(password)
    end_sessions(user.id)
    end_links(user)
    send_letter(mails.PASSWORD_CHANGED, user.email)


def change_password(actor: Actor, *, current: str, password: str) -> None:
    """Set a new password and end all sessions of this person; DomainError names the field."""
    user = load_user(actor.user_id)
    check_password(user, current)
    set_password(user, password)


def request_new_email(actor: Actor, *, email: str, current: str) -> None:
    """A link to the new address; until it is used nothing changes. DomainError names the field."""
    user, address = load_user(actor.user_id), normal_email(email)
    check_password(user, current, "current_password")
    if address == user.email:
        raise DomainError("Das ist schon Ihre Adresse.", "email")
    _link, token = make_link(LinkPurpose.NEW_EMAIL, {"email": address}, user=user)
    send_letter(mails.NEW_EMAIL, address, endpoint="accounts.open_link", token=token)


def take_new_email(link: MailedLink) -> None:
    """From now on the person signs in with the new address; the old one is told."""
    user, before = load_user(link.user_id), load_user(link.user_id).email
    with explained():
        user.email = content_of_link(link)["email"]
    end_links(user)
    send_letter(mails.EMAIL_CHANGED, before)


def check_password(user: User, password: str, field: str = "current") -> None:
    """DomainError on that field unless it is the person's password."""
    if not passwords.matches(user.password_hash, password):
        raise DomainError("Das bisherige Passwort stimmt nicht.", field)
