"""Contact between an owner and a group: either side asks, the office introduces or declines."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import contact_of_organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.network.models import Introduction, IntroductionState, Side, Site, SiteStatus
from wohnberatung.network.services.searches import Suiting, suits
from wohnberatung.network.steps import DECLINE, INTRODUCE, INTRODUCTION_STEPS
from wohnberatung.privacy import audit
from wohnberatung.projects.models import Project


@dataclass(frozen=True)
class Contact:
    """Whom to ask on one side, and how: known texts by CONTACT keys of organisations."""

    name: str
    details: dict[str, str]


@dataclass(frozen=True)
class IntroductionSheet:
    """One introduction. Contacts and `address` are there once both know each other, for the office always;
    `message`, `note` and the buttons of `steps` are for the office."""

    introduction: Introduction
    owner: Contact | None
    group: Contact | None
    address: str
    message: str
    note: str
    suiting: Suiting | None
    steps: tuple[Step[Introduction], ...]


def ask_introduction(site_id: str, project_id: str, message: str, actor: Actor) -> Introduction:
    """Ask the office; asked twice is asked once. NotFound unless the person belongs to one side and the other is
    to be seen."""
    site, project = pair(site_id, project_id, actor)
    check_length(message, NOTE, "message")
    known = db.session.scalar(_loaded().where(Introduction.site_id == site_id, Introduction.project_id == project_id))
    if known is not None:
        return known
    row = Introduction(id=new_id(), site=site, project=project, asked_by_user=actor.user_id)
    row.asked_by = _side_of(site, project, actor)
    row.plain_message = message.strip()
    db.session.add(row)
    db.session.flush()
    return row


def pair(site_id: str, project_id: str, actor: Actor) -> tuple[Site, Project]:
    """Both sides, where this person belongs to one of them or to the office and both are to be seen; else NotFound."""
    site, project = db.session.get(Site, site_id), db.session.get(Project, project_id)
    if site is None or project is None or site.status != SiteStatus.PUBLISHED or not project.published:
        raise _gone()
    _side_of(site, project, actor)
    return site, project


def decide(introduction_id: str, *, introduce: bool, note: str, version: int | None, actor: Actor) -> Introduction:
    """The office introduces both, or declines. Both are told by mail; Conflict where it is decided already."""
    only_office(actor)
    row = _load(introduction_id)
    check_version(row, version)
    step = INTRODUCTION_STEPS.take(row, INTRODUCE if introduce else DECLINE, by=Party.OFFICE)
    row.decided_at, row.decided_by = clock.now(), actor.user_id
    row.plain_note = note.strip()
    db.session.flush()
    audit.record("introduced" if introduce else "introduction_declined", f"introductions|{row.id}", actor)
    _tell(row, step.told)
    return row


def introduction_sheet(introduction_id: str, actor: Actor) -> IntroductionSheet:
    """For the office and both sides; NotFound for all others."""
    row = _load(introduction_id)
    if not (
        actor.is_staff or actor.belongs_to(row.site.organisation_id) or actor.belongs_to(row.project.organisation_id)
    ):
        raise _gone()
    met = actor.is_staff or row.state == IntroductionState.INTRODUCED
    return IntroductionSheet(
        introduction=row,
        owner=_contact(row.site.organisation_id) if met else None,
        group=_contact(row.project.organisation_id) if met else None,
        address=row.site.address if met else "",
        message=row.plain_message if actor.is_staff else "",
        note=(row.plain_note or "") if actor.is_staff else "",
        suiting=suits(row.site, row.project) if actor.is_staff else None,
        steps=INTRODUCTION_STEPS.offered(row, Party.OFFICE) if actor.is_staff else (),
    )


def introductions_for_list(actor: Actor, number: int = 1) -> Page[Introduction]:
    """For the office all, for others those of their own sites and projects; what is not decided first."""
    waits = Introduction.state != IntroductionState.ASKED
    query = _loaded().order_by(waits, Introduction.created_at.desc(), Introduction.id)
    if not actor.is_staff:
        own = actor.organisation_ids
        query = query.where(Site.organisation_id.in_(own) | Project.organisation_id.in_(own))
    return paginate(db.session, query, number)


def _side_of(site: Site, project: Project, actor: Actor) -> Side:
    if actor.belongs_to(site.organisation_id):
        return Side.OWNER
    if actor.belongs_to(project.organisation_id):
        return Side.INITIATIVE
    if actor.is_staff:
        return Side.OFFICE
    raise _gone()


def _tell(row: Introduction, template: str) -> None:
    """Who was introduced reads the contact on the page, not in the mail. Who never asked learns of no refusal."""
    sides = {Side.OWNER: row.site.organisation_id, Side.INITIATIVE: row.project.organisation_id}
    if row.state == IntroductionState.DECLINED:
        sides = {side: key for side, key in sides.items() if side == row.asked_by}
    for organisation_id in sides.values():
        if address := address_of(organisation_id):
            queue_mail(template, to=address, in_dialogue=True, introduction_id=row.id)


def _contact(organisation_id: str) -> Contact:
    organisation = db.session.get_one(Organisation, organisation_id)
    details = contact_of_organisation(organisation)
    if not details.get("email") and (address := address_of(organisation_id)):
        details["email"] = address
    return Contact(organisation.name, details)


def _load(introduction_id: str) -> Introduction:
    row = db.session.scalar(_loaded().where(Introduction.id == introduction_id))
    if row is None:
        raise _gone()
    return row


def _loaded() -> Select[Introduction]:
    query = select(Introduction).join(Introduction.site).join(Introduction.project)
    return query.options(joinedload(Introduction.site), joinedload(Introduction.project))


def _gone() -> NotFound:
    return NotFound(_("Diese Vermittlung gibt es nicht."))
