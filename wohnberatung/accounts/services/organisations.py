"""Organisations: made, confirmed, described, and who belongs to them with which rights."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, select

from wohnberatung.accounts.labels import KINDS, ORGANISATION_KINDS, PROFILE_WORDS, REVIEWED, TRUST
from wohnberatung.accounts.models import Membership, Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import EDITOR, MANAGER, MEMBER_ROLES, Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db

OWN = ("name", "kind", "about", "website")
CONTACT = ("person", "phone", "email", "street", "postcode", "town")


def create_organisation(
    *,
    name: str,
    kind: str,
    confirmed: bool = True,
    trust: str = REVIEWED,
    contact: Mapping[str, str] | None = None,
    actor: Actor | None = None,
) -> Organisation:
    """A new organisation of one of ORGANISATION_KINDS: made by the office and so confirmed, unless told otherwise.
    Raises DomainError for an unknown kind, without a name, and for a name that is taken."""
    if kind not in ORGANISATION_KINDS:
        raise DomainError(f"Die Art muss eine von diesen sein: {', '.join(ORGANISATION_KINDS)}.", "kind")
    if not name.strip():
        raise DomainError("Bitte geben Sie einen Namen an.", "name")
    organisation = Organisation(id=new_id(), name=name.strip(), kind=kind, trust=trust)
    if confirmed:
        organisation.confirmed_at, organisation.confirmed_by = clock.now(), actor.user_id if actor else None
    if contact:
        organisation.plain_contact = _known(contact)
    with explained():
        db.session.add(organisation)
    return organisation


def load_organisation(organisation_id: str, actor: Actor) -> Organisation:
    """One's own, or any for the office; NotFound else, as if it did not exist."""
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or not (actor.is_staff or actor.belongs_to(organisation_id)):
        raise NotFound("Diese Organisation gibt es nicht.")
    return organisation


def contact_of_organisation(organisation: Organisation) -> dict[str, str]:
    """Whom to ask and how: CONTACT keys, those that are known."""
    return organisation.plain_contact or {}


def profile_of(organisation: Organisation) -> dict[str, str]:
    """What the profile form shows: OWN and CONTACT keys."""
    known = contact_of_organisation(organisation)
    own = {field: getattr(organisation, field) for field in OWN}
    return own | {field: known.get(field, "") for field in CONTACT}


def edit_organisation(
    organisation_id: str, actor: Actor, *, version: int | None, values: Mapping[str, str]
) -> Organisation:
    """Change the profile (OWN and CONTACT keys). For managers and the office; Conflict where somebody else was
    faster, DomainError names the field."""
    organisation = load_managed(organisation_id, actor)
    if version != organisation.version:
        check_version(organisation, version, current=_labelled(profile_of(organisation)), submitted=_labelled(values))
    if values["kind"] not in ORGANISATION_KINDS:
        raise DomainError("Bitte wählen Sie eine der Arten.", "kind")
    if values["website"].strip() and not values["website"].strip().startswith(("https://", "http://")):
        raise DomainError("Eine Webadresse beginnt mit https://.", "website")
    with explained():
        for field in OWN:
            setattr(organisation, field, values[field].strip())
        organisation.plain_contact = _known(values)
    return organisation


def _labelled(values: Mapping[str, str]) -> dict[str, str]:
    shown = {**values, "kind": str(KINDS.get(values["kind"], ""))}
    return {str(label): shown.get(field) or "–" for field, label in PROFILE_WORDS.items()}


def load_managed(organisation_id: str, actor: Actor) -> Organisation:
    """An organisation whose members and profile this person may change; NotFound for strangers.

    Raises Forbidden for members who do not lead it.
    """
    organisation = load_organisation(organisation_id, actor)
    if not (actor.is_staff or actor.manages(organisation_id)):
        raise Forbidden("Das darf nur, wer die Organisation leitet.")
    return organisation


def confirm_organisation(organisation_id: str, actor: Actor, *, trust: str = REVIEWED) -> Organisation:
    """The office knows them: from now on they may publish. Doing it again changes only the trust.

    Raises Forbidden for anybody but the office, DomainError for an unknown level of trust, NotFound where there is no
    such organisation.
    """
    only_office(actor)
    if trust not in TRUST:
        raise DomainError("Bitte wählen Sie eine der Möglichkeiten.", "trust")
    organisation = load_organisation(organisation_id, actor)
    organisation.trust, organisation.declined_at = trust, None
    if organisation.confirmed_at is None:
        organisation.confirmed_at, organisation.confirmed_by = clock.now(), actor.user_id
    db.session.flush()
    return organisation


def waiting_organisations() -> Select[Organisation]:
    """Those that registered and wait for the office, the longest waiting first."""
    waits = Organisation.confirmed_at.is_(None) & Organisation.declined_at.is_(None)
    return select(Organisation).where(waits).order_by(Organisation.created_at, Organisation.id)


def add_member(user_id: str, organisation_id: str, role: str = EDITOR) -> None:
    """The person may act for the organisation from now on; who is a member already gets the role."""
    db.session.merge(Membership(user_id=user_id, organisation_id=organisation_id, role=role))
    db.session.flush()


def _known(contact: Mapping[str, str]) -> dict[str, str] | None:
    return {key: contact[key].strip() for key in CONTACT if contact.get(key, "").strip()} or None


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
    """Make somebody a manager or an editor; one manager stays.

    Raises DomainError for an unknown role or the last manager, Forbidden for who does not lead the organisation,
    NotFound for strangers and where the person is no member.
    """
    organisation = load_managed(organisation_id, actor)
    membership = _membership(organisation, user_id)
    if role not in MEMBER_ROLES:
        raise DomainError(_("Bitte wählen Sie, was die Person darf."), "role")
    if role != MANAGER:
        _check_one_manager_stays(organisation, membership)
    membership.role = role
    db.session.flush()


def remove_member(organisation_id: str, user_id: str, actor: Actor) -> None:
    """Managers and the office remove others, everybody removes themselves; one manager stays.

    Raises Forbidden for other members, DomainError for the last manager, NotFound for strangers and where the person is
    no member.
    """
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
