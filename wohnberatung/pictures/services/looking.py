"""Which pictures there are, and their bytes for those who may see them."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.pictures import folder
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.subjects import PictureSubject, subject_of
from wohnberatung.privacy.encryption import open_bytes


@dataclass(frozen=True)
class ShownPicture:
    """A picture with the words for those who do not see it; `alt` is empty where nobody has described it yet."""

    picture: Picture
    alt: str

    @property
    def id(self) -> str:
        return self.picture.id


@dataclass(frozen=True)
class Album:
    """All pictures of one subject for somebody who may change them."""

    subject: PictureSubject
    subject_id: str
    title: str
    pictures: tuple[ShownPicture, ...]

    @property
    def undescribed(self) -> int:
        """How many nobody from outside sees, because words are missing."""
        return sum(not shown.alt for shown in self.pictures)


def pictures_of(kind: str, subject_id: str) -> list[Picture]:
    """All of them in their order; the caller has checked who asks."""
    of_subject = select(Picture).where(Picture.subject_kind == kind, Picture.subject_id == subject_id)
    return list(db.session.scalars(of_subject.order_by(Picture.position, Picture.id)))


def shown_pictures(kind: str, subject_id: str) -> tuple[ShownPicture, ...]:
    """What anybody may see of a subject that is public: described pictures that are about no person."""
    found = pictures_of(kind, subject_id)
    return tuple(ShownPicture(picture, picture.alt) for picture in found if picture.alt and not picture.is_sealed)


def album(kind: str, subject_id: str, actor: Actor) -> Album:
    """For changing them; NotFound for whoever may not."""
    subject = subject_of(kind)
    title = subject.title_for_editing(subject_id, actor)
    pictures = tuple(ShownPicture(picture, alt_of(picture)) for picture in pictures_of(kind, subject_id))
    return Album(subject, subject_id, title, pictures)


def alt_of(picture: Picture) -> str:
    """The words, opened where they are sealed."""
    return picture.alt if picture.person_key is None else picture.plain_sealed_alt or picture.alt


def bytes_for(picture_id: str, size: str, actor: Actor) -> tuple[Picture, bytes]:
    """The picture and its bytes; NotFound where there is none, or none for this person."""
    picture = db.session.get(Picture, picture_id)
    if picture is None or size not in folder.SIZES or not _may_see(picture, actor):
        raise _gone()
    return picture, bytes_of(picture, size)


def bytes_of(picture: Picture, size: str = "large") -> bytes:
    """`large` or `small`, opened where sealed; the caller has checked who asks. NotFound where the file is gone."""
    content = folder.read(picture.id, size)
    if content is None:
        raise _gone()
    return open_bytes(picture.person_key, content, place_of(picture, size)) if picture.person_key else content


def place_of(picture: Picture, part: str) -> str:
    """Where something sealed belongs."""
    return f"pictures|{part}|{picture.id}"


def _may_see(picture: Picture, actor: Actor) -> bool:
    subject = subject_of(picture.subject_kind)
    if picture.alt and not picture.is_sealed and subject.is_public(picture.subject_id):
        return True
    try:
        subject.title_for_editing(picture.subject_id, actor)
    except DomainError:
        return False
    return True


def _gone() -> NotFound:
    return NotFound(_("Dieses Bild gibt es nicht."))
