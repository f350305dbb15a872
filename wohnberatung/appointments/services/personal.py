"""What appointments keep about a person: told to them in full."""

from typing import Any

from wohnberatung.appointments.models import Appointment
from wohnberatung.appointments.services.booking import content_of
from wohnberatung.appointments.services.mine import my_appointment
from wohnberatung.core import clock
from wohnberatung.mail.services.personal import mails_about


def told_about(row: Appointment) -> dict[str, Any]:
    """Everything that is stored about one appointment, as JSON. Times are ISO 8601 in UTC."""
    return {
        "receipt_number": row.receipt_number,
        "state": str(row.state),
        "way": row.way,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "language": row.language,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "reminded_at": row.reminded_at.isoformat() if row.reminded_at else None,
        "content": content_of(row),
        "consent": {"version": row.consent_version, "text": row.consent_text} if row.consent_text else None,
        "mails": mails_about(row.person_key),
    }


def stored_about(token: str) -> dict[str, Any]:
    """For the holder of the secret link (GDPR Articles 15 and 20); NotFound for any other."""
    return {"exported_at": clock.now().isoformat(), **told_about(my_appointment(token).appointment)}
