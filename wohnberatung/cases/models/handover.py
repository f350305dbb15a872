"""Who stands in for whom and when, and who opened a case that was not theirs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import User
from wohnberatung.cases.models.cases import Case
from wohnberatung.core import clock
from wohnberatung.core.database import PublicId, TimestampMixin
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed


class Absence(TimestampMixin, Model):
    """From the first to the last day the stand-in works on the person's cases as if they were their own."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="period_ascends"),
        CheckConstraint("user_id <> stand_in_id", name="somebody_else"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    stand_in_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    stand_in: Mapped[User] = relationship(foreign_keys=[stand_in_id])


class CaseAccess(Model):
    """Somebody opened a case of others, with a reason (sealed with the case's key), until a moment.

    `noticed_at` is when the person responsible took note of it.
    """

    __tablename__ = "case_accesses"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    reason: Mapped[bytes] = mapped_column(LargeBinary)
    plain_reason = Sealed[str]("reason", key="case.person_key")
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime]
    noticed_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    user: Mapped[User] = relationship()
