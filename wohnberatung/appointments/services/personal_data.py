"""What appointments keep about a person: told to them in full."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.appointments.models import Appointment, AppointmentState
from wohnberatung.appointments.openings import WAYS
from wohnberatung.appointments.services.booking import content_of
from wohnberatung.appointments.services.my_appointment import advisor_of, my_appointment, place_of
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import mails_about


def told_about(row: Appointment) -> ExportedRecord:
    """Everything that is stored about one appointment, as JSON. Times are ISO 8601 in UTC."""
    return {
        "receipt_number": row.receipt_number,
        "state": str(row.state),
        "way": row.way,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "advisor": advisor_of(row),
        "place": place_of(row),
        "language": row.language,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "reminded_at": row.reminded_at.isoformat() if row.reminded_at else None,
        "content": content_of(row),
        "consent": {"version": row.consent_version, "text": row.consent_text} if row.consent_text else None,
        # Those of a case are told with the case.
        "mails": [] if row.case_id else mails_about(row.person_key),
    }


def stored_about(token: str) -> ExportedRecord:
    """For the holder of the secret link (GDPR Articles 15 and 20); NotFound for any other."""
    return {"exported_at": clock.now().isoformat(), **told_about(my_appointment(token).appointment)}


def appointments_told(case: Case) -> list[ExportedRecord]:
    return [told_about(row) for row in of_case(case)]


def in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """When it takes place; what was called off, when that happened."""
    titles = {
        AppointmentState.CANCELLED: _("Termin abgesagt"),
        AppointmentState.ATTENDED: _("Termin wahrgenommen"),
        AppointmentState.MISSED: _("Nicht zum Termin gekommen"),
    }
    for row in of_case(case):
        moment = to_berlin(row.starts_at)
        text = _(
            "%(way)s am %(day)s, %(time)s Uhr",
            way=WAYS[row.way].short,
            day=f"{moment:%d.%m.%Y}",
            time=f"{moment:%H:%M}",
        )
        happened = row.updated_at if row.state == AppointmentState.CANCELLED else row.created_at
        title = titles.get(AppointmentState(row.state), _("Termin vereinbart"))
        yield TimelineEntry(happened, title, text, "", "appointments.show_appointment", {"appointment_id": row.id})


def of_case(case: Case) -> list[Appointment]:
    """All of them, the earliest first."""
    mine = select(Appointment).where(Appointment.case_id == case.id)
    return list(db.session.scalars(mine.order_by(Appointment.starts_at, Appointment.id)))
