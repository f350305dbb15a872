"""People who sign in with the account of their city: known by the issuer's subject, never by an address.

An address can be given to somebody else; the subject is the issuer's own name for one person for good (OpenID Connect
Core 1.0, section 5.7).
"""

from collections.abc import Set as AbstractSet
from typing import Protocol

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import Identity, User, UserRole
from wohnberatung.accounts.services.people import actor_of, find_user, load_user, normal_email
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, ADVISOR, Actor
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db

CREATE = "create"
# What a city's claims decide; who offers homes is decided here.
OF_THE_CITY = frozenset({ADMIN, ADVISOR})


class Promised(Protocol):
    """What the provider says of a person, see `accounts.provider.CityPerson`."""

    @property
    def issuer(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> frozenset[str] | None: ...


def sign_in_from_city(promised: Promised) -> Actor:
    """The person of that subject, with the rights that the claims give today.

    DomainError in clear words for a person nobody knows (unless the operator lets accounts be made), a disabled account
    and claims that give no right here.
    """
    user = _user_of(promised) or _new_user(promised)
    if not user.is_active:
        raise DomainError(_("Ihr Konto in der Wohnberatung ist gesperrt. Bitte wenden Sie sich an die Verwaltung."))
    _take_roles(user, promised.roles)
    user.last_sign_in_at = clock.now()
    db.session.flush()
    return actor_of(user)


def link_to_city(actor: Actor, promised: Promised) -> None:
    """From now on this subject signs in to the person's account. DomainError where it is somebody else's already."""
    known = _user_of(promised)
    if known is not None and known.id != actor.user_id:
        raise DomainError(_("Dieses Konto der Stadt gehört hier schon zu einem anderen Konto."))
    if known is None:
        _link(load_user(actor.user_id), promised)


def unlink_from_city(actor: Actor) -> None:
    """DomainError for who has no password here: they would be kept out for good."""
    user = load_user(actor.user_id)
    if not user.password_hash:
        raise DomainError(_("Ihr Konto hat hier kein eigenes Passwort. Lösen lässt sich die Verbindung deshalb nicht."))
    connected = _identities(user.id)
    if not connected:
        raise DomainError(_("Ihr Konto ist mit keinem Konto der Stadt verbunden."))
    for identity in connected:
        db.session.delete(identity)
    db.session.flush()


def is_linked(actor: Actor) -> bool:
    return bool(_identities(actor.user_id or ""))


def _identities(user_id: str) -> list[Identity]:
    return list(db.session.scalars(select(Identity).where(Identity.user_id == user_id)))


def _user_of(promised: Promised) -> User | None:
    same = (Identity.issuer == promised.issuer) & (Identity.subject == promised.subject)
    return db.session.scalar(select(User).join(Identity).where(same))


def _link(user: User, promised: Promised) -> None:
    with explained():
        db.session.add(Identity(user_id=user.id, issuer=promised.issuer, subject=promised.subject))


def _new_user(promised: Promised) -> User:
    if setting("OIDC_UNKNOWN") != CREATE:
        raise DomainError(
            _(
                "Zu Ihrem Konto der Stadt gibt es hier noch keines. Haben Sie eines? Melden Sie sich mit Ihrem Passwort"
                " an und verbinden Sie beide unter „Mein Konto“. Sonst wenden Sie sich bitte an die Verwaltung."
            )
        )
    if not promised.email:
        raise DomainError(_("Ihre Stadt hat keine E-Mail-Adresse mitgeteilt. Bitte wenden Sie sich an die Verwaltung."))
    address = normal_email(promised.email)
    if find_user(address) is not None:
        raise DomainError(
            _(
                "Mit Ihrer E-Mail-Adresse gibt es hier schon ein Konto. Melden Sie sich mit Ihrem Passwort an und"
                " verbinden Sie beide unter „Mein Konto“."
            )
        )
    # Without a password: the city alone lets in, and keeps out.
    user = User(email=address, name=promised.name, password_hash="")
    if not promised.roles:
        user.role_rows = [UserRole(role=ADVISOR)] if promised.roles is None else []
    with explained():
        db.session.add(user)
    db.session.flush()
    _link(user, promised)
    return user


def _take_roles(user: User, roles: AbstractSet[str] | None) -> None:
    """Exactly what the claims give; rights that are not the city's stay."""
    if roles is None:
        return
    wanted = (roles & OF_THE_CITY) | (user.roles - OF_THE_CITY)
    if not wanted:
        raise DomainError(_("Ihr Konto der Stadt hat hier kein Recht. Bitte wenden Sie sich an die Verwaltung."))
    user.role_rows[:] = [row for row in user.role_rows if row.role in wanted] + [
        UserRole(role=role) for role in sorted(wanted - user.roles)
    ]
