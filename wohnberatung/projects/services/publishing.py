"""Who may see a project: its members prepare it, trust decides whether the office looks at it first."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.errors import DomainError
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.versions import check_version
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.page_reviews import LABELS, reread_after, way_to_public
from wohnberatung.projects.services.places import show_waiting_places
from wohnberatung.projects.services.projects import SOURCE, own_project, save_project


def begin_project(actor: Actor, name: str) -> Project:
    """A draft of the organisation the person acts for; DomainError for somebody who belongs to none."""
    seat = actor.acts_for
    if seat is None:
        raise DomainError(_("Ein Projekt gehört einer Organisation. Ihr Konto gehört noch zu keiner."), "name")
    return save_project(organisation_id=seat.organisation_id, name=name.strip(), actor=actor)


def edit_texts(project_id: str, texts: Mapping[str, str], version: int | None, actor: Actor) -> Project:
    """Change what the group tells; Conflict with both texts where somebody else was faster."""
    project = own_project(project_id, actor)
    current = {str(label): getattr(project, name) for name, label in LABELS.items() if name in texts}
    submitted = {str(label): texts[name] for name, label in LABELS.items() if name in texts}
    check_version(project, version, current=current, submitted=submitted)
    changed: dict[str, Any] = {name: text.strip() for name, text in texts.items()}
    with reread_after(project, actor):
        save_project(project, actor=actor, **changed)
    return project


def edit_facts(project_id: str, facts: Mapping[str, Any], version: int | None, actor: Actor) -> Project:
    """Change how one lives there; FactsRefused names what cannot be."""
    project = own_project(project_id, actor)
    check_version(project, version)
    with reread_after(project, actor):
        record_facts(project, facts, "stated", source=SOURCE, actor=actor)
    return project


def publish_project(project_id: str, actor: Actor) -> Publication:
    """Show it to everybody, or ask the office to look at it. DomainError while the office does not know the group."""
    project = own_project(project_id, actor)
    way = way_to_public(project, actor)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Gruppe noch nicht. Wir melden uns bei Ihnen."))
    if not project.summary.strip():
        raise DomainError(_("Bitte beschreiben Sie Ihr Projekt zuerst in einem Satz."))
    if way is Publication.LIVE:
        save_project(project, published=True, review_asked_at=None)
        show_waiting_places(project, actor)
    elif not project.published:
        save_project(project, review_asked_at=clock.now())
    return way


def hide_project(project_id: str, actor: Actor) -> Project:
    """Back to a draft; nothing is lost."""
    return save_project(own_project(project_id, actor), published=False, review_asked_at=None)


def settle_review(project_id: str, actor: Actor) -> Project:
    """The office has looked at what changed on a public page."""
    return save_project(own_project(project_id, actor), review_asked_at=None)


def projects_for_office(number: int = 1) -> Page[Project]:
    """All, those that wait for the office first."""
    waits = Project.review_asked_at.is_(None)
    return paginate(db.session, select(Project).order_by(waits, Project.review_asked_at, Project.name), number)


def projects_in_review(actor: Actor) -> list[Project]:
    """The pages that wait for the office, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    waiting = select(Project).where(Project.review_asked_at.is_not(None))
    return list(db.session.scalars(waiting.order_by(Project.review_asked_at, Project.id)))
