"""Resources and needs: written by private persons, organisations and the office, read by the office, changed, moved."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.neighbour_resources import (
    DESCRIPTION,
    DISTRICT,
    FREE,
    KIND,
    read_wanted,
    resource_kind,
    wanted_of_place,
)
from wohnberatung.bridge.weekly_hours import Closure, WeeklyWindow, free_times
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.services.wording import Objection, check_text, unread_objections
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import new_person_key
from wohnberatung.resources.models import PersonContact, Resource, ResourceLink, ResourceSide, ResourceState
from wohnberatung.resources.services.mails import tell_owner
from wohnberatung.resources.services.requests_of import end_requests
from wohnberatung.resources.steps import CONFIRM, PAUSE, READ_AGAIN, RESOURCE_STEPS, RESUME

# What is written in own words: shown side by side where two people wrote at once, and read for its wording.
TEXTS: dict[str, Words] = {
    "title": _l("Überschrift"),
    DESCRIPTION: _l("Beschreibung"),
    "address": _l("Adresse"),
    "booking": _l("Kontakt zum Buchen"),
}


class ResourceValues(TypedDict, total=False):
    """What an entry says: `facts` by key, texts, windows, what a need requires; only the office says whose it is."""

    title: str
    address: str
    booking: str
    district: str | None
    weekly: list[WeeklyWindow]
    closures: list[Closure]
    facts: Mapping[str, object]
    wanted: Sequence[StoredRequirement]
    organisation_id: str | None
    entry_id: str | None


def submit_private(
    side: str,
    kind: str,
    values: ResourceValues,
    contact: PersonContact,
    *,
    consent: tuple[str, str],
    language: str,
    held_for: HoldReason | None,
) -> tuple[Resource, str]:
    """Store what a private person wrote, for the office to read; returns it with the secret of its link. `consent` is
    (version, text) of what was agreed to. What looks like spam gets no mail before somebody has read it."""
    row = _begin(side, kind, values)
    row.person_key, row.language, row.held_for = new_person_key(), language, held_for
    row.plain_contact = contact
    row.consent_version, row.consent_text = consent
    RESOURCE_STEPS.put(row, ResourceState.WAITING)
    token = give_link(row)
    if not held_for:
        tell_owner(row, "resource_received", token)
    return row, token


def enter(side: str, kind: str, values: ResourceValues, actor: Actor) -> Resource:
    """For the organisation the person acts for, or by the office for one or for itself. Public at once where they are
    trusted, else read by the office first. Raises DomainError for somebody who belongs to no organisation the office
    knows."""
    seat = actor.acts_for
    if seat is None and not actor.is_staff:
        raise DomainError(_("Ein Eintrag gehört einer Organisation. Ihr Konto gehört noch zu keiner."), "title")
    if not actor.is_staff and seat:
        values = {**values, "organisation_id": seat.organisation_id}
    row = _begin(side, kind, values)
    row.organisation_id = values.get("organisation_id") or None
    RESOURCE_STEPS.put(row, _shown_as(row, actor))
    db.session.flush()
    return row


def edit(row: Resource, values: ResourceValues, version: int | None, actor: Actor | None) -> Resource:
    """Change what it says, by whoever `own_resource` or the link let in; `actor` None is a private person. Conflict
    with both texts where somebody else was faster. The office looks again at what others changed."""
    current = {str(label): getattr(row, name) or "" for name, label in TEXTS.items()}
    given: dict[str, Any] = {**values, DESCRIPTION: (values.get("facts") or {}).get(DESCRIPTION)}
    submitted = {str(label): str(given.get(name) or "") for name, label in TEXTS.items()}
    check_version(row, version, current=current, submitted=submitted)
    before = objections_to(row)
    _set(row, values)
    if actor is not None and actor.is_staff and "organisation_id" in values:
        row.organisation_id = values["organisation_id"] or None
    row.confirmed_at, row.asked_at = clock.now(), None
    db.session.flush()
    trusted = actor is not None and actor.publication_for(row.organisation_id) is Publication.LIVE
    unread = bool(unread_objections(before, objections_to(row))) and not (actor and actor.is_staff)
    if row.is_public and (unread or not trusted):
        RESOURCE_STEPS.take(row, READ_AGAIN, by=Party.SYSTEM)
        db.session.flush()
    return row


def move(row: Resource, key: str, party: Party, actor: Actor | None, reason: str = "") -> Step[Resource]:
    """Take a step of steps.py; the same step twice is one. Raises as `StepTable.check` does."""
    step = RESOURCE_STEPS[key]
    if RESOURCE_STEPS.is_done(row, key, party):
        return step
    target = (_shown_as(row, actor) if actor else ResourceState.WAITING) if key == RESUME else None
    RESOURCE_STEPS.take(row, key, by=party, why=reason, target=target)
    row.decline_reason = reason.strip()[:500] if step.reason else ""
    if step.told:
        row.held_for = None
        tell_owner(row, step.told, give_link(row))
    if key == CONFIRM:
        row.confirmed_at, row.asked_at = clock.now(), None
    if key == PAUSE:
        end_requests(row)
    db.session.flush()
    return step


def steps_of(row: Resource, party: Party) -> dict[str, Step[Resource]]:
    """What they may do with it now, by key: its buttons."""
    return {step.key: step for step in RESOURCE_STEPS.offered(row, party)}


def objections_to(row: Resource) -> list[Objection]:
    """What a reader who knows the law would object to in what everybody reads."""
    return check_text(". ".join((row.title, row.text)))


def public_resource(resource_id: str) -> Resource:
    """NotFound for what is not public."""
    row = db.session.scalar(_loaded().where(Resource.id == resource_id))
    if row is None or not row.is_public:
        raise _gone()
    return row


def shown_resource(resource_id: str, actor: Actor) -> Resource:
    """For everybody while it is public, for whose it is and the office always; NotFound otherwise."""
    row = db.session.scalar(_loaded().where(Resource.id == resource_id))
    return row if row is not None and row.is_public else own_resource(resource_id, actor)


def own_resource(resource_id: str, actor: Actor) -> Resource:
    """For the office, and for the organisation whose it is; NotFound for all others, as if there were none."""
    row = db.session.scalar(_loaded().where(Resource.id == resource_id))
    if row is None or not (actor.is_staff or actor.belongs_to(row.organisation_id)):
        raise _gone()
    return row


def resource_by_link(token: str) -> Resource:
    """For the private person who wrote it; NotFound once it is erased."""
    link = db.session.get(ResourceLink, hash_token(token))
    if link is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return link.resource


def give_link(row: Resource) -> str:
    """A new secret link to a private person's entry; empty for others, who have an account."""
    db.session.flush()
    if not row.is_private:
        return ""
    token = new_token()
    db.session.add(ResourceLink(token_hash=hash_token(token), resource_id=row.id))
    db.session.flush()
    return token


