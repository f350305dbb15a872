"""What must be kept for legal reasons is left alone by all periods."""

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.advice.models import Enquiry
from wohnberatung.cases.models import Case
from wohnberatung.core.errors import NotFound
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest


def set_legal_hold(receipt_number: str, kept: bool) -> None:
    """Take a request, an enquiry or a case out of all periods, or put it back in. NotFound for an unknown number."""
    number = receipt_number.strip().upper()
    numbers = (HousingRequest.receipt_number, Enquiry.receipt_number, Case.number)
    queries = (select(column.class_).where(column == number) for column in numbers)
    row = next((found for query in queries if (found := db.session.scalar(query)) is not None), None)
    if row is None:
        raise NotFound(_("Zu dieser Eingangsnummer gibt es nichts."))
    row.legal_hold = kept
    db.session.flush()
