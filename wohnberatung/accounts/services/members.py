"""Who belongs to an organisation, and what they may do there."""

from dataclasses import dataclass

from flask_babel import gettext as _

from wohnberatung.accounts.models import Membership, Organisation
from wohnberatung.accounts.services.organisations import load_managed, load_organisation
from wohnberatung.core.actors import MANAGER, MEMBER_ROLES, Actor
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.extensions import db


@dataclass(frozen=True)
class Member:
    """A person in an organisation."""

    user_id: str
    name: str
    email: str
    role: str


def members_of(organisation_id: str, actor: Actor) -> list[Member]:
    """By name; for members and the office."""
    organisation = load_organisation(organisation_id, actor)
    return sorted((_member(each) for each in organisation.memberships), key=lambda member: member.name.casefold())


def load_member(organisation_id: str, user_id: str, actor: Actor) -> Member:
    """NotFound where the person does not belong to it."""
    return _member(_membership(load_organisation(organisation_id, actor), user_id))


def change_member_role(organisation_id: str, user_id: str, role: str, actor: Actor) -> None:
    """Make somebody a manager or an editor; one manager stays."""
    organisation = load_managed(organisation_id, actor)
    membership = _membership(organisation, user_id)
    if role not in MEMBER_ROLES:
        raise DomainError(_("Bitte wählen Sie, was die Person darf."), "role")
    if role != MANAGER:
        _check_one_manager_stays(organisation, membership)
    membership.role = role
    db.session.flush()


def remove_member(organisation_id: str, user_id: str, actor: Actor) -> None:
    """Managers and the office remove others, everybody removes themselves; one manager stays."""
    organisation = load_organisation(organisation_id, actor)
    if user_id != actor.user_id and not (actor.is_staff or actor.manages(organisation_id)):
        raise Forbidden(_("Das darf nur, wer die Organisation leitet."))
    membership = _membership(organisation, user_id)
    _check_one_manager_stays(organisation, membership)
    db.session.delete(membership)
    db.session.flush()
    db.session.expire(organisation, ["memberships"])


def _check_one_manager_stays(organisation: Organisation, leaving: Membership) -> None:
    # The row is locked, so that of two managers who leave at the same time only one can.
    db.session.refresh(organisation, with_for_update={"of": Organisation})
    others = [each for each in organisation.memberships if each is not leaving and each.role == MANAGER]
    if leaving.role == MANAGER and not others:
        raise DomainError(_("Eine Person muss die Organisation leiten. Machen Sie bitte zuerst jemand anderen dazu."))


def _membership(organisation: Organisation, user_id: str) -> Membership:
    found = next((each for each in organisation.memberships if each.user_id == user_id), None)
    if found is None:
        raise NotFound(_("Diese Person gehört nicht dazu."))
    return found


def _member(membership: Membership) -> Member:
    user = membership.user
    return Member(user.id, user.name, user.email, membership.role)
