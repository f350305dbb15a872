"""Which people were erased, in a file outside of the database: a backup from before is not to bring them back.

A line for each: the moment, ``key`` or ``row``, and a random id that tells nothing to anybody without the database.
Written once the erasure is kept; what a crash left out comes in with the next backup, from the empty keys themselves.
"""

import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from wohnberatung.core import clock
from wohnberatung.core.database import Base
from wohnberatung.core.manifests import areas, erase
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.privacy.models import PersonKey

KEY, ROW = "key", "row"
_NOTED = "erasures_noted"
_LINE = re.compile(r"(\S+) (key|row) ([0-9A-Za-z]{26})")


class Erasure(NamedTuple):
    """`kind` is KEY (a person's data key) or ROW (a row that stood for a person)."""

    kind: str
    id: str


@runtime_checkable
class Holdable(Protocol):
    """A row that may have to be kept whatever its person wants."""

    legal_hold: bool


class BrokenJournal(ValueError):
    """A line that cannot be read: whom it names would come back."""


def note_key(person_key: PersonKey) -> None:
    db.session.info.setdefault(_NOTED, []).append(Erasure(KEY, person_key.id))


def note_row(row_id: str) -> None:
    db.session.info.setdefault(_NOTED, []).append(Erasure(ROW, row_id))


def write_noted(session: Session) -> None:
    """After a commit."""
    if not session.in_nested_transaction():
        append(session.info.pop(_NOTED, ()), clock.now())


def forget_noted(session: Session) -> None:
    """After a rollback: nobody was erased."""
    if not session.in_nested_transaction():
        session.info.pop(_NOTED, None)


def append(erasures: Iterable[Erasure], moment: datetime) -> None:
    """Add lines and see that they are on the disk; nothing where no file is configured."""
    lines = "".join(f"{moment.isoformat()} {kind} {row_id}\n" for kind, row_id in erasures)
    path = setting("ERASURE_JOURNAL")
    if not lines or not path:
        return
    Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, lines.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> list[Erasure]:
    """All lines, each erasure once. Raises BrokenJournal and OSError."""
    found: dict[Erasure, None] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise BrokenJournal(f"{path}: Zeile {number} ist keine Löschung; bitte von Hand prüfen.")
        found[Erasure(match[2], match[3])] = None
    return list(found)


def catch_up() -> int:
    """Write down erasures that the database knows and the file does not; returns how many."""
    path = Path(setting("ERASURE_JOURNAL") or os.devnull)
    known = {erasure.id for erasure in read(path)} if path.is_file() else set()
    destroyed = db.session.scalars(select(PersonKey.id).where(PersonKey.destroyed_at.is_not(None)))
    missing = [Erasure(KEY, key_id) for key_id in destroyed if key_id not in known]
    append(missing, clock.now())
    return len(missing) if setting("ERASURE_JOURNAL") else 0


def replay(erasures: Iterable[Erasure]) -> int:
    """Erase again whoever came back, inside a transaction of the caller; returns how many rows and keys that met."""
    return sum(_erase_row(each.id) if each.kind == ROW else _erase_key(each.id) for each in erasures)


def _erase_row(row_id: str) -> int:
    done = 0
    for area in areas():
        for model in area.erasure:
            if hasattr(model, "id") and (row := db.session.get(model, row_id)) is not None:
                _erase(row)
                done += 1
    return done


def _erase_key(key_id: str) -> int:
    key = db.session.get(PersonKey, key_id)
    if key is None or key.wrapped is None:
        return 0
    for area in areas():
        for model in area.erasure:
            if hasattr(model, "person_key_id"):
                for row in db.session.scalars(select(model).where(model.person_key_id == key_id)).all():
                    # One erased before may have taken this one with it.
                    if inspect(row).persistent:
                        _erase(row)
    erase(key)
    db.session.flush()
    return 1


def _erase(row: Base) -> None:
    """A hold that stood in the way when the backup was made had ended when the person was erased."""
    if isinstance(row, Holdable):
        row.legal_hold = False
    erase(row)
    db.session.flush()
