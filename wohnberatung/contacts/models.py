"""Tables of contact persons and of questions to them."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import User
from wohnberatung.contacts.topics import ContactTopic
from wohnberatung.core.changes import VersionMixin
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model


class ContactPerson(VersionMixin, TimestampMixin, Model):
    """Somebody of the office whom everybody may ask. `quarters` are names of Stadtbezirke, `topics` keys of
    ContactTopic; either empty: all of them. Absence and stand-in are those of the advisor (`cases.models.Absence`)."""

    __tablename__ = "contact_persons"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id", ondelete="CASCADE"), index=True)
    duty: Mapped[str] = mapped_column(String(160), default="")
    quarters: Mapped[list[str]] = mapped_column(JSON, default=list)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    phone: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    hours: Mapped[str] = mapped_column(String(300), default="")
    active: Mapped[bool] = mapped_column(default=True, index=True)

    user: Mapped[User] = relationship()


class ContactQuestion(TimestampMixin, Model):
    """To whom an enquiry was put, and until when it must have an answer. `place` is the code of a neighbourhood."""

    __tablename__ = "contact_questions"

    enquiry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("enquiries.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    place: Mapped[str | None] = mapped_column(String(40))
    topic: Mapped[ContactTopic] = mapped_column(choice(ContactTopic, 20, "topic_known"))
    due_on: Mapped[date] = mapped_column(index=True)

    contact: Mapped[ContactPerson | None] = relationship()
