"""Pictures are added, described, ordered and deleted by those who may change their subject."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.lengths import ALT
from wohnberatung.extensions import db
from wohnberatung.pictures import folder
from wohnberatung.pictures.encoding import Drawn
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services.looking import pictures_of, place_of
from wohnberatung.pictures.subjects import subject_of
from wohnberatung.privacy.encryption import seal_bytes
from wohnberatung.privacy.models import PersonKey

MOST_PICTURES = 30


def add_pictures(
    kind: str, subject_id: str, drawn: Sequence[Drawn], *, alt: str = "", actor: Actor | None = None
) -> list[Picture]:
    """Store drawn pictures at the end of the row, all or none; `alt` is the description of a single one.

    `actor` None is the office's own machinery. NotFound for whoever may not change the subject.
    """
    subject = subject_of(kind)
    if actor is not None:
        subject.title_for_editing(subject_id, actor)
    there = pictures_of(kind, subject_id)
    if len(there) + len(drawn) > MOST_PICTURES:
        raise DomainError(_("Mehr als %(most)s Bilder gehen nicht.", most=MOST_PICTURES), "files")
    first = max((picture.position for picture in there), default=0) + 1
    person_key = subject.seal_for(subject_id)
    added = [
        _store(Picture(subject_kind=kind, subject_id=subject_id, position=position), one, person_key, actor)
        for position, one in enumerate(drawn, start=first)
    ]
    if alt and added:
        _describe(added[0], alt)
    db.session.flush()
    return added


def describe_pictures(kind: str, subject_id: str, words: Mapping[str, str], *, actor: Actor) -> None:
    """Set the descriptions by picture id; pictures that are not named, or gone meanwhile, are left alone."""
    subject_of(kind).title_for_editing(subject_id, actor)
    for picture in pictures_of(kind, subject_id):
        if picture.id in words:
            _describe(picture, words[picture.id])
    db.session.flush()


def move_picture(kind: str, subject_id: str, picture_id: str, *, step: int, actor: Actor) -> None:
    """One place forward (−1) or back (+1); at either end it stays."""
    subject_of(kind).title_for_editing(subject_id, actor)
    row = pictures_of(kind, subject_id)
    place = next((place for place, picture in enumerate(row) if picture.id == picture_id), None)
    if place is None:
        raise NotFound(_("Dieses Bild gibt es nicht."))
    target = min(max(place + step, 0), len(row) - 1)
    row.insert(target, row.pop(place))
    for position, picture in enumerate(row, start=1):
        picture.position = position
    db.session.flush()


def delete_picture(kind: str, subject_id: str, picture_id: str, *, actor: Actor) -> None:
    """Row and files, for good; nothing happens where it is gone already."""
    subject_of(kind).title_for_editing(subject_id, actor)
    for picture in pictures_of(kind, subject_id):
        if picture.id == picture_id:
            remove(picture)
    db.session.flush()


def delete_pictures_of(kind: str, subject_id: str) -> int:
    """All pictures of a subject that is being deleted or erased; returns how many there were."""
    found = pictures_of(kind, subject_id)
    for picture in found:
        remove(picture)
    db.session.flush()
    return len(found)


def remove(picture: Picture) -> None:
    """Delete the row; the files follow when that is committed."""
    folder.remove_after_commit(picture.id)
    db.session.delete(picture)


def _store(picture: Picture, drawn: Drawn, person_key: PersonKey | None, actor: Actor | None) -> Picture:
    picture.id, picture.use, picture.media_type, picture.alt = new_id(), drawn.use, drawn.media_type, ""
    (picture.width, picture.height), (picture.small_width, picture.small_height) = drawn.size, drawn.small_size
    picture.person_key, picture.uploaded_by = person_key, actor.user_id if actor else None
    contents = {"large": drawn.large, "small": drawn.small}
    if person_key is not None:
        contents = {
            size: seal_bytes(person_key, content, place_of(picture, size)) for size, content in contents.items()
        }
    folder.write(picture.id, contents)
    db.session.add(picture)
    return picture


def _describe(picture: Picture, words: str) -> None:
    text = " ".join(words.split())
    if len(text) > ALT:
        message = _("Bitte beschreiben Sie das Bild mit höchstens %(most)s Zeichen.", most=ALT)
        raise DomainError(message, f"alt_{picture.id}")
    if picture.person_key is not None:
        picture.plain_sealed_alt = text or None
    else:
        picture.alt = text
