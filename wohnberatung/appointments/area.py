"""Appointments: reminders, today's on the desk, in cases, and how long they are kept."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.appointments import models, views
from wohnberatung.appointments.models import Appointment, AppointmentState, SpecialDay
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services.booking import erase
from wohnberatung.appointments.services.my_appointment import remind
from wohnberatung.appointments.services.next_appointment import book_next, doubt_about
from wohnberatung.appointments.services.office import calendar, held_appointments, load_entry, take_step
from wohnberatung.appointments.services.personal_data import appointments_told, in_timeline, of_case
from wohnberatung.appointments.steps import CANCEL
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.closing import OpenInCase, OpenThing
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import clock, manifests
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule


def _remind(_job: Running) -> str:
    return ngettext("%(num)s Erinnerung verschickt.", "%(num)s Erinnerungen verschickt.", remind())


WORK = (Periodic("appointment_reminders", _l("An Termine erinnern"), _remind, every=timedelta(minutes=15)),)


def appointments_today(actor: Actor) -> DeskContent:
    today = clock.today()
    entries = [
        entry
        for entry in calendar(actor, today, today, actor.user_id)
        if entry.appointment.state == AppointmentState.BOOKED
    ]
    lines = [
        DeskLine(
            entry.content.get("name") or _("ohne Namen"),
            _(
                "%(time)s Uhr, %(way)s",
                time=f"{clock.to_berlin(entry.appointment.starts_at):%H:%M}",
                way=entry.way.short,
            ),
            "appointments.show_appointment",
            {"appointment_id": entry.appointment.id},
        )
        for entry in entries[:SHOWN]
    ]
    return DeskContent(len(entries), lines, "appointments.show_calendar")


def _coming(case: Case, _actor: Actor) -> list[Appointment]:
    open_states = (AppointmentState.BOOKED, AppointmentState.HELD)
    return [row for row in of_case(case) if row.starts_at > clock.now() and row.state in open_states]


def _coming_things(case: Case, actor: Actor) -> list[OpenThing]:
    return [
        OpenThing(
            _("%(way)s am %(day)s", way=WAYS[row.way].short, day=f"{clock.to_berlin(row.starts_at):%d.%m.%Y, %H:%M}"),
            "appointments.show_appointment",
            {"appointment_id": row.id},
        )
        for row in _coming(case, actor)
    ]


def _cancel_coming(case: Case, actor: Actor) -> None:
    for row in _coming(case, actor):
        take_step(load_entry(row.id, actor), CANCEL, version=row.version, actor=actor)


COMING_APPOINTMENTS = OpenInCase(
    key="appointments",
    label=_l("Termine, die noch kommen"),
    ended=_l("Absagen; wer eine E-Mail-Adresse angegeben hat, bekommt Bescheid"),
    kept=_l("Sie finden trotzdem statt"),
    find=_coming_things,
    end=_cancel_coming,
)


def appointments_held(actor: Actor) -> DeskContent:
    return DeskContent(len(held_appointments(actor)), (), "appointments.show_calendar")


DESK = (
    DeskSection("appointments", _l("Termine heute"), 5, appointments_today),
    DeskSection("held_appointments", _l("Termine in Quarantäne"), 91, appointments_held),
)


def _over(before: datetime) -> Select[Any]:
    """Those of a case go with it."""
    due = Appointment.legal_hold.is_(False) & Appointment.case_id.is_(None) & (Appointment.ends_at < before)
    query = select(Appointment).options(joinedload(Appointment.person_key))
    return query.where(due, Appointment.state != AppointmentState.HELD)


def _held(before: datetime) -> Select[Any]:
    held = Appointment.legal_hold.is_(False) & (Appointment.state == AppointmentState.HELD)
    return select(Appointment).options(joinedload(Appointment.person_key)).where(held, Appointment.ends_at < before)


RETENTION = (
    RetentionRule(
        "appointments_over",
        _l("Termine, die vorbei oder abgesagt sind"),
        _l("löschen"),
        182,
        _over,
        manifests.erase,
        _l("Ihren Termin mit allem, was Sie dazu geschrieben haben, löschen wir %(span)s danach."),
    ),
    RetentionRule(
        "appointments_held", _l("Termine in Quarantäne, die vorbei sind"), _l("löschen"), 14, _held, manifests.erase
    ),
    RetentionRule(
        "special_days",
        _l("Vergangene Tage mit anderen Sprechzeiten"),
        _l("löschen"),
        90,
        lambda before: select(SpecialDay).where(SpecialDay.day < to_berlin(before).date()),
        db.session.delete,
    ),
)


def _is_to_come() -> ColumnElement[bool]:
    return (Appointment.state == AppointmentState.BOOKED) & (Appointment.ends_at > clock.now())


AREA = Area(
    key="appointments",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    timeline=(in_timeline,),
    moves_with_case={Appointment: _is_to_come},
    open_in_case=(COMING_APPOINTMENTS,),
    books_appointment=book_next,
    doubts_appointment=doubt_about,
    told_of_case={"appointments": appointments_told},
    export_pages=("appointments.export_my_appointment",),
    erasure={Appointment: erase},
)
