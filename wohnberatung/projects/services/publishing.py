"""Who may see a project: its members prepare it, trust decides whether the office looks at it first.

What everybody reads of it goes through the rules of wording, when it is published and whenever it changes. A page that
the office has let pass is not hidden by a harmless change; one that gains an objection is, until a person has read it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matching.facts import Text
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError
from wohnberatung.core.manifests import areas
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.wording import Objection, check_text, unread_objections
from wohnberatung.extensions import db
from wohnberatung.projects.models import PageState, Project, ProjectDate, ProjectFile
from wohnberatung.projects.services.places import show_waiting_places
from wohnberatung.projects.services.projects import SOURCE, own_project, save_project
from wohnberatung.projects.steps import HIDE, LOOK_AGAIN, PAGE_STEPS, PUBLISH, SETTLE, TAKE_BACK

# How long calendars still show what is over.
KEPT = timedelta(days=60)
LABELS = {
    "name": _l("Name"),
    "summary": _l("In einem Satz"),
    "story": _l("Unsere Geschichte"),
    "shared_values": _l("Was uns wichtig ist"),
    "sharing": _l("Was wir teilen"),
    "costs": _l("Was es kostet"),
}


@contextmanager
def reread_after(project: Project, actor: Actor) -> Iterator[None]:
    """Around a change of what everybody reads of the project, its dates and downloads included.

    New objections take the page back until the office has read it. What else a group that is not trusted yet changes
    stays public, and the office looks at it. What the office itself changes is read by that.
    """
    before = objections_to_project(project)
    yield
    db.session.flush()
    if actor.is_staff or not project.published:
        return
    unread = unread_objections(before, objections_to_project(project))
    trusted = actor.publication_for(project.organisation_id) is Publication.LIVE
    if unread:
        PAGE_STEPS.take(project, TAKE_BACK, by=Party.SYSTEM)
    elif not trusted and project.page_state is PageState.PUBLISHED:
        PAGE_STEPS.take(project, LOOK_AGAIN, by=Party.SYSTEM)
    db.session.flush()


def objections_to_project(project: Project) -> list[Objection]:
    """What a reader who knows the law would object to in what the group tells."""
    return check_text(". ".join(_told(project)))


def waits_for_reader(project: Project, actor: Actor) -> bool:
    """Whether nobody sees the page until the office has read it; the office itself waits for nobody."""
    return not actor.is_staff and not project.published and project.review_asked_at is not None


def way_to_public(project: Project, actor: Actor) -> Publication:
    """What publishing the page would come to: what a person should read is read first, whoever wrote it."""
    way = actor.publication_for(project.organisation_id)
    if way is Publication.LIVE and not actor.is_staff and objections_to_project(project):
        return Publication.REVIEW
    return way


def _told(project: Project) -> Iterator[str]:
    """Texts, facts in own words, dates that the page or a calendar shows, titles of downloads, and what other areas
    tell beside the page."""
    yield from (getattr(project, name) or "" for name in LABELS)
    yield from (getattr(project, fact.key) or "" for fact in project.own_facts() if isinstance(fact, Text))
    dates = select(ProjectDate.title, ProjectDate.place, ProjectDate.note).where(ProjectDate.project_id == project.id)
    for row in db.session.execute(dates.where(ProjectDate.ends_at > clock.now() - KEPT)):
        yield from row
    yield from db.session.scalars(select(ProjectFile.title).where(ProjectFile.project_id == project.id))
    for area in areas():
        if area.told_with_project is not None:
            yield from area.told_with_project(project.id)


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


def edit_facts(project_id: str, facts: Mapping[str, object], version: int | None, actor: Actor) -> Project:
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
    if project.page_state is not PageState.PUBLISHED:
        target = PageState.PUBLISHED if way is Publication.LIVE else PageState.WAITING
        PAGE_STEPS.take(project, PUBLISH, by=party_of(actor, Party.GROUP), target=target)
        db.session.flush()
    if way is Publication.LIVE:
        show_waiting_places(project, actor)
    return way


def steps_of(project: Project, actor: Actor) -> dict[str, Step[Project]]:
    """What this person may do with the page now, by key: its buttons. What waits for the office is published by who
    need not wait."""
    offered = {step.key: step for step in PAGE_STEPS.offered(project, party_of(actor, Party.GROUP))}
    way = way_to_public(project, actor)
    if way is Publication.NOT_YET or (project.page_state is PageState.WAITING and way is not Publication.LIVE):
        offered.pop(PUBLISH, None)
    return offered


def hide_project(project_id: str, actor: Actor) -> Project:
    """Back to a draft; nothing is lost. Raises NotFound for who may not change it."""
    project, party = own_project(project_id, actor), party_of(actor, Party.GROUP)
    if not PAGE_STEPS.is_done(project, HIDE, party):
        PAGE_STEPS.take(project, HIDE, by=party)
        db.session.flush()
    return project


def settle_review(project_id: str, actor: Actor) -> Project:
    """The office has looked at what changed on a public page. Raises NotFound for everybody else, Conflict where
    nothing is to be looked at."""
    project, party = own_project(project_id, actor), party_of(actor, Party.GROUP)
    if not PAGE_STEPS.is_done(project, SETTLE, party):
        PAGE_STEPS.take(project, SETTLE, by=party)
        db.session.flush()
    return project


def projects_for_office(number: int = 1) -> Page[Project]:
    """All, those that wait for the office first."""
    waits = Project.review_asked_at.is_(None)
    return paginate(db.session, select(Project).order_by(waits, Project.review_asked_at, Project.name), number)


def projects_in_review(actor: Actor) -> list[Project]:
    """The pages that wait for the office, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    waiting = select(Project).where(Project.review_asked_at.is_not(None))
    return list(db.session.scalars(waiting.order_by(Project.review_asked_at, Project.id)))
