"""What a project gives to take away: PDF files, looked through before they are kept."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core import confined
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.projects import pdf_check
from wohnberatung.projects.models import Project, ProjectFile
from wohnberatung.projects.services.projects import get_project, own_project
from wohnberatung.projects.services.publishing import reread_after

LARGEST = 5 * 1024 * 1024
MOST_FILES = 10
# How far from the beginning the head may stand, and from the end the last mark: readers look no further.
_EDGE = 1024


def check(content: bytes) -> None:
    """DomainError at `file` for what is no PDF, is too large, or holds what a leaflet needs none of. Takes a moment, so
    no transaction should be open."""
    if len(content) > LARGEST:
        raise DomainError(_("Die Datei ist zu groß. Erlaubt sind höchstens 5 MB."), "file")
    # Some programs write a mark or an empty line before the head, some servers fill up the end.
    trimmed = content[max(0, content.find(b"%PDF-", 0, _EDGE)) :].rstrip(b"\0 \t\r\n")
    if not trimmed.startswith(b"%PDF-") or b"%%EOF" not in trimmed[-_EDGE:]:
        raise DomainError(_no_pdf(), "file")
    code, _output = confined.run(pdf_check, content=trimmed)
    if code:
        raise DomainError(_why_not(code), "file")


def add_file(project_id: str, title: str, content: bytes, actor: Actor) -> ProjectFile:
    """Store a PDF that `check` let through. DomainError at `file` where there are too many."""
    project = own_project(project_id, actor)
    count = select(func.count()).select_from(ProjectFile).where(ProjectFile.project_id == project.id)
    if (db.session.scalar(count) or 0) >= MOST_FILES:
        raise DomainError(_("Mehr als %(most)s Dateien gehen nicht.", most=MOST_FILES), "file")
    stored = ProjectFile(id=new_id(), project_id=project.id, title=title.strip(), size=len(content), content=content)
    with reread_after(project, actor):
        db.session.add(stored)
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


def _no_pdf() -> str:
    return _("Das ist keine vollständige PDF-Datei. Bitte speichern Sie den Text als PDF.")


def _why_not(code: int) -> str:
    return {
        pdf_check.PROGRAMS: _("Diese PDF-Datei enthält Programme. Bitte speichern Sie sie ohne."),
        pdf_check.HIDDEN: _(
            "In dieser PDF-Datei steckt noch ein anderes Dokument, zum Beispiel das, aus dem sie gemacht ist. Bitte"
            " speichern Sie sie ohne (in LibreOffice: ohne „Hybrid-PDF“)."
        ),
        pdf_check.FORM: _(
            "Diese PDF-Datei ist ein Formular zum Ausfüllen. Bitte speichern Sie sie ohne Formularfelder, zum Beispiel"
            " mit „Als PDF drucken“."
        ),
        pdf_check.LOCKED: _("Diese PDF-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne."),
        confined.TOO_SLOW: _("Diese PDF-Datei zu prüfen, dauert zu lange. Bitte speichern Sie sie einfacher."),
    }.get(code) or _no_pdf()
