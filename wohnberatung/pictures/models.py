"""The rows of pictures, whose bytes lie in the folder of the settings, named by the row's random id; and what
pictures can belong to: those areas above this one declare who may do what."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CHAR, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import ALT
from wohnberatung.core.database import PublicId, TimestampMixin, choice
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.manifests import Declared, areas
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
    bytes and words are sealed for that person: `sealed_alt` then takes the place of `alt`. `digest` is the SHA-256 of
    the file that came with a delivery; "" where a person chose the picture.
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
    digest: Mapped[str] = mapped_column(CHAR(64), default="", server_default="")

    person_key: Mapped[PersonKey | None] = relationship()

    @property
    def is_sealed(self) -> bool:
        return self.person_key_id is not None


def _nobody(_subject_id: str) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class PictureSubject(Declared):
    """One kind of subject.

    `title_for_editing(id, actor)` is its title for people who may change its pictures; it raises NotFound for all
    others, as if there were none. `is_public(id)`: whether anybody may see the pictures that are described.
    `page` and `argument` name the page to go back to. `seal_for(id)` is the key of the person whom the pictures
    are about: they are stored sealed and never shown to anybody else than those who may change them.
    """

    kind: str
    title_for_editing: Callable[[str, Actor], str]
    page: str
    argument: str
    is_public: Callable[[str], bool] = lambda _subject_id: False
    seal_for: Callable[[str], PersonKey | None] = _nobody
    note: Any = ""


def subject_about_people() -> PictureSubject:
    """The first kind whose pictures are sealed for a person."""
    return next(subject for area in areas() for subject in area.picture_subjects if subject.seal_for is not _nobody)


def subject_of(kind: str) -> PictureSubject:
    """As an area declares it; NotFound for a kind that none declares."""
    for area in areas():
        for subject in area.picture_subjects:
            if subject.kind == kind:
                return subject
    raise NotFound(_("Diese Bilder gibt es nicht."))