def entries_for(actor: Actor, number: int = 1) -> Page[Resource]:
    """One's own; for the office all, those that wait for it first."""
    query, waits = _loaded(), Resource.waits_since
    if not actor.is_staff:
        query = query.where(Resource.organisation_id.in_(actor.organisation_ids))
    return paginate(db.session, query.order_by(waits.is_(None), waits, Resource.title, Resource.id), number)


def waiting_entries(actor: Actor) -> list[Resource]:
    """Those that wait for the office, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    waiting = _loaded().where(Resource.waits_since.is_not(None))
    return list(db.session.scalars(waiting.order_by(Resource.waits_since, Resource.id)))


def party_for(row: Resource, actor: Actor) -> Party:
    """Who the acting person is to this entry."""
    return party_of(actor, Party.PROVIDER)


def _loaded() -> Select[Resource]:
    return select(Resource).options(
        joinedload(Resource.organisation), joinedload(Resource.entry), joinedload(Resource.person_key)
    )


def _begin(side: str, kind: str, values: ResourceValues) -> Resource:
    if resource_kind(kind) is None or side not in list(ResourceSide):
        raise NotFound(_("Das gibt es hier nicht."))
    row = Resource(id=new_id(), side=ResourceSide(side), confirmed_at=clock.now(), requirements=[], title="")
    setattr(row, KIND, kind)
    _set(row, values)
    db.session.add(row)
    return row


def _set(row: Resource, values: ResourceValues) -> None:
    for name in ("title", "address", "booking"):
        if name in values:
            setattr(row, name, (values.get(name) or "").strip())
    for name in ("weekly", "closures", "entry_id"):
        if name in values:
            setattr(row, name, values.get(name))
    if not row.title:
        raise DomainError(_("Bitte geben Sie eine Überschrift an."), "title")
    facts = dict(values.get("facts") or {})
    row.describe_room(facts)
    for fact in row.resource_facts:
        if fact.key in facts:
            setattr(row, fact.key, facts[fact.key])
    setattr(row, DISTRICT, values.get("district") or None)
    setattr(row, FREE, free_times(row.weekly or []))
    if row.side == ResourceSide.SEEKS:
        place = getattr(row, DISTRICT)
        row.requirements = [*wanted_of_place(row.kind, place, row.times), *read_wanted(values.get("wanted") or ())]


def _shown_as(row: Resource, actor: Actor) -> ResourceState:
    way = actor.publication_for(row.organisation_id)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Organisation noch nicht. Wir melden uns bei Ihnen."), "title")
    live = way is Publication.LIVE and (actor.is_staff or not objections_to(row))
    return ResourceState.PUBLISHED if live else ResourceState.WAITING


def _gone() -> NotFound:
    return NotFound(_("Diesen Eintrag gibt es nicht (mehr)."))
