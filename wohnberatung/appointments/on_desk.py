"""Today's appointments on the desk of the one who has them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.appointments.models import AppointmentState
from wohnberatung.appointments.services.office import calendar, held_appointments
from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor


@desk_section("appointments", _l("Termine heute"), position=5)
def appointments_today(actor: Actor) -> Found:
    today = clock.today()
    entries = [
        entry
        for entry in calendar(actor, today, today, actor.user_id)
        if entry.appointment.state == AppointmentState.BOOKED
    ]
    lines = [
        Line(
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
    return Found(len(entries), lines, "appointments.show_calendar")


@desk_section("held_appointments", _l("Termine in Quarantäne"), position=91)
def appointments_held(actor: Actor) -> Found:
    return Found(len(held_appointments(actor)), (), "appointments.show_calendar")
