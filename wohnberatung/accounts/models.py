"""People who log in, organisations, and who belongs to which."""

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import CHAR, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.labels import LIVE, ORGANISATION_KINDS, REVIEWED, TRUST
from wohnberatung.core import clock
from wohnberatung.core.actors import EDITOR, LOGIN_ROLES, MEMBER_ROLES
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.extensions import Model


class User(Model, TimestampMixin):
    """A person who signs in. ``email`` is kept in lower case and is the sign-in name."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("email"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    disabled_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]

    role_rows: Mapped[list["UserRole"]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    memberships: Mapped[list["Membership"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", back_populates="user"
    )

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(row.role for row in self.role_rows)

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class UserRole(Model):
    """One role of one person: advisor, admin or provider."""

    __tablename__ = "user_roles"

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(choice(LOGIN_ROLES, 20, "known_role"), primary_key=True)


class Organisation(Model, VersionMixin, TimestampMixin):
    """A landlord, owner, initiative, association or office.

    Until the office has confirmed it (`confirmed_at`) it prepares drafts and publishes nothing; `declined_at` tells
    that it never will. `contact` holds who to ask and how, sealed, as with private owners that is a person.
    """

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(choice(ORGANISATION_KINDS, 30, "known_kind"))
    about: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    website: Mapped[str] = mapped_column(String(200), default="", server_default="")
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_contact = HouseSealed[dict[str, str] | None]("contact")
    trust: Mapped[str] = mapped_column(choice(TRUST, 10, "known_trust"), default=REVIEWED, server_default=REVIEWED)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(PublicId)
    declined_at: Mapped[datetime | None]
    memberships: Mapped[list["Membership"]] = relationship(cascade="all, delete-orphan", back_populates="organisation")

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_trusted(self) -> bool:
        return self.trust == LIVE


class Membership(Model, TimestampMixin):
    """A person acts for an organisation, as manager or editor."""

    __tablename__ = "memberships"

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(
        choice(MEMBER_ROLES, 10, "known_member_role"), default=EDITOR, server_default=EDITOR
    )
    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined")


class LinkPurpose(StrEnum):
    """What a mailed link is good for."""

    SIGN_IN = "sign_in"
    RESET = "reset"
    NEW_EMAIL = "new_email"
    INVITATION = "invitation"
    REGISTRATION = "registration"


class LinkContent(TypedDict, total=False):
    """What a mailed link is about: the address it went to, what an invitation offers, what was entered to register."""

    email: str
    role: str
    roles: list[str]
    name: str
    organisation: str
    kind: str
    phone: str
    about: str


class MailedLink(Model):
    """A link in a mail that does one thing once. The mail holds the token, the row only its hash.

    `content` is sealed: what an invitation or registration says about people. `user_id` is whom it is for, where
    there is an account already. A registration that looks like spam is `held_for` the office and sends no mail.
    """

    __tablename__ = "mailed_links"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose, 20, "known_purpose"))
    user_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = HouseSealed[LinkContent]("content")
    held_for: Mapped[str | None] = mapped_column(String(40))
    created_by: Mapped[str | None] = mapped_column(PublicId)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    valid_until: Mapped[datetime] = mapped_column(index=True)


class SecondFactor(Model):
    """A person's time-based codes: the sealed secret, and the last period a code was used in, as each counts once."""

    __tablename__ = "second_factors"

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    plain_secret = HouseSealed[str]("secret", row="user_id")
    last_period: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Identity(Model):
    """Whom an issuer of OpenID Connect calls by this subject; both together name one person for good."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Passkey(Model):
    """A key in somebody's device (WebAuthn): its public half, both as base64url, and how often it has signed."""

    __tablename__ = "passkeys"
    __table_args__ = (UniqueConstraint("credential_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400))
    public_key: Mapped[str] = mapped_column(String(1400))
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """A code for the day on which the telephone is lost; gone once used."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)


class FailedSignIn(Model):
    """How often one connection failed to get into one account, as a keyed hash, and until when it has to wait."""

    __tablename__ = "failed_sign_ins"

    subject: Mapped[str] = mapped_column(CHAR(64), primary_key=True)
    failures: Mapped[int]
    wait_until: Mapped[datetime]
    forget_at: Mapped[datetime] = mapped_column(index=True)
