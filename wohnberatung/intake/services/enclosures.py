"""The pictures in a delivered archive or in its document: laid aside when it comes, drawn by a worker, hung when it is
taken over.

What is laid aside is an archive of the pictures alone, beside the pictures in the folder of the settings: their bytes
are many and need no transaction. It is swept away once no delivery waits for it.
"""

import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
from typing import IO

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.intake.archives import DAMAGES, MEGABYTE, ZIP_STARTS
from wohnberatung.intake.attachments import ArchiveNames, shown_name
from wohnberatung.intake.embedded import INSIDE, take_out
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun
from wohnberatung.intake.recognise import OPENIMMO, Delivery, recognise
from wohnberatung.intake.result import ImportResult, RawPicture, RawRecord
from wohnberatung.intake.services.uploads import get_run
from wohnberatung.pictures import delivered
from wohnberatung.pictures.models import PictureSubject
from wohnberatung.pictures.services import LEFT_ALONE

_PHOTOS, _SCANS = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif", ".avif"), (".tif", ".tiff", ".pdf")
ENDINGS = (*_PHOTOS, *_SCANS, ".gif", ".bmp")
# Of one archive; far more than the pictures of some hundred flats.
MOST_BYTES = 512 * MEGABYTE
MOST_NAMED = 5
TOLD_EVERY = 5
Key = tuple[str, str]


def _title(run_id: str, actor: Actor) -> str:
    return get_run(run_id, actor).file_name


OF_DELIVERY = PictureSubject(kind="delivery", title_for_editing=_title, page="intake.show_run", argument="run_id")


def receive(name: str, stream: IO[bytes]) -> Delivery:
    """A file that somebody sends, its pictures laid aside. Takes a while, so no transaction is open. Raises
    `Unreadable` as `recognise` does."""
    delivery = recognise(name, stream)
    return lay_aside(delivery, stream) if delivery.format == OPENIMMO else delivery


def lay_aside(delivery: Delivery, stream: IO[bytes]) -> Delivery:
    """Keep the pictures of a delivery that was found harmless, those beside its document and those inside, for a worker
    to draw; the delivery with the name of the file they lie in, and without those inside. What cannot be unpacked is
    kept empty, so that it is named later."""
    if not setting("PICTURES_DIR"):
        return without_pictures(delivery)
    with _Aside() as aside:
        stream.seek(0)
        if stream.read(4) in ZIP_STARTS:
            with zipfile.ZipFile(stream) as archive:
                for entry in filter(_is_picture, archive.infolist()):
                    aside.keep(entry.filename, _unpacked(archive, entry) if aside.has_room else b"")
        document = take_out(delivery.document, aside.keep)
    return replace(delivery, document=document, enclosed=aside.name)


def without_pictures(delivery: Delivery) -> Delivery:
    """The delivery where nobody keeps its pictures: those inside the document are named in it, and lie nowhere."""
    return replace(delivery, document=take_out(delivery.document, lambda _name, _content: None))


