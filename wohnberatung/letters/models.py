"""Templates of letters in versions, and the letters that were written."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.cases.models import Case
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.letters.kinds import KINDS
from wohnberatung.papers import LetterPaper
from wohnberatung.privacy.encryption import Sealed


class LetterTemplate(TimestampMixin, Model):
    """One version of a template; the highest number is in use. Versions are added, never changed."""

    __tablename__ = "letter_templates"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(choice(KINDS, 20, "kind_known"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id"), index=True)


class Letter(TimestampMixin, Model):
    """A letter as it was written, never changed. `content` (what was filled in, and the parts of the paper) and the
    `pdf` are sealed with the key of the case. `template_number` 0 is the template an office begins with."""

    __tablename__ = "letters"

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(choice(KINDS, 20, "kind_known"))
    template_number: Mapped[int]
    written_on: Mapped[date]
    written_by: Mapped[str] = mapped_column(PublicId, ForeignKey("users.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    plain_content = Sealed[LetterPaper]("content", key="case.person_key")
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    plain_pdf = Sealed[bytes]("pdf", key="case.person_key", raw=True)

    case: Mapped[Case] = relationship()
