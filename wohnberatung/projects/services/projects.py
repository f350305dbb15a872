"""Projects: begun, described, found; their pictures are changed by members and seen while they are public."""

from typing import TypedDict, Unpack

from flask_babel import gettext as _
from sqlalchemy import or_, select

from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.core.actors import Actor, check_may_edit
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.dwellings.models import Dwelling, Offer, OfferStatus
from wohnberatung.extensions import db
from wohnberatung.pictures.models import PictureSubject
from wohnberatung.projects.models import Project

SOURCE = "Angabe der Gruppe"


class ProjectTexts(TypedDict, total=False):
    """What a project tells of itself."""

    name: str
    summary: str
    story: str
    shared_values: str
    sharing: str
    costs: str
    admission_rule: str


TEXTS = frozenset(ProjectTexts.__annotations__)


def save_project(
    project: Project | None = None,
    *,
    organisation_id: str | None = None,
    version: int | None = None,
    actor: Actor | None = None,
    **texts: Unpack[ProjectTexts],
) -> Project:
    """Make a project, or change the given one. `texts`: what TEXTS names.

    Facts follow through `dwellings.services.facts.record_facts`. Raises DomainError without a name, Forbidden for a
    foreign organisation, Conflict where `version` is not the stored one, TypeError for a text that TEXTS does not name.
    """
    if unknown := texts.keys() - TEXTS:
        raise TypeError(f"a project has no {sorted(unknown)}")
    if project is None:
        project = _new_project(organisation_id)
    check_may_edit(actor, project.organisation_id)
    if version is not None:
        check_version(project, version)
    for name, value in texts.items():
        setattr(project, name, value)
    if not (project.name or "").strip():
        raise DomainError(_("Bitte geben Sie dem Projekt einen Namen."), "name")
    db.session.add(project)
    db.session.flush()
    return project


def list_projects(actor: Actor, text: str = "", number: int = 1, size: int = PAGE_SIZE) -> Page[Project]:
    """By name: all for the office, published and own ones for others."""
    query = select(Project).order_by(Project.name, Project.id)
    if not actor.is_staff:
        own = Project.organisation_id.in_(actor.organisation_ids)
        query = query.where(or_(Project.published.is_(True), own))
    for word in text.split()[:6]:
        columns = (Project.name, Project.summary)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return paginate(db.session, query, number, size)


def projects_in(code: str) -> list[Project]:
    """Public ones with a place that is offered in this neighbourhood, by name."""
    lies_here = (getattr(Dwelling, NEIGHBOURHOOD.key) == code) & (Offer.status == OfferStatus.PUBLISHED)
    offering = select(Offer.project_id).join(Offer.dwelling).where(lies_here)
    query = select(Project).where(Project.published.is_(True), Project.id.in_(offering))
    return list(db.session.scalars(query.order_by(Project.name, Project.id)))


def get_project(project_id: str, actor: Actor) -> Project:
    """NotFound where there is none, or none for this person."""
    project = db.session.get(Project, project_id)
    if project is None or not (project.published or _is_own(project, actor)):
        raise _gone()
    return project


def own_project(project_id: str, actor: Actor) -> Project:
    """For those who may change it: its organisation's members and the office. NotFound for all others."""
    project = db.session.get(Project, project_id)
    if project is None or not _is_own(project, actor):
        raise _gone()
    return project


def own_projects(actor: Actor) -> list[Project]:
    """Those of the organisations the person belongs to, by name."""
    own = Project.organisation_id.in_(actor.organisation_ids)
    return list(db.session.scalars(select(Project).where(own).order_by(Project.name, Project.id)))


def _is_own(project: Project, actor: Actor) -> bool:
    return actor.is_staff or actor.belongs_to(project.organisation_id)


def _gone() -> NotFound:
    return NotFound(_("Dieses Projekt gibt es nicht."))


def _new_project(organisation_id: str | None) -> Project:
    if organisation_id is None:
        raise DomainError(_("Es fehlt, wer hinter dem Projekt steht."), "organisation_id")
    return Project(id=new_id(), organisation_id=organisation_id, evidence={})


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
