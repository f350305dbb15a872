"""Initiatives: begun on the project of a group, changed, confirmed and shown; who may do what.

Whether everybody sees an initiative, and whether the office reads it first, is decided for the page of its project,
with which its texts are read.
"""

from collections.abc import Iterator
from typing import Any, TypedDict, Unpack

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from wohnberatung.bridge.neighbourhood_places import slug_of
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.extensions import db
from wohnberatung.initiatives.models import ChecklistMark, Initiative, Minutes
from wohnberatung.initiatives.progress import ProgressShown
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import own_project, own_projects
from wohnberatung.projects.services.publishing import begin_project, reread_after


class InitiativeValues(TypedDict, total=False):
    """What an initiative tells, by column."""

    serves: list[str]
    aims: str
    members: str
    members_agreed: bool
    seeks_people: str
    seeks_rooms: str
    seeks_skills: str
    progress_shown: str


# What is written in own words: shown side by side where two people wrote at once, and read for its wording.
TEXTS: dict[str, Words] = {
    "aims": _l("Unsere Ziele"),
    "members": _l("Wer dabei ist"),
    "seeks_people": _l("Menschen, die wir suchen"),
    "seeks_rooms": _l("Räume, die wir suchen"),
    "seeks_skills": _l("Wissen und Hilfe, die wir suchen"),
}
LONGEST_SLUG = 60


def begin_initiative(project_id: str, name: str, actor: Actor, **values: Unpack[InitiativeValues]) -> Initiative:
    """On a project of the group that has none yet, or on a new one of this name.

    Raises NotFound for a foreign project, DomainError at `name` without either, and at `project_id` where that project
    has its initiative already.
    """
    project = own_project(project_id, actor) if project_id else begin_project(actor, name)
    if initiative_of(project.id):
        raise DomainError(_("Diese Gruppe hat schon eine Seite als Initiative."), "project_id")
    initiative = Initiative(id=new_id(), project=project, slug=_free_slug(project.name))
    initiative.confirmed_at = initiative.moved_at = clock.now()
    with explained(), reread_after(project, actor):
        _set(initiative, values)
        db.session.add(initiative)
    return initiative


def edit_initiative(slug: str, values: InitiativeValues, version: int | None, actor: Actor) -> Initiative:
    """Change what it tells; Conflict with both texts where somebody else was faster. Raises NotFound for strangers."""
    initiative = own_initiative(slug, actor)
    current = {str(label): getattr(initiative, name) for name, label in TEXTS.items()}
    submitted = {str(label): str(values.get(name) or "") for name, label in TEXTS.items()}
    check_version(initiative, version, current=current, submitted=submitted)
    with reread_after(initiative.project, actor):
        _set(initiative, values)
        confirm(initiative)
    return initiative


def confirm(initiative: Initiative) -> None:
    """Somebody says that all of it is right today."""
    initiative.confirmed_at, initiative.asked_at = clock.now(), None
    db.session.flush()


def confirm_own(slug: str, actor: Actor) -> Initiative:
    """The group, or the office for it, says that all of it is right. Raises NotFound for strangers."""
    initiative = own_initiative(slug, actor)
    confirm(initiative)
    return initiative


def own_initiative(slug: str, actor: Actor) -> Initiative:
    """For the group and the office; NotFound for all others, as if there were none."""
    initiative = _of(slug)
    if initiative is None or not may_edit(initiative, actor):
        raise _gone()
    return initiative


def shown_initiative(slug: str, actor: Actor) -> Initiative:
    """For everybody while the page of its project is public, for the group and the office always; NotFound else."""
    initiative = _of(slug)
    if initiative is None or not (initiative.is_public or may_edit(initiative, actor)):
        raise _gone()
    return initiative


def may_edit(initiative: Initiative, actor: Actor) -> bool:
    return actor.is_staff or actor.belongs_to(initiative.project.organisation_id)


def initiative_of(project_id: str) -> Initiative | None:
    """The one of this project; None where it has none."""
    return db.session.scalar(select(Initiative).where(Initiative.project_id == project_id))


def initiatives_for(actor: Actor) -> list[Initiative]:
    """One's own by name, for the office all."""
    query = _by_name()
    if not actor.is_staff:
        query = query.where(Project.organisation_id.in_(actor.organisation_ids))
    return list(db.session.scalars(query))


def projects_without(actor: Actor) -> list[Project]:
    """Projects of one's own on which an initiative can begin, by name."""
    taken = set(db.session.scalars(select(Initiative.project_id)))
    return [project for project in own_projects(actor) if project.id not in taken]


def public_initiatives() -> list[Initiative]:
    """All that everybody sees, by name. There are dozens, never thousands."""
    return list(db.session.scalars(_by_name().where(Project.published.is_(True))))


def initiatives_in(code: str) -> list[Initiative]:
    """Those of this neighbourhood that everybody sees, by name."""
    return [each for each in public_initiatives() if code in each.serves]


def told_with(project_id: str) -> Iterator[str]:
    """What an initiative tells beside its project, minutes included: read by whoever reads that page."""
    initiative = initiative_of(project_id)
    if initiative is None:
        return
    yield from (getattr(initiative, name) for name in TEXTS)
    rows = select(Minutes.title, Minutes.text).where(Minutes.initiative_id == initiative.id)
    for row in db.session.execute(rows):
        yield from row
    if initiative.progress_shown is ProgressShown.NOTES:
        notes = select(ChecklistMark.note).where(ChecklistMark.initiative_id == initiative.id)
        yield from db.session.scalars(notes)


def _set(initiative: Initiative, values: InitiativeValues) -> None:
    for name, value in values.items():
        if name == "progress_shown":
            value = ProgressShown(str(value))
        setattr(initiative, name, value.strip() if name in TEXTS and isinstance(value, str) else value)


def _free_slug(name: str) -> str:
    """The name as a word in an address, with a number where another has it already."""
    wanted = slug_of(name)[:LONGEST_SLUG].strip("-") or "initiative"
    taken = set(db.session.scalars(select(Initiative.slug).where(Initiative.slug.startswith(wanted))))
    further = (f"{wanted}-{number}" for number in range(2, len(taken) + 2))
    return next(slug for slug in (wanted, *further) if slug not in taken)


def _of(slug: str) -> Initiative | None:
    return db.session.scalar(select(Initiative).where(Initiative.slug == slug))


def _by_name() -> Select[Any]:
    return select(Initiative).join(Initiative.project).order_by(Project.name, Initiative.id)


def _gone() -> NotFound:
    return NotFound(_("Diese Initiative gibt es nicht."))
