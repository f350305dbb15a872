"""What becomes of an appointment: which step leads from where to where. Moving it to another time is none."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.appointments.models import Appointment, AppointmentState
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party, Step, StepTable

S = AppointmentState
OFFICE = (Party.OFFICE,)

RELEASE, CANCEL, CAME, MISSED = "bestaetigen", "absagen", "gekommen", "nicht-gekommen"


def has_begun(row: Appointment) -> None:
    """DomainError before it begins."""
    if row.starts_at > clock.now():
        raise DomainError(_("Ob jemand gekommen ist, lässt sich erst nach Beginn des Termins festhalten."))


APPOINTMENT_STEPS: StepTable[Appointment] = StepTable(
    Step(RELEASE, OFFICE, (S.HELD,), S.BOOKED, _l("Kein Spam: Termin bestätigen"), told="appointment_booked"),
    Step(CAME, OFFICE, (S.BOOKED, S.MISSED), S.ATTENDED, _l("War da"), guards=(has_begun,)),
    Step(MISSED, OFFICE, (S.BOOKED, S.ATTENDED), S.MISSED, _l("Ist nicht gekommen"), guards=(has_begun,)),
    Step(
        CANCEL,
        (Party.OFFICE, Party.SEEKER),
        (S.BOOKED, S.HELD),
        S.CANCELLED,
        _l("Absagen"),
        told="appointment_cancelled",
        asks=True,
    ),
    begins=(S.BOOKED, S.HELD),
    final=(S.CANCELLED,),
    refused=lambda row: DomainError(_("Das geht nicht mehr: Der Termin hat inzwischen einen anderen Stand.")),
)
