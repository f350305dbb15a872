"""How long appointments are kept."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.appointments.models import Appointment, AppointmentState, SpecialDay
from wohnberatung.appointments.services.booking import erase
from wohnberatung.core.clock import to_berlin
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import Rule


def _over(before: datetime) -> Select[Any]:
    """Those of a case go with it."""
    due = Appointment.legal_hold.is_(False) & Appointment.case_id.is_(None) & (Appointment.ends_at < before)
    query = select(Appointment).options(joinedload(Appointment.person_key))
    return query.where(due, Appointment.state != AppointmentState.HELD)


def _held(before: datetime) -> Select[Any]:
    held = Appointment.legal_hold.is_(False) & (Appointment.state == AppointmentState.HELD)
    return select(Appointment).options(joinedload(Appointment.person_key)).where(held, Appointment.ends_at < before)


RULES = (
    Rule(
        "appointments_over",
        _l("Termine, die vorbei oder abgesagt sind"),
        _l("löschen"),
        182,
        _over,
        erase,
        _l("Ihren Termin mit allem, was Sie dazu geschrieben haben, löschen wir %(days)s Tage danach."),
    ),
    Rule("appointments_held", _l("Termine in Quarantäne, die vorbei sind"), _l("löschen"), 14, _held, erase),
    Rule(
        "special_days",
        _l("Vergangene Tage mit anderen Sprechzeiten"),
        _l("löschen"),
        90,
        lambda before: select(SpecialDay).where(SpecialDay.day < to_berlin(before).date()),
        db.session.delete,
    ),
)
