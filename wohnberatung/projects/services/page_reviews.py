"""What everybody reads of a project goes through the rules of wording, when it is published and whenever it changes.

A page that the office has let pass is not hidden by a harmless change; one that gains an objection is, until a person
has read it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matching.facts import Text
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.wording import Objection, check_text, unread_objections
from wohnberatung.extensions import db
from wohnberatung.projects.models import PageState, Project, ProjectDate, ProjectFile
from wohnberatung.projects.steps import LOOK_AGAIN, PAGE_STEPS, TAKE_BACK

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
    """Texts, facts in own words, dates that the page or a calendar shows, titles of downloads."""
    yield from (getattr(project, name) or "" for name in LABELS)
    yield from (getattr(project, fact.key) or "" for fact in project.own_facts() if isinstance(fact, Text))
    dates = select(ProjectDate.title, ProjectDate.place, ProjectDate.note).where(ProjectDate.project_id == project.id)
    for row in db.session.execute(dates.where(ProjectDate.ends_at > clock.now() - KEPT)):
        yield from row
    yield from db.session.scalars(select(ProjectFile.title).where(ProjectFile.project_id == project.id))
