"""Use cases of accounts. They flush and never commit."""

from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select

from wohnberatung.accounts import passwords
from wohnberatung.accounts.models import ORGANISATION_KINDS, Membership, Organisation, User, UserRole
from wohnberatung.core import clock
from wohnberatung.core.actors import LOGIN_ROLES, Actor
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.models import WebSession
from wohnberatung.extensions import db


def normal_email(text: str) -> str:
    """The address as we keep it (lower case); DomainError on ``email`` if it cannot be one."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise DomainError(
            "Das ist keine vollständige E-Mail-Adresse, zum Beispiel name@beispiel.de.", "email"
        ) from error
    return found.normalized.lower()


def authenticate(email: str, password: str) -> Actor | None:
    """Who this is, or None: the same answer after the same time for a wrong password, an unknown address
    and a disabled account."""
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    fits = passwords.matches(user.password_hash if user else None, password)
    return _actor(user) if user and fits and user.is_active else None


def record_sign_in(actor: Actor, password: str) -> None:
    """Note the time; renew a password hash made with older parameters."""
    user = _user(actor.user_id)
    user.last_sign_in_at = clock.now()
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hash_password(password)


def load_actor(user_id: str) -> Actor | None:
    """The acting person of a session; None if the account is gone or disabled."""
    user = db.session.get(User, user_id)
    return _actor(user) if user and user.is_active else None


def create_user(
    *, email: str, name: str, password: str, roles: Iterable[str], organisation_ids: Iterable[str] = ()
) -> User:
    """A new account. DomainError names ``email``, ``name``, ``password`` or ``roles``."""
    wanted = frozenset(roles)
    if not wanted or not wanted <= set(LOGIN_ROLES):
        raise DomainError(f"Die Rolle muss eine von diesen sein: {', '.join(LOGIN_ROLES)}.", "roles")
    if not name.strip():
        raise DomainError("Bitte geben Sie einen Namen an.", "name")
    address = normal_email(email)
    passwords.check_new_password(password, address, name)
    user = User(email=address, name=name.strip(), password_hash=passwords.hash_password(password))
    user.role_rows = [UserRole(role=role) for role in sorted(wanted)]
    user.memberships = [Membership(organisation_id=key) for key in organisation_ids]
    with explained():
        db.session.add(user)
    return user


def change_password(actor: Actor, *, current: str, password: str) -> None:
    """Set a new password and end all sessions of this person; DomainError names the field."""
    user = _user(actor.user_id)
    if not passwords.matches(user.password_hash, current):
        raise DomainError("Das bisherige Passwort stimmt nicht.", "current")
    passwords.check_new_password(password, user.email, user.name)
    user.password_hash = passwords.hash_password(password)
    end_sessions(user.id)


def create_organisation(*, name: str, kind: str) -> Organisation:
    """A new organisation of one of ORGANISATION_KINDS."""
    if kind not in ORGANISATION_KINDS:
        raise DomainError(f"Die Art muss eine von diesen sein: {', '.join(ORGANISATION_KINDS)}.", "kind")
    if not name.strip():
        raise DomainError("Bitte geben Sie einen Namen an.", "name")
    organisation = Organisation(name=name.strip(), kind=kind)
    with explained():
        db.session.add(organisation)
    return organisation


def add_member(user_id: str, organisation_id: str) -> None:
    """The person may act for the organisation from now on."""
    db.session.merge(Membership(user_id=user_id, organisation_id=organisation_id))
    db.session.flush()


def find_user(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def disable_user(user_id: str) -> None:
    """The account ends at once: no further sign-in, and every session is gone."""
    _user(user_id).disabled_at = clock.now()
    end_sessions(user_id)


def end_sessions(user_id: str) -> None:
    """Sign the person out everywhere."""
    db.session.execute(delete(WebSession).where(WebSession.user_id == user_id))
    db.session.flush()


def _actor(user: User) -> Actor:
    organisations = frozenset(membership.organisation_id for membership in user.memberships)
    return Actor(user.id, user.name, user.email, user.roles, organisations)


def _user(user_id: str | None) -> User:
    user = db.session.get(User, user_id) if user_id else None
    if user is None:
        raise NotFound("Dieses Konto gibt es nicht.")
    return user
