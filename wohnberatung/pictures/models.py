"""The rows of pictures; their bytes lie in the folder of the settings, named by the row's random id."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core.constraints import ALT
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import Model
from wohnberatung.privacy.encryption import Sealed
from wohnberatung.privacy.models import PersonKey


class Use(StrEnum):
    """What a picture is: a photo may lose detail, the lines of a plan may not."""

    PHOTO = "photo"
    PLAN = "plan"


class Picture(TimestampMixin, Model):
    """One picture of a subject, `(subject_kind, subject_id)`, in the order of `position`.

    `alt` says in words what is to be seen; without it nobody from outside sees the picture. With a `person_key`
    bytes and words are sealed for that person: `sealed_alt` then takes the place of `alt`.
    """

    __tablename__ = "pictures"
    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(PublicId)
    use: Mapped[Use] = mapped_column(choice(Use, 10, "use_known"), default=Use.PHOTO)
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(String(ALT), default="")
    sealed_alt: Mapped[bytes | None] = mapped_column(LargeBinary)
    plain_sealed_alt = Sealed[str | None]("sealed_alt", part="alt")
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    small_width: Mapped[int]
    small_height: Mapped[int]
    person_key_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("person_keys.id"), index=True)
    uploaded_by: Mapped[str | None] = mapped_column(PublicId)

    person_key: Mapped[PersonKey | None] = relationship()

    @property
    def is_sealed(self) -> bool:
        return self.person_key_id is not None
