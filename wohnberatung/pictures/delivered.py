"""Pictures that a landlord's program delivers: drawn like any other, kept with the delivery, then hung at its home.

A picture waits with its delivery until that is taken over; one that the next delivery names no more goes back to that
delivery, so that it can be undone. Each is known by the digest of the file it was drawn from.
"""

from collections.abc import Collection
from hashlib import sha256

from sqlalchemy import select

from wohnberatung.core.constraints import ALT
from wohnberatung.extensions import db
from wohnberatung.pictures import drawing, services
from wohnberatung.pictures.drawing import Drawn
from wohnberatung.pictures.models import Picture

LARGEST_FILE = drawing.LARGEST_FILE
draw = drawing.draw


def digest_of(content: bytes) -> str:
    """The SHA-256 of the file as it was delivered."""
    return sha256(content).hexdigest()


def keep(drawn: Drawn, digest: str, alt: str, *, kind: str, subject_id: str) -> Picture:
    """Store a drawn picture, described by whoever sent it, at the end of the subject's row."""
    row = services.pictures_of(kind, subject_id)
    picture = Picture(subject_kind=kind, subject_id=subject_id, position=_end(row), digest=digest)
    services.store(picture, drawn)
    picture.alt = " ".join(alt.split())[:ALT]
    db.session.flush()
    return picture


def of_digests(kind: str, subject_id: str, digests: Collection[str]) -> dict[str, Picture]:
    """The subject's pictures that were drawn from these files."""
    found = services.pictures_of(kind, subject_id)
    return {picture.digest: picture for picture in found if picture.digest and picture.digest in digests}


def move(picture_ids: Collection[str], kind: str, subject_id: str) -> int:
    """Hang these pictures at the end of another subject's row, as many as it has room for; returns how many."""
    row = services.pictures_of(kind, subject_id)
    room = max(0, services.MOST_PICTURES - len(row))
    moved = db.session.scalars(select(Picture).where(Picture.id.in_(picture_ids))).all()
    order = {picture_id: place for place, picture_id in enumerate(picture_ids)}
    for place, picture in enumerate(sorted(moved, key=lambda picture: order[picture.id])[:room], start=_end(row)):
        picture.subject_kind, picture.subject_id, picture.position = kind, subject_id, place
    db.session.flush()
    return min(room, len(moved))


def remove(kind: str, picture_ids: Collection[str]) -> None:
    """Delete those of these pictures that still belong to this kind of subject."""
    those = select(Picture).where(Picture.id.in_(picture_ids), Picture.subject_kind == kind)
    for picture in db.session.scalars(those):
        services.remove(picture)
    db.session.flush()


def _end(row: Collection[Picture]) -> int:
    return max((picture.position for picture in row), default=0) + 1
