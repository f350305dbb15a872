"""What a project gives to take away: PDF files, looked through before they are kept."""

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project, ProjectFile
from wohnberatung.projects.services.projects import get_project, own_project
from wohnberatung.projects.services.publishing import reread_after

MOST_FILES = 10


def add_file(project_id: str, title: str, content: bytes, actor: Actor) -> ProjectFile:
    """Store a PDF that `core.received_pdfs` let through. DomainError at `file` where there are too many."""
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
