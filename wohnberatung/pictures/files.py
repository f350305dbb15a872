"""A file from outside becomes a picture of our own, read with limits; its bytes lie in the folder of the settings."""

import io
import os
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from flask_babel import gettext as _
from PIL import Image, ImageOps
from sqlalchemy.orm import Session

from wohnberatung.core.errors import DomainError
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.pictures.models import Use

MEGABYTE = 1024 * 1024
LARGEST_FILE = 15 * MEGABYTE
# A telephone of these days makes 50 megapixels. A JPEG is decoded at a fraction of them; anything else is decoded
# whole, four bytes a pixel, for a moment.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = {Use.PHOTO: 1920, Use.PLAN: 2400}
SMALL_SIDE = 480
QUALITY = 82
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, MemoryError)
_TOO_MANY_PIXELS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be stored: both sizes as bytes of `media_type`, with their (width, height) in pixels."""

    use: Use
    media_type: str
    large: bytes
    small: bytes
    size: tuple[int, int]
    small_size: tuple[int, int]


def draw(content: bytes, use: str) -> Drawn:
    """Read a JPEG, PNG or WebP file, told by its content. DomainError on `files` says what is wrong with it."""
    use = Use(use)
    if len(content) > LARGEST_FILE:
        message = _(
            "Eine Datei darf höchstens %(most)s MB groß sein. Bitte verkleinern Sie das Bild.",
            most=LARGEST_FILE // MEGABYTE,
        )
        raise DomainError(message, "files")
    try:
        upright = _upright(content, LONGEST_SIDE[use])
    except _TOO_MANY_PIXELS as error:
        raise _too_large() from error
    except _UNREADABLE as error:
        raise DomainError(
            _("Das ist kein Bild, das wir lesen können. Möglich sind JPEG, PNG und WebP."), "files"
        ) from error
    small = upright.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), reducing_gap=2.0)
    media_type = "image/png" if use is Use.PLAN else "image/jpeg"
    return Drawn(use, media_type, _encoded(upright, use), _encoded(small, use), upright.size, small.size)


def _upright(content: bytes, longest: int) -> Image.Image:
    """The first frame in RGB on white, turned as its EXIF says, at most so many pixels a side."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS[image.format or FORMATS[0]]:
            raise _too_large()
        # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
        image.draft("RGB", (longest, longest))
        image.load()
        turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest, longest), reducing_gap=2.0)
    if turned.has_transparency_data:
        white = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(white, turned.convert("RGBA"))
    return turned.convert("RGB")


def _encoded(image: Image.Image, use: Use) -> bytes:
    stream = io.BytesIO()
    # A fresh image carries none of what the file said about itself.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    if use is Use.PLAN:
        bare.quantize(64).save(stream, "PNG", optimize=True)
    else:
        bare.save(stream, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return stream.getvalue()


def _too_large() -> DomainError:
    message = _("Das Bild hat zu viele Bildpunkte. Möglich sind 50 Megapixel als JPEG, sonst 25.")
    return DomainError(message, "files")


SIZES = ("large", "small")
_NEW, _DELETED = "pictures_new", "pictures_deleted"


def path_of(picture_id: str, size: str) -> Path:
    """Where one size of a picture lies; a thousand folders keep each of them short."""
    return _folder() / picture_id[:2] / f"{picture_id}.{size}"


def write(picture_id: str, contents: dict[str, bytes]) -> None:
    """Store the bytes of each size, to be gone again if the present transaction fails."""
    for size, content in contents.items():
        path = path_of(picture_id, size)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _remember(_NEW, [path])
        _write_whole(path, content)


def read(picture_id: str, size: str) -> bytes | None:
    """The bytes; None where the file is gone."""
    try:
        return path_of(picture_id, size).read_bytes()
    except FileNotFoundError:
        return None


def remove_after_commit(picture_id: str) -> None:
    """Take the files away once the row is gone for good."""
    _remember(_DELETED, [path_of(picture_id, size) for size in SIZES])


def all_files() -> Iterable[Path]:
    """Everything that lies in the folder."""
    return (path for path in _folder().glob("*/*") if path.is_file())


def _write_whole(path: Path, content: bytes) -> None:
    """Under another name first, so that no reader and no crash meets half a file."""
    draft = path.with_name(f"{path.name}.{token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _folder() -> Path:
    folder = setting("PICTURES_DIR")
    if not folder:
        raise DomainError(_("Auf diesem Server ist kein Ordner für Bilder eingerichtet."), "files")
    return Path(folder)


def _remember(list_name: str, paths: list[Path]) -> None:
    db.session.info.setdefault(list_name, []).extend(paths)


def delete_removed(session: Session) -> None:
    """After a commit: files of pictures that are gone."""
    _end(session, remove=_DELETED)


def delete_added(session: Session) -> None:
    """After a rollback: files of pictures that never came to be."""
    _end(session, remove=_NEW)


def _end(session: Session, remove: str) -> None:
    """A savepoint decides nothing; the end of the whole transaction does."""
    if session.in_nested_transaction():
        return
    lists: dict[str, Any] = {name: session.info.pop(name, []) for name in (_NEW, _DELETED)}
    for path in lists[remove]:
        path.unlink(missing_ok=True)
