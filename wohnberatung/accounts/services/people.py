"""Accounts of people: made, found, given a new password, disabled."""

from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select

from wohnberatung.accounts import passwords
from wohnberatung.accounts.models import Membership, User, UserRole
from wohnberatung.core import clock
from wohnberatung.core.actors import LOGIN_ROLES, MANAGER, Actor, Seat
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
    user = find_user(email)
    fits = passwords.matches(user.password_hash if user else None, password)
    return actor_of(user) if user and fits and user.is_active else None


def record_sign_in(actor: Actor, password: str) -> None:
    """Note the time; renew a password hash made with older parameters."""
    user = load_user(actor.user_id)
    user.last_sign_in_at = clock.now()
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hash_password(password)


def load_actor(user_id: str, chosen: str | None = None) -> Actor | None:
    """The acting person of a session, for the organisation they chose; None if the account is gone or disabled."""
    user = db.session.get(User, user_id)
    return actor_of(user, chosen) if user and user.is_active else None


def create_user(
    *, email: str, name: str, password: str, roles: Iterable[str], organisation_ids: Iterable[str] = ()
) -> User:
    """A new account, manager of the organisations. DomainError names ``email``, ``name``, ``password`` or ``roles``."""
    wanted = frozenset(roles)
    if not wanted or not wanted <= set(LOGIN_ROLES):
        raise DomainError(f"Die Rolle muss eine von diesen sein: {', '.join(LOGIN_ROLES)}.", "roles")
    if not name.strip():
        raise DomainError("Bitte geben Sie einen Namen an.", "name")
    address = normal_email(email)
    passwords.check_new_password(password, address, name)
    user = User(email=address, name=name.strip(), password_hash=passwords.hash_password(password))
    user.role_rows = [UserRole(role=role) for role in sorted(wanted)]
    user.memberships = [Membership(organisation_id=key, role=MANAGER) for key in organisation_ids]
    with explained():
        db.session.add(user)
    return user


def find_user(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def load_user(user_id: str | None) -> User:
    """NotFound where there is no such account."""
    user = db.session.get(User, user_id) if user_id else None
    if user is None:
        raise NotFound("Dieses Konto gibt es nicht.")
    return user


def disable_user(user_id: str) -> None:
    """The account ends at once: no further sign-in, and every session is gone."""
    load_user(user_id).disabled_at = clock.now()
    end_sessions(user_id)


def end_sessions(user_id: str) -> None:
    """Sign the person out everywhere."""
    db.session.execute(delete(WebSession).where(WebSession.user_id == user_id))
    db.session.flush()


def actor_of(user: User, chosen: str | None = None) -> Actor:
    """The person as services see them; organisations that the office declined count for nothing."""
    seats = [_seat(membership) for membership in user.memberships if membership.organisation.declined_at is None]
    ordered = tuple(sorted(seats, key=lambda seat: seat.name.casefold()))
    return Actor(user.id, user.name, user.email, user.roles, ordered, chosen)


def _seat(membership: Membership) -> Seat:
    organisation = membership.organisation
    return Seat(
        organisation.id,
        organisation.name,
        membership.role,
        confirmed=organisation.is_confirmed,
        trusted=organisation.is_trusted,
    )
