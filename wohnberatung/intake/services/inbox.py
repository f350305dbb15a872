"""Folders in which programs lay deliveries, by SFTP or a shared drive: one for each access of an organisation.

A file is taken once nobody has touched it for a minute. It is moved aside under the id of its delivery, so that who
follows a worker that was killed finds where it stood; then it goes the way of every delivery. When that is over it lies
with a report in `erledigt` or `gescheitert`. The folders belong to strangers: nothing follows a link in them, and each
file is read from a copy that nobody else can write to.
"""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath

import structlog
from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun, RunState, UploadToken
from wohnberatung.intake.recognise import MAX_UPLOAD, OPENIMMO
from wohnberatung.intake.services import enclosures, uploads
from wohnberatung.intake.services.inbox_report import failure, report_on

log = structlog.get_logger(__name__)

DONE, FAILED, WORKING = "erledigt", "gescheitert", ".in-arbeit"
# A transfer that stands still for longer has ended or failed.
QUIET = timedelta(minutes=1)
_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", "~")
LONGEST_NAME = 50
_ID = re.compile(r"[a-z2-7]{26}")
# Says of a table that it names all that the organisation has, as `full=1` does where programs send.
_NAMES_ALL = ("-voll", "_voll", "-full", "_full")
_IN_HAND = (RunState.READING, RunState.APPLYING)
_FAULTY = (RunState.REFUSED, RunState.DISCARDED)
_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@dataclass(frozen=True)
class _Folder:
    """One access's folder, open: itself and what lies in it, as descriptors, which no link can lead elsewhere."""

    token_id: str
    organisation_id: str
    here: int
    working: int
    done: int
    failed: int


_Deed = Callable[[_Folder, str], bool]


def look_through() -> int:
    """Take what lies there complete, put away what is over; returns how many files were taken or put away.

    Where a file or a folder cannot be handled at all the log tells, and the others go on.
    """
    if not setting("INBOX_DIR"):
        return 0
    valid = select(UploadToken.id, UploadToken.organisation_id).where(UploadToken.revoked_at.is_(None))
    tokens = db.session.execute(valid).all()
    db.session.rollback()
    return sum(_look_into(token_id, organisation_id) for token_id, organisation_id in tokens)


def _look_into(token_id: str, organisation_id: str) -> int:
    try:
        with _open(token_id, organisation_id) as folder:
            handled = sum(_tried(folder, name, _go_on) for name in _files(folder.working))
            return handled + sum(_tried(folder, name, _take) for name in _complete(folder.here))
    except OSError as error:
        log.error("inbox cannot be opened", folder=token_id, kind=type(error).__name__)
        return 0


def folder_of(token: UploadToken) -> str:
    """The name of an access's folder; "" where this office has no inbox."""
    return token.id if setting("INBOX_DIR") else ""


def _tried(folder: _Folder, name: str, deed: _Deed) -> bool:
    try:
        return deed(folder, name)
    except Exception as error:
        db.session.rollback()
        log.exception("inbox file left", folder=folder.token_id, kind=type(error).__name__)
        return False


def _take(folder: _Folder, name: str) -> bool:
    """Set a new file aside under the id that its delivery will have, and send it."""
    plain = os.fsencode(name).decode("utf-8", "replace")[-LONGEST_NAME:]
    aside = f"{new_id()}.{plain}"
    os.rename(name, aside, src_dir_fd=folder.here, dst_dir_fd=folder.working)
    return _go_on(folder, aside)


def _go_on(folder: _Folder, aside: str) -> bool:
    """Send a file that was set aside, if that was not done yet, or put it away once its delivery is over."""
    run_id, _dot, name = aside.partition(".")
    if not _ID.fullmatch(run_id):
        return False  # a stranger laid it there
    run = db.session.get(ImportRun, run_id)
    if run is None:
        return _send(folder, aside, run_id, name)
    if run.state in _IN_HAND or run.organisation_id != folder.organisation_id:
        db.session.rollback()
        return False
    words, target = report_on(run), folder.failed if run.state in _FAULTY else folder.done
    db.session.rollback()
    _put_away(folder, aside, name, target, words)
    return True


def _send(folder: _Folder, aside: str, run_id: str, name: str) -> bool:
    try:
        with _copy(folder.working, aside) as copy:
            delivery = enclosures.receive(name, copy)
        with transaction():
            token = uploads.use_token(folder.token_id)
            full = delivery.format != OPENIMMO and PurePath(name).stem.lower().endswith(_NAMES_ALL)
            sender = uploads.Sender(token.organisation_id, token=token)
            sent = uploads.send(delivery, sender, full=full, run_id=run_id).id
    except DomainError as error:
        _put_away(folder, aside, name, folder.failed, failure(name, error.message))
        return True
    if sent != run_id:  # the same file is there already: its delivery is this one's
        os.rename(aside, f"{sent}.{name}", src_dir_fd=folder.working, dst_dir_fd=folder.working)
    return True


@contextmanager
def _copy(directory: int, name: str) -> Iterator[tempfile.SpooledTemporaryFile[bytes]]:
    """What the file holds now, where its sender cannot change it any more."""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=directory)
    with os.fdopen(descriptor, "rb") as file, tempfile.SpooledTemporaryFile(MAX_UPLOAD // 8) as copy:
        if os.fstat(file.fileno()).st_size > MAX_UPLOAD:
            raise DomainError(_("Die Datei ist zu groß. Bitte auf mehrere Lieferungen aufteilen."))
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield copy


def _put_away(folder: _Folder, aside: str, name: str, target: int, words: str) -> None:
    """The report first: whoever finds the file finds what became of it."""
    kept = f"{clock.to_berlin(clock.now()):%Y%m%d-%H%M%S}-{aside.partition('.')[0][:6]}-{name}"
    descriptor = os.open(f"{kept}.bericht.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660, dir_fd=target)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(words)
    os.rename(aside, kept, src_dir_fd=folder.working, dst_dir_fd=target)


def _complete(directory: int) -> list[str]:
    before = clock.now() - QUIET
    finished = (name for name in _files(directory) if not name.lower().endswith(_UNFINISHED))
    return [name for name in finished if _still(directory, name, before)]


def _still(directory: int, name: str, before: datetime) -> bool:
    """Whether nobody has written to the file or renamed it since then; its own day may be any."""
    changed = os.stat(name, dir_fd=directory, follow_symlinks=False).st_ctime
    return datetime.fromtimestamp(changed, UTC) <= before


def _files(directory: int) -> list[str]:
    """Plain files, by name; neither links nor what is hidden."""
    names = sorted(name for name in os.listdir(directory) if not name.startswith("."))
    return [name for name in names if stat.S_ISREG(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode)]


@contextmanager
def _open(token_id: str, organisation_id: str) -> Iterator[_Folder]:
    """The folder of an access, made where there is none yet; OSError where a link stands in its place."""
    root = Path(setting("INBOX_DIR"))
    opened: list[int] = []
    try:
        opened.append(os.open(root, os.O_RDONLY | os.O_DIRECTORY))
        for name, parent in ((token_id, 0), (WORKING, 1), (DONE, 1), (FAILED, 1)):
            if not _is_there(name, opened[parent]):
                os.mkdir(name, 0o770, dir_fd=opened[parent])
            opened.append(os.open(name, _DIRECTORY, dir_fd=opened[parent]))
        yield _Folder(token_id, organisation_id, *opened[1:])
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _is_there(name: str, parent: int) -> bool:
    return name in os.listdir(parent)
