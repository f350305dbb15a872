"""Events of organisations and of the office: entered, shown, taken back; who may do what."""

from collections.abc import Mapping
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.services.wording import Objection, check_text
from wohnberatung.events.kinds import MOST_SEATS, EventTopic, EventValues
from wohnberatung.events.models import EventState, PublicEvent
from wohnberatung.events.services.seats import fill_all
from wohnberatung.events.services.telling import News, tell_expected, tell_organiser
from wohnberatung.events.steps import EVENT_STEPS, REMOVE, RESTORE, SHOW, TAKE_BACK
from wohnberatung.extensions import db

# What is written in own words: shown side by side where two people wrote at once.
TEXTS: dict[str, Words] = {
    "title": _l("Was findet statt?"),
    "text": _l("Beschreibung"),
    "address": _l("Adresse"),
    "cost": _l("Was kostet es?"),
    "contact": _l("Fragen beantwortet"),
}


def begin_event(values: EventValues, actor: Actor) -> PublicEvent:
    """A draft of the organisation the person acts for, or of the office. Raises DomainError for somebody who belongs to
    no organisation, or where something is missing."""
    own = actor.acts_for
    if own is None and not actor.is_staff:
        raise DomainError(_("Eine Veranstaltung gehört einer Organisation. Ihr Konto gehört noch zu keiner."), "title")
    event = PublicEvent(id=new_id(), state=EventState.DRAFT)
    event.organisation_id = own.organisation_id if own and not actor.is_staff else None
    _set(event, values)
    db.session.add(event)
    db.session.flush()
    return event


def edit_event(event_id: str, values: EventValues, version: int | None, actor: Actor) -> PublicEvent:
    """Change what it says; Conflict with both texts where somebody else was faster. What everybody reads and should be
    read first is taken back until the office has. More seats go to those who wait. Raises NotFound for strangers,
    DomainError where something is missing."""
    event = own_event(event_id, actor)
    given = cast(Mapping[str, object], values)
    current = {str(label): getattr(event, name) for name, label in TEXTS.items()}
    submitted = {str(label): str(given.get(name) or "") for name, label in TEXTS.items()}
    check_version(event, version, current=current, submitted=submitted)
    _set(event, values)
    reread(event, actor)
    fill_all(event)
    return event


def describe_event_room(event_id: str, facts: Mapping[str, object], version: int | None, actor: Actor) -> PublicEvent:
    """Say how one gets in, by the facts of the catalogue; None where unknown. Raises NotFound for strangers, Conflict
    where somebody else was faster."""
    event = own_event(event_id, actor)
    check_version(event, version)
    event.describe_room(facts)
    db.session.flush()
    return event


def reread(event: PublicEvent, actor: Actor) -> None:
    """After a change of what everybody reads: taken back where the office should read it first."""
    if event.is_public and way_to_public(event, actor) is not Publication.LIVE:
        EVENT_STEPS.take(event, TAKE_BACK, by=Party.SYSTEM)
    db.session.flush()


def move_event(
    event_id: str, key: str, actor: Actor, *, reason: str = "", version: int | None = None
) -> Step[PublicEvent]:
    """Take a step of steps.py; the same step twice is one. Raises NotFound for strangers and unknown steps, DomainError
    for what is missing or while the office does not know the owner, Conflict where it does not lead on or, for a step
    that says why, where somebody else was faster."""
    event, party = own_event(event_id, actor), party_of(actor, Party.PROVIDER)
    step = EVENT_STEPS[key]
    if EVENT_STEPS.is_done(event, key, party):
        return step
    if step.reason:
        check_version(event, version, submitted={_("Gründe"): reason})
    target = _shown_as(event, actor) if key == SHOW else None
    EVENT_STEPS.take(event, key, by=party, why=reason, target=target)
    if step.reason:
        event.reason = reason.strip()
    db.session.flush()
    if step.told:
        tell_organiser(event)
    return step


def remove_event(event_id: str, reason: str) -> None:
    """The decision about a report; its organiser reads the reason, and who wants to come hears that it is no longer
    shown. Nothing where there is none any more."""
    event = db.session.get(PublicEvent, event_id)
    if event is None:
        return
    if event.state != EventState.REMOVED:
        EVENT_STEPS.take(event, REMOVE, by=Party.SYSTEM)
        _tell_guests(event, News.REMOVED)
    event.reason = reason
    db.session.flush()
    tell_organiser(event)


