"""Who may see a project: its members prepare it, trust decides whether the office looks at it first."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matching.facts import Text
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.errors import DomainError
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.versions import check_version
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.wording import Objection, check_text
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.places import show_waiting_places
from wohnberatung.projects.services.projects import SOURCE, own_project, save_project

LABELS = {
    "name": _l("Name"),
    "summary": _l("In einem Satz"),
    "story": _l("Unsere Geschichte"),
    "shared_values": _l("Was uns wichtig ist"),
    "sharing": _l("Was wir teilen"),
    "costs": _l("Was es kostet"),
}


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
    save_project(project, actor=actor, **changed)
    return _changed(project, actor)


def edit_facts(project_id: str, facts: Mapping[str, Any], version: int | None, actor: Actor) -> Project:
    """Change how one lives there; FactsRefused names what cannot be."""
    project = own_project(project_id, actor)
    check_version(project, version)
    record_facts(project, facts, "stated", source=SOURCE, actor=actor)
    return _changed(project, actor)


def publish_project(project_id: str, actor: Actor) -> Publication:
    """Show it to everybody, or ask the office to look at it. DomainError while the office does not know the group."""
    project = own_project(project_id, actor)
    way = actor.publication_for(project.organisation_id)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Gruppe noch nicht. Wir melden uns bei Ihnen."))
    if not project.summary.strip():
        raise DomainError(_("Bitte beschreiben Sie Ihr Projekt zuerst in einem Satz."))
    if way is Publication.LIVE and objections_to_project(project) and not actor.is_staff:
        way = Publication.REVIEW
    if way is Publication.LIVE:
        save_project(project, published=True, review_asked_at=None)
        show_waiting_places(project, actor)
    elif not project.published:
        save_project(project, review_asked_at=clock.now())
    return way


def objections_to_project(project: Project) -> list[Objection]:
    """What a reader who knows the law would object to in what the group tells."""
    told = (getattr(project, name) for name in LABELS)
    own_words = (getattr(project, fact.key) or "" for fact in project.own_facts() if isinstance(fact, Text))
    return check_text(". ".join((*told, *own_words)))


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


def _changed(project: Project, actor: Actor) -> Project:
    """What a group that is not trusted yet changes on a public page stays public, and the office looks at it."""
    reviewed = actor.publication_for(project.organisation_id) is Publication.REVIEW
    if project.published and reviewed and project.review_asked_at is None:
        project.review_asked_at = clock.now()
        db.session.flush()
    return project
