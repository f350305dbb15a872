"""The bytes of pictures lie in the folder of the settings, and come and go with the transaction that wants them."""

import os
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wohnberatung.core.errors import DomainError
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db

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
