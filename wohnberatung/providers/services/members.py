"""Who votes for a group: its members with an account, and those without one whom it has named."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import Membership, User
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.projects import own_project
from wohnberatung.providers.models import GroupMember

# More than a house has, so that a list of strangers cannot be mailed by it.
MOST = 60


@dataclass(frozen=True)
class Voter:
    """Somebody who may vote, by their account or as a member without one."""

    email: str
    user_id: str | None = None
    member_id: str | None = None


@dataclass(frozen=True)
class NamedMember:
    """A member without an account, opened."""

    id: str
    name: str
    email: str


def voters_of(project: Project) -> list[Voter]:
    """All who may vote, each once: who has an account votes by that."""
    active = select(User.id, User.email).join(Membership, User.id == Membership.user_id)
    users = active.where(Membership.organisation_id == project.organisation_id, User.disabled_at.is_(None))
    with_account = [Voter(row.email, user_id=row.id) for row in db.session.execute(users.order_by(User.id))]
    known = {voter.email.casefold() for voter in with_account}
    named = [member for member in _named(project.id) if member.email.casefold() not in known]
    return [*with_account, *(Voter(member.email, member_id=member.id) for member in named)]


def members_without_account(project_id: str, actor: Actor) -> tuple[Project, list[NamedMember]]:
    """For the group itself and the office. NotFound for strangers."""
    project = own_project(project_id, actor)
    return project, _named(project.id)


def add_member(project_id: str, name: str, email: str, actor: Actor) -> None:
    """The same address twice is one. Raises DomainError at `email` where there are so many already, Forbidden for who
    is no member, NotFound for strangers."""
    project = _of_group(project_id, actor)
    known = _named(project.id)
    if any(member.email.casefold() == email.strip().casefold() for member in known):
        return
    if len(known) >= MOST:
        raise DomainError(_("Mehr Mitglieder ohne Konto gehen nicht."), "email")
    member = GroupMember(id=new_id(), project_id=project.id)
    member.plain_content = {"name": name.strip(), "email": email.strip()}
    db.session.add(member)
    db.session.flush()


def remove_member(project_id: str, member_id: str, actor: Actor) -> None:
    """NotFound where the group has no such member, Forbidden for who is no member."""
    project = _of_group(project_id, actor)
    member = db.session.get(GroupMember, member_id)
    if member is None or member.project_id != project.id:
        raise NotFound(_("Dieses Mitglied gibt es nicht."))
    erase_member(member)


def erase_member(member: GroupMember) -> None:
    """With the ballots that wait for them."""
    db.session.delete(member)
    db.session.flush()


def _of_group(project_id: str, actor: Actor) -> Project:
    project = own_project(project_id, actor)
    if not actor.belongs_to(project.organisation_id):
        raise Forbidden(_("Das darf nur die Gruppe selbst."))
    return project


def _named(project_id: str) -> list[NamedMember]:
    rows = select(GroupMember).where(GroupMember.project_id == project_id)
    opened = [NamedMember(row.id, **row.plain_content) for row in db.session.scalars(rows)]
    return sorted(opened, key=lambda member: member.name.casefold())
