"""Entries of the directory: made, changed, confirmed and shown; who may do what."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.directory.kinds import BodyKind, EntryValues
from wohnberatung.directory.models import DirectoryEntry, EntryState
from wohnberatung.directory.steps import CONFIRM, ENTRY_STEPS, LOOK_AGAIN, SHOW, TAKE_BACK
from wohnberatung.dwellings.services.wording import Objection, check_text, unread_objections
from wohnberatung.extensions import db

# What is written in own words: shown side by side where two people wrote at once, and read for its wording.
TEXTS: dict[str, Words] = {
    "name": _l("Name"),
    "summary": _l("Was tun Sie?"),
    "audience": _l("Für wen?"),
    "address": _l("Adresse"),
    "opening_hours": _l("Öffnungszeiten"),
    "phone": _l("Telefon"),
    "email": _l("E-Mail-Adresse"),
    "website": _l("Webseite"),
    "contacts": _l("Ansprechpersonen"),
}
READ = ("name", "summary", "audience", "opening_hours")


def begin_entry(values: EntryValues, actor: Actor) -> DirectoryEntry:
    """A draft of the organisation the person acts for; the office makes entries that it keeps itself, or for others.

    Raises DomainError for somebody who belongs to no organisation, or without a name.
    """
    own = actor.acts_for
    if own is None and not actor.is_staff:
        raise DomainError(_("Ein Eintrag gehört einer Organisation. Ihr Konto gehört noch zu keiner."), "name")
    owner = own.organisation_id if own and not actor.is_staff else None
    entry = DirectoryEntry(id=new_id(), organisation_id=owner, state=EntryState.DRAFT, confirmed_at=clock.now())
    _set(entry, values, actor)
    db.session.add(entry)
    db.session.flush()
    return entry


def edit_entry(entry_id: str, values: EntryValues, version: int | None, actor: Actor) -> DirectoryEntry:
    """Change what it says; Conflict with both texts where somebody else was faster. Raises NotFound for strangers,
    DomainError without a name."""
    entry = own_entry(entry_id, actor)
    given = cast(Mapping[str, object], values)
    current = {str(label): getattr(entry, name) for name, label in TEXTS.items()}
    submitted = {str(label): str(given.get(name) or "") for name, label in TEXTS.items()}
    check_version(entry, version, current=current, submitted=submitted)
    with reread_after(entry, actor):
        _set(entry, values, actor)
    return entry


def describe_rooms(entry_id: str, facts: Mapping[str, object], version: int | None, actor: Actor) -> DirectoryEntry:
    """Say how one gets into the rooms, by the facts of the catalogue; None where unknown. Raises NotFound for
    strangers, Conflict where somebody else was faster."""
    entry = own_entry(entry_id, actor)
    check_version(entry, version)
    with reread_after(entry, actor):
        entry.describe_room(facts)
    return entry


@contextmanager
def reread_after(entry: DirectoryEntry, actor: Actor) -> Iterator[None]:
    """Around a change of what everybody reads. New objections take the entry back until the office has read it; what
    else an owner changes who is not trusted yet stays public, and the office looks at it. Whoever changes an entry has
    looked at it: it is confirmed by that."""
    before = objections_to(entry)
    yield
    entry.confirmed_at, entry.asked_at = clock.now(), None
    db.session.flush()
    if actor.is_staff or not entry.is_public:
        return
    if unread_objections(before, objections_to(entry)):
        ENTRY_STEPS.take(entry, TAKE_BACK, by=Party.SYSTEM)
    elif entry.state == EntryState.PUBLISHED and not _is_trusted(entry, actor):
        ENTRY_STEPS.take(entry, LOOK_AGAIN, by=Party.SYSTEM)
    db.session.flush()


def move_entry(entry_id: str, key: str, actor: Actor) -> Step[DirectoryEntry]:
    """Take a step of steps.py; the same step twice is one. Raises NotFound for strangers and unknown steps, DomainError
    for what is missing or while the office does not know the owner, Conflict where it does not lead on."""
    entry, party = own_entry(entry_id, actor), party_of(actor, Party.PROVIDER)
    step = ENTRY_STEPS[key]
    if ENTRY_STEPS.is_done(entry, key, party):
        return step
    target = _shown_as(entry, actor) if key == SHOW else None
    ENTRY_STEPS.take(entry, key, by=party, target=target)
    if key == CONFIRM:
        confirm(entry)
    db.session.flush()
    return step


def confirm(entry: DirectoryEntry) -> None:
    """Somebody says that all of it is right today."""
    entry.confirmed_at, entry.asked_at = clock.now(), None
    db.session.flush()


def steps_of(entry: DirectoryEntry, actor: Actor) -> dict[str, Step[DirectoryEntry]]:
    """What this person may do with it now, by key: its buttons."""
    offered = {step.key: step for step in ENTRY_STEPS.offered(entry, party_of(actor, Party.PROVIDER))}
    if way_to_public(entry, actor) is Publication.NOT_YET:
        offered.pop(SHOW, None)
    return offered


def way_to_public(entry: DirectoryEntry, actor: Actor) -> Publication:
    """What publishing it would come to; what a person should read is read first, whoever wrote it."""
    way = actor.publication_for(entry.organisation_id)
    return Publication.REVIEW if way is Publication.LIVE and not actor.is_staff and objections_to(entry) else way


def objections_to(entry: DirectoryEntry) -> list[Objection]:
    """What a reader who knows the law would object to in what everybody reads."""
    return check_text(". ".join(getattr(entry, name) or "" for name in READ))


def own_entry(entry_id: str, actor: Actor) -> DirectoryEntry:
    """For its owner and the office; NotFound for all others, as if there were none."""
    entry = db.session.get(DirectoryEntry, entry_id)
    if entry is None or not (actor.is_staff or actor.belongs_to(entry.organisation_id)):
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    return entry


def shown_entry(entry_id: str, actor: Actor) -> DirectoryEntry:
    """For everybody while it is public, for its owner and the office always; NotFound otherwise."""
    entry = db.session.get(DirectoryEntry, entry_id)
    if entry is not None and entry.is_public:
        return entry
    return own_entry(entry_id, actor)


def entries_for(actor: Actor, number: int = 1) -> Page[DirectoryEntry]:
    """One's own by name; for the office all, those that wait for it first."""
    query = select(DirectoryEntry).options(joinedload(DirectoryEntry.organisation))
    if actor.is_staff:
        waits = DirectoryEntry.waits_since
        query = query.order_by(waits.is_(None), waits, DirectoryEntry.name, DirectoryEntry.id)
    else:
        own = DirectoryEntry.organisation_id.in_(actor.organisation_ids)
        query = query.where(own).order_by(DirectoryEntry.name, DirectoryEntry.id)
    return paginate(db.session, query, number)


def entries_in_review(actor: Actor) -> list[DirectoryEntry]:
    """Those that wait for the office, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    waiting = select(DirectoryEntry).where(DirectoryEntry.waits_since.is_not(None))
    return list(db.session.scalars(waiting.order_by(DirectoryEntry.waits_since, DirectoryEntry.id)))


def _shown_as(entry: DirectoryEntry, actor: Actor) -> EntryState:
    way = way_to_public(entry, actor)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Organisation noch nicht. Wir melden uns bei Ihnen."))
    return EntryState.PUBLISHED if way is Publication.LIVE else EntryState.WAITING


def _is_trusted(entry: DirectoryEntry, actor: Actor) -> bool:
    return actor.publication_for(entry.organisation_id) is Publication.LIVE


def _set(entry: DirectoryEntry, values: EntryValues, actor: Actor) -> None:
    """Whose an entry is only the office says."""
    for name, value in values.items():
        if name == "organisation_id" and not actor.is_staff:
            continue
        if name == "kind":
            value = BodyKind(str(value))
        setattr(entry, name, value.strip() if isinstance(value, str) and name in TEXTS else value)
    if not (entry.name or "").strip():
        raise DomainError(_("Bitte geben Sie einen Namen an."), "name")
