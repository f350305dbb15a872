"""Events: what waits for the office, reminders the day before, registrations that are over."""

from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import manifests
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.events import models, views
from wohnberatung.events.kinds import event_topic_label
from wohnberatung.events.models import EventDate, EventRegistration, PublicEvent, RegistrationState
from wohnberatung.events.services.events import events_in_review
from wohnberatung.events.services.finding import dates_in
from wohnberatung.events.services.my_registration import erase_registration
from wohnberatung.events.services.news import dates_of
from wohnberatung.events.services.organising import held_registrations
from wohnberatung.events.services.timers import remind_of_tomorrow
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule


def events_to_read(actor: Actor) -> DeskContent:
    waiting = events_in_review(actor)
    lines = [
        DeskLine(each.title, event_topic_label(each.topic), "events.show_desk", {"event_id": each.id})
        for each in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "events.list_own")


def registrations_held(actor: Actor) -> DeskContent:
    held = held_registrations(actor)
    lines = [
        DeskLine(
            each.date.event.title,
            each.receipt_number,
            "events.list_guests",
            {"event_id": each.date.event_id, "date_id": each.date_id},
        )
        for each in held[:SHOWN]
    ]
    return DeskContent(len(held), lines, "events.list_own")


def _remind(_job: Running) -> str:
    return ngettext("An %(num)s Anmeldung erinnert.", "An %(num)s Anmeldungen erinnert.", remind_of_tomorrow())


WORK = (Periodic("remind_guests", _l("An Veranstaltungen von morgen erinnern"), _remind, at=time(9, 0)),)


def _over(before: datetime) -> Select[Any]:
    query = select(EventRegistration).join(EventRegistration.date).options(joinedload(EventRegistration.date))
    return query.where(EventDate.ends_at < before)


def _unconfirmed(before: datetime) -> Select[Any]:
    unsure = EventRegistration.state.in_((RegistrationState.UNCONFIRMED, RegistrationState.CANCELLED))
    return select(EventRegistration).where(unsure, EventRegistration.updated_at < before)


def _past(before: datetime) -> Select[Any]:
    """No date since then, nobody registered any more, and nobody has changed anything since."""
    later = exists().where(EventDate.event_id == PublicEvent.id, EventDate.ends_at >= before)
    dates = select(EventDate.id).where(EventDate.event_id == PublicEvent.id)
    guests = exists().where(EventRegistration.date_id.in_(dates))
    return select(PublicEvent).where(PublicEvent.updated_at < before, ~later, ~guests)


PROMISED_EVENTS = _l("Veranstaltungen löschen wir %(span)s nach ihrem letzten Termin.")
PROMISED_GUESTS = _l("Anmeldungen zu Veranstaltungen löschen wir %(span)s nach dem Termin, mit allem, was darin steht.")

RETENTION = (
    RetentionRule(
        "registration_over",
        _l("Anmeldungen zu Veranstaltungen, die vorbei sind"),
        _l("löschen"),
        1,
        _over,
        manifests.erase,
        PROMISED_GUESTS,
    ),
    RetentionRule(
        "registration_unconfirmed",
        _l("Nie bestätigte oder zurückgenommene Anmeldungen"),
        _l("löschen"),
        3,
        _unconfirmed,
        manifests.erase,
    ),
    RetentionRule(
        "event_past",
        _l("Veranstaltungen, deren letzter Termin vorbei ist"),
        _l("löschen"),
        365,
        _past,
        db.session.delete,
        PROMISED_EVENTS,
    ),
)

DESK = (
    DeskSection("events", _l("Veranstaltungen zu lesen"), 67, events_to_read),
    DeskSection("held_registrations", _l("Anmeldungen in Quarantäne"), 93, registrations_held),
)

PLACE_SECTIONS = (
    PlaceSection(
        "veranstaltungen", _l("Veranstaltungen"), 50, "events/of_place.html", lambda code, _actor: dates_in(code)
    ),
)

PLACE_NEWS = (PlaceNews("veranstaltungen", _l("Veranstaltungen"), dates_of),)

AREA = Area(
    key="events",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    export_pages=("events.export_my_registration",),
    erasure={EventRegistration: erase_registration},
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
)
