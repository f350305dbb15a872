"""What a project gives to take away: PDF only, as other kinds of files can carry more than they show."""

import re
import zlib
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project, ProjectFile
from wohnberatung.projects.services.projects import get_project, own_project

LARGEST = 5 * 1024 * 1024
MOST_FILES = 10
# What a leaflet needs none of: programs, other files inside, calls of other programs.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")

STREAM = re.compile(rb"(?<!end)stream\r?\n(.*?)endstream", re.DOTALL)
# How far before a stream its dictionary may begin, and how much of packed objects is read.
HEAD, MOST_PACKED = 400, 4 * 1024 * 1024


def add_file(project_id: str, title: str, content: bytes, actor: Actor) -> ProjectFile:
    """Store a PDF. DomainError at `file` for anything else, for one too large or with programs in it."""
    project = own_project(project_id, actor)
    _check(content)
    count = select(func.count()).select_from(ProjectFile).where(ProjectFile.project_id == project.id)
    if (db.session.scalar(count) or 0) >= MOST_FILES:
        raise DomainError(_("Mehr als %(most)s Dateien gehen nicht.", most=MOST_FILES), "file")
    stored = ProjectFile(id=new_id(), project_id=project.id, title=title.strip(), size=len(content), content=content)
    db.session.add(stored)
    db.session.flush()
    return stored


def delete_file(project_id: str, file_id: str, actor: Actor) -> None:
    """For good; nothing happens where it is gone already."""
    own_project(project_id, actor)
    stored = db.session.get(ProjectFile, file_id)
    if stored is not None and stored.project_id == project_id:
        db.session.delete(stored)
        db.session.flush()


def files_of(project: Project) -> list[ProjectFile]:
    """By title, without their bytes."""
    of_project = select(ProjectFile).where(ProjectFile.project_id == project.id)
    return list(db.session.scalars(of_project.order_by(ProjectFile.title, ProjectFile.id)))


def fetch_file(project_id: str, file_id: str, actor: Actor) -> ProjectFile:
    """For whoever may see the project; NotFound else."""
    project = get_project(project_id, actor)
    stored = db.session.get(ProjectFile, file_id)
    if stored is None or stored.project_id != project.id:
        raise NotFound(_("Diese Datei gibt es nicht."))
    return stored


def _check(content: bytes) -> None:
    """By what the file is, not by what it is called (ISO 32000-1, 7.5)."""
    if len(content) > LARGEST:
        raise DomainError(_("Die Datei ist zu groß. Erlaubt sind höchstens 5 MB."), "file")
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
        raise DomainError(_("Das ist keine vollständige PDF-Datei. Bitte speichern Sie den Text als PDF."), "file")
    if any(ACTIVE.search(part) for part in _declared(content)):
        raise DomainError(_("Diese PDF-Datei enthält Programme oder Formulare. Bitte speichern Sie sie ohne."), "file")


def _declared(content: bytes) -> Iterator[bytes]:
    """The objects of the file: outside of streams, whose bytes may say anything by chance, and those packed into
    object streams (ISO 32000-1, 7.5.7)."""
    yield STREAM.sub(b"", content)
    for stream in STREAM.finditer(content):
        if b"/ObjStm" in content[max(0, stream.start() - HEAD) : stream.start()]:
            yield _unpacked(stream[1])


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_PACKED)
    except zlib.error:
        return packed