def restore_event(event_id: str) -> None:
    """The decision did not hold: everybody sees it again, and who wants to come hears of it."""
    event = db.session.get(PublicEvent, event_id)
    if event is None or event.state != EventState.REMOVED:
        return
    EVENT_STEPS.take(event, RESTORE, by=Party.SYSTEM)
    db.session.flush()
    _tell_guests(event, News.SHOWN_AGAIN)
    tell_organiser(event)


def steps_of_event(event: PublicEvent, actor: Actor) -> dict[str, Step[PublicEvent]]:
    """What this person may do with it now, by key: its buttons."""
    offered = {step.key: step for step in EVENT_STEPS.offered(event, party_of(actor, Party.PROVIDER))}
    if way_to_public(event, actor) is Publication.NOT_YET:
        offered.pop(SHOW, None)
    return offered


def way_to_public(event: PublicEvent, actor: Actor) -> Publication:
    """What publishing it would come to; what a person should read is read first, whoever wrote it."""
    way = actor.publication_for(event.organisation_id)
    return Publication.REVIEW if way is Publication.LIVE and not actor.is_staff and objections_to_event(event) else way


def objections_to_event(event: PublicEvent) -> list[Objection]:
    """What a reader who knows the law would object to."""
    return check_text(f"{event.title}. {event.text}")


def own_event(event_id: str, actor: Actor) -> PublicEvent:
    """For its owner and the office; NotFound for all others, as if there were none."""
    event = db.session.get(PublicEvent, event_id)
    if event is None or not (actor.is_staff or actor.belongs_to(event.organisation_id)):
        raise NotFound(_("Diese Veranstaltung gibt es nicht (mehr)."))
    return event


def shown_event(event_id: str, actor: Actor) -> PublicEvent:
    """For everybody while it is public, for its owner and the office always; NotFound otherwise."""
    event = db.session.get(PublicEvent, event_id)
    if event is not None and event.is_public:
        return event
    return own_event(event_id, actor)


def events_for(actor: Actor, number: int = 1) -> Page[PublicEvent]:
    """One's own, the newest first; for the office all, those that wait for it first."""
    query = select(PublicEvent).options(joinedload(PublicEvent.organisation), selectinload(PublicEvent.dates))
    if actor.is_staff:
        waits = PublicEvent.waits_since
        query = query.order_by(waits.is_(None), waits, PublicEvent.created_at.desc(), PublicEvent.id)
    else:
        own = PublicEvent.organisation_id.in_(actor.organisation_ids)
        query = query.where(own).order_by(PublicEvent.created_at.desc(), PublicEvent.id)
    return paginate(db.session, query, number)


def events_in_review(actor: Actor) -> list[PublicEvent]:
    """Those that wait for the office, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    waiting = select(PublicEvent).where(PublicEvent.state == EventState.WAITING)
    return list(db.session.scalars(waiting.order_by(PublicEvent.waits_since, PublicEvent.id)))


def _tell_guests(event: PublicEvent, what: News) -> None:
    """Those of called-off dates know already that they need not come."""
    for date in event.coming():
        if not date.is_off:
            tell_expected(date, what)


def _shown_as(event: PublicEvent, actor: Actor) -> EventState:
    way = way_to_public(event, actor)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Organisation noch nicht. Wir melden uns bei Ihnen."))
    return EventState.PUBLISHED if way is Publication.LIVE else EventState.WAITING


def _set(event: PublicEvent, values: EventValues) -> None:
    for name, value in values.items():
        setattr(event, name, value.strip() if isinstance(value, str) and name in TEXTS else value)
    event.topic = EventTopic(event.topic)
    if not event.title:
        raise DomainError(_("Bitte sagen Sie, was stattfindet."), "title")
    if event.capacity is not None and not 1 <= event.capacity <= MOST_SEATS:
        raise DomainError(_("Bitte eine Zahl von 1 bis %(most)s.", most=MOST_SEATS), "capacity")