class _Aside:
    """A file of pictures that begins with the first one; its name is "" while there is none."""

    def __init__(self) -> None:
        self.name = ""
        self._room = MOST_BYTES
        self._archive: zipfile.ZipFile | None = None
        self._open = ExitStack()

    def __enter__(self) -> "_Aside":
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    @property
    def has_room(self) -> bool:
        return self._room > 0

    def keep(self, name: str, content: bytes) -> None:
        """The picture under this name, empty where there is no room for it any more."""
        archive = self._archive = self._archive or self._begun()
        archive.writestr(name, content if self.has_room else b"")
        self._room -= len(content)

    def _begun(self) -> zipfile.ZipFile:
        self.name = new_id()
        path = _path(self.name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        private = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return self._open.enter_context(zipfile.ZipFile(self._open.enter_context(open(private, "wb")), "w"))


def _is_picture(entry: zipfile.ZipInfo) -> bool:
    path = PureWindowsPath(entry.filename)
    return path.suffix.lower() in ENDINGS and not path.name.startswith(".") and not entry.is_dir()


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """At most one byte more than a picture may have: enough to see that it has too many."""
    try:
        with archive.open(entry) as stream:
            return stream.read(delivered.LARGEST_FILE + 1)
    except DAMAGES:
        return b""


def draw_pictures(
    read: ImportResult, run_id: str, enclosed: str, tell: Callable[[int, int, str], None] | None = None
) -> ImportResult:
    """The delivery with its new pictures drawn and kept with the run; what cannot be drawn is named in its notes.

    In short transactions of its own. What was drawn for an earlier preview of the run, or hangs here already, is not
    drawn again. `tell` hears how many of how many objects are done, and at what. Where this office keeps no pictures,
    that is said once, and the delivery has no word on them.
    """
    if not setting("PICTURES_DIR"):
        return _with_none_kept(read)
    before, known = _drawn_before(run_id), _hanging(read)
    records, used = [], set[str]()
    with _Enclosed(enclosed) as archive:
        for number, record in enumerate(read.records, start=1):
            records.append(_draw_record(record, run_id, archive, before, known.get(record.key, {}), used))
            if tell and number % TOLD_EVERY == 0:
                tell(number, len(read.records), _("Die Bilder werden gezeichnet."))
        notes = _not_named(archive.names.names, used)
    return replace(read, records=tuple(records), notes=(*read.notes, *notes))


def _with_none_kept(read: ImportResult) -> ImportResult:
    """What hangs from before stays, as it does for a delivery that names no pictures."""
    records = tuple(replace(record, pictures=None) for record in read.records)
    count = sum(len(record.pictures or ()) for record in read.records if record.is_to_be_had)
    if not count:
        return replace(read, records=records)
    note = ngettext(
        "%(num)s Bild dieser Lieferung ist nicht dabei, denn diese Stelle bewahrt zurzeit keine Bilder auf.",
        "%(num)s Bilder dieser Lieferung sind nicht dabei, denn diese Stelle bewahrt zurzeit keine Bilder auf.",
        count,
    )
    rest = _(
        "Alle anderen Angaben zu den Wohnungen kommen an. Einen Ordner für Bilder kann einrichten, wer den Dienst"
        " betreibt (Einstellung PICTURES_DIR). Danach bitte die Lieferung noch einmal schicken."
    )
    return replace(read, records=records, notes=(*read.notes, f"{note} {rest}"))


class _Enclosed:
    """The file that was laid aside, open; empty where there is none, or none any more."""

    def __init__(self, name: str) -> None:
        path = _path(name) if name else None
        self._archive = zipfile.ZipFile(path) if path and path.exists() else None
        self.names = ArchiveNames(self._archive.namelist() if self._archive else ())

    def __enter__(self) -> "_Enclosed":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._archive:
            self._archive.close()

    def read(self, name: str) -> bytes:
        assert self._archive is not None
        return self._archive.read(name)


def _draw_record(
    record: RawRecord,
    run_id: str,
    archive: _Enclosed,
    before: Mapping[tuple[Key, str], RawPicture],
    known: Mapping[str, str],
    used: set[str],
) -> RawRecord:
    """`known`: path → digest of those that the last delivery of the object named."""
    if record.pictures is None:
        # An archive with pictures speaks of all of them; a document alone may have no word on any.
        return replace(record, pictures=()) if archive.names.names else record
    done: dict[str, RawPicture] = {}
    for picture in record.pictures if record.action == "change" and not record.skipped else ():
        if name := archive.names.find(picture.path):
            used.add(name)
        drawn, note = before.get((record.key, picture.path)), ""
        if drawn is None and name is None:
            drawn = replace(picture, digest=known[picture.path]) if picture.path in known else None
            note = "" if drawn else _("die Datei fehlt im Archiv. Bitte mitschicken.")
        elif drawn is None and name is not None:
            drawn, note = _draw(picture, archive.read(name), run_id, set(known.values()) | done.keys())
        if note:
            record = record.noted(_("Bild „%(name)s“: %(why)s", name=shown_name(picture), why=note))
        if drawn:
            done.setdefault(drawn.digest, drawn)
    return replace(record, pictures=tuple(done.values()))


def _draw(picture: RawPicture, content: bytes, run_id: str, there: set[str]) -> tuple[RawPicture | None, str]:
    digest = delivered.digest_of(content)
    if digest in there:
        return replace(picture, digest=digest), ""
    try:
        drawn = delivered.draw(content, picture.use)
    except DomainError as error:
        return None, error.message
    with transaction():
        kept = delivered.keep(drawn, digest, picture.alt, kind=OF_DELIVERY.kind, subject_id=run_id)
        return replace(picture, digest=digest, picture_id=kept.id), ""


def _drawn_before(run_id: str) -> dict[tuple[Key, str], RawPicture]:
    rows = db.session.scalars(select(ImportRecord.raw).where(ImportRecord.run_id == run_id)).all()
    records = [RawRecord.from_json(raw) for raw in rows if raw is not None]
    db.session.rollback()
    return {(record.key, one.path): one for record in records for one in record.pictures or () if one.digest}


def _hanging(read: ImportResult) -> dict[Key, dict[str, str]]:
    """By object: path → digest, as the last delivery named them."""
    senders = [f"{OPENIMMO}:{key}" for key in read.providers]
    columns = (ImportedObject.source, ImportedObject.external_id, ImportedObject.pictures)
    rows = db.session.execute(select(*columns).where(ImportedObject.source.in_(senders))).all()
    db.session.rollback()
    return {(source.partition(":")[2], external_id): pictures for source, external_id, pictures in rows if pictures}


def _not_named(names: tuple[str, ...], used: set[str]) -> tuple[str, ...]:
    # A picture inside the document is in a home, if only in one that is not to be had.
    rest = [name for name in names if name not in used and not name.startswith(INSIDE)]
    if not rest:
        return ()
    shown = ", ".join(name[:80] for name in rest[:MOST_NAMED]) + (" …" if len(rest) > MOST_NAMED else "")
    return (_("Bilder im Archiv, die kein Angebot nennt: %(names)s.", names=shown),)


def sweep() -> int:
    """Delete what was laid aside for a delivery that does not wait for it; returns how many files."""
    if not setting("PICTURES_DIR"):
        return 0
    before = clock.now() - LEFT_ALONE
    waited_for = set(db.session.scalars(select(ImportRun.enclosed).where(ImportRun.enclosed != "")))
    lost = [
        path
        for path in _folder().glob("*/*.zip")
        if path.stem not in waited_for and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _folder() -> Path:
    return Path(setting("PICTURES_DIR")) / "deliveries"


def _path(name: str) -> Path:
    return _folder() / name[:2] / f"{name}.zip"
