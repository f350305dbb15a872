"""People who log in, organisations, and who belongs to which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.kinds import LIVE, ORGANISATION_KINDS, REVIEWED, TRUST
from wohnberatung.core.actors import EDITOR, LOGIN_ROLES, MEMBER_ROLES
from wohnberatung.core.database import PublicId, TimestampMixin
from wohnberatung.core.ids import new_id
from wohnberatung.core.versions import VersionMixin
from wohnberatung.extensions import db


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class User(db.Model, TimestampMixin):
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


class UserRole(db.Model):
    """One role of one person: advisor, admin or provider."""

    __tablename__ = "user_roles"
    __table_args__ = (CheckConstraint(_one_of("role", LOGIN_ROLES), name="known_role"),)

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class Organisation(db.Model, VersionMixin, TimestampMixin):
    """A landlord, owner, initiative, association or office.

    Until the office has confirmed it (`confirmed_at`) it prepares drafts and publishes nothing; `declined_at` tells
    that it never will. `contact` holds who to ask and how, sealed, as with private owners that is a person.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint(_one_of("kind", ORGANISATION_KINDS), name="known_kind"),
        CheckConstraint(_one_of("trust", tuple(TRUST)), name="known_trust"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(30))
    about: Mapped[str] = mapped_column(String(2000), default="", server_default="")
    website: Mapped[str] = mapped_column(String(200), default="", server_default="")
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    trust: Mapped[str] = mapped_column(String(10), default=REVIEWED, server_default=REVIEWED)
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


class Membership(db.Model, TimestampMixin):
    """A person acts for an organisation, as manager or editor."""

    __tablename__ = "memberships"
    __table_args__ = (CheckConstraint(_one_of("role", MEMBER_ROLES), name="known_member_role"),)

    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(10), default=EDITOR, server_default=EDITOR)
    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(back_populates="memberships", lazy="joined")
