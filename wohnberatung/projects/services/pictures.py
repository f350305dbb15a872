"""Pictures of a project: changed by its members, seen by everybody while it is public."""

from wohnberatung.core.actors import Actor
from wohnberatung.extensions import db
from wohnberatung.pictures.services import PictureSubject
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import own_project


def _title(project_id: str, actor: Actor) -> str:
    return own_project(project_id, actor).name


def _is_public(project_id: str) -> bool:
    project = db.session.get(Project, project_id)
    return project is not None and project.published


OF_PROJECT = PictureSubject(
    kind="project",
    title_for_editing=_title,
    is_public=_is_public,
    page="projects.show_desk",
    argument="project_id",
)
