"""Pictures are added, described, ordered, deleted, shown to those who may see them, and swept up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, tuple_

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.constraints import ALT
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.pictures import files
from wohnberatung.pictures.drawing import Drawn
from wohnberatung.pictures.models import Picture, PictureSubject, subject_about_people, subject_of
from wohnberatung.privacy.encryption import open_bytes, seal_bytes
from wohnberatung.privacy.models import PersonKey


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


def pictures_of(kind: str, subject_id: str) -> list[Picture]:
    """All of them in their order; the caller has checked who asks."""
    of_subject = select(Picture).where(Picture.subject_kind == kind, Picture.subject_id == subject_id)
    return list(db.session.scalars(of_subject.order_by(Picture.position, Picture.id)))


def shown_pictures(kind: str, subject_id: str) -> tuple[ShownPicture, ...]:
    """What anybody may see of a subject that is public: described pictures that are about no person."""
    found = pictures_of(kind, subject_id)
    return tuple(ShownPicture(picture, picture.alt) for picture in found if picture.alt and not picture.is_sealed)


def first_pictures(subjects: Collection[tuple[str, str]]) -> dict[tuple[str, str], ShownPicture]:
    """Of each (kind, id) the first of those that `shown_pictures` would show, in one query."""
    asked = select(Picture).where(
        tuple_(Picture.subject_kind, Picture.subject_id).in_(subjects),
        Picture.alt != "",
        Picture.person_key_id.is_(None),
    )
    # The last of a key stays in a dictionary, so that the first one comes last.
    ordered = db.session.scalars(asked.order_by(Picture.position.desc(), Picture.id.desc()))
    return {(picture.subject_kind, picture.subject_id): ShownPicture(picture, picture.alt) for picture in ordered}


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
    seen = _may_see(picture or _nobodys(picture_id), actor)
    if picture is None or size not in files.SIZES or not seen:
        raise _gone()
    return picture, bytes_of(picture, size)


def bytes_of(picture: Picture, size: str = "large") -> bytes:
    """`large` or `small`, opened where sealed; the caller has checked who asks. NotFound where the file is gone."""
    content = files.read(picture.id, size)
    if content is None:
        raise _gone()
    return open_bytes(picture.person_key, content, place_of(picture, size)) if picture.person_key else content


def place_of(picture: Picture, part: str) -> str:
    """Where something sealed belongs: alternative text is a Sealed column, the bytes of a picture lie in files, and no
    row knows their content."""
    return f"pictures|{part}|{picture.id}"


def _nobodys(picture_id: str) -> Picture:
    """Stands for one that does not exist: the same is asked as for one of a home that this person may not know of, as
    time would tell which it is."""
    return Picture(subject_kind=subject_about_people().kind, subject_id=picture_id, alt="")


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


MOST_PICTURES = 30


def add_pictures(
    kind: str, subject_id: str, drawn: Sequence[Drawn], *, alt: str = "", actor: Actor | None = None
) -> list[Picture]:
    """Store drawn pictures at the end of the row, all or none; `alt` is the description of a single one.

    `actor` None is the office's own machinery. NotFound for whoever may not change the subject.

    Raises DomainError at `files` where that would be too many.
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
        store(Picture(subject_kind=kind, subject_id=subject_id, position=position), one, person_key, actor)
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
    """One place forward (−1) or back (+1); at either end it stays.

    Raises NotFound where there is no such picture, or none that this person may change.
    """
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


def delete_pictures_about(person_key: PersonKey) -> None:
    """Those that are sealed for a person who is being erased: files that nobody can open are still files about them."""
    for picture in db.session.scalars(select(Picture).where(Picture.person_key_id == person_key.id)):
        remove(picture)
    db.session.flush()


def reseal_pictures(kind: str, subject_id: str) -> None:
    """The subject belongs to somebody else now: its pictures are sealed for them, as new ones, since the file of a row
    must fit whether this is committed or not."""
    person_key = subject_of(kind).seal_for(subject_id)
    for old in pictures_of(kind, subject_id):
        if old.person_key is not None and old.person_key is not person_key:
            sizes = (old.width, old.height), (old.small_width, old.small_height)
            drawn = Drawn(old.use, old.media_type, bytes_of(old, "large"), bytes_of(old, "small"), *sizes)
            new = store(Picture(subject_kind=kind, subject_id=subject_id, position=old.position), drawn, person_key)
            new.uploaded_by = old.uploaded_by
            _describe(new, alt_of(old))
            remove(old)
    db.session.flush()


def remove(picture: Picture) -> None:
    """Delete the row; the files follow when that is committed."""
    files.remove_after_commit(picture.id)
    db.session.delete(picture)


def store(picture: Picture, drawn: Drawn, person_key: PersonKey | None = None, actor: Actor | None = None) -> Picture:
    """Fill the row of a new picture and write its files; the caller has checked who may."""
    picture.id, picture.use, picture.media_type, picture.alt = new_id(), drawn.use, drawn.media_type, ""
    (picture.width, picture.height), (picture.small_width, picture.small_height) = drawn.size, drawn.small_size
    picture.person_key, picture.uploaded_by = person_key, actor.user_id if actor else None
    contents = {"large": drawn.large, "small": drawn.small}
    if person_key is not None:
        contents = {
            size: seal_bytes(person_key, content, place_of(picture, size)) for size, content in contents.items()
        }
    files.write(picture.id, contents)
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


# Longer than any upload takes, whose row is not committed yet.
LEFT_ALONE = timedelta(hours=1)


def sweep() -> int:
    """Delete files of the folder without a row that are older than an hour; returns how many."""
    if not setting("PICTURES_DIR"):
        return 0
    before = clock.now() - LEFT_ALONE
    known = set(db.session.scalars(select(Picture.id)))
    lost = [
        path
        for path in files.all_files()
        if path.name.partition(".")[0] not in known and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
