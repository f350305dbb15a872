"""How long enquiries are kept. One that nobody has answered yet is never deleted."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.advice.models import Enquiry, EnquiryState
from wohnberatung.advice.services.enquiries import erase_enquiry
from wohnberatung.privacy.retention import Rule


def _enquiries(state: EnquiryState) -> Select[Any]:
    kept = Enquiry.legal_hold.is_(False)
    return select(Enquiry).options(joinedload(Enquiry.person_key)).where(Enquiry.state == state, kept)


def _answered(before: datetime) -> Select[Any]:
    return _enquiries(EnquiryState.ANSWERED).where(Enquiry.answered_at < before)


def _quarantined(before: datetime) -> Select[Any]:
    return _enquiries(EnquiryState.QUARANTINED).where(Enquiry.created_at < before)


RULES = (
    Rule(
        "enquiry_answered",
        _l("Beantwortete Anfragen und Terminwünsche"),
        _l("löschen"),
        182,
        _answered,
        erase_enquiry,
        _l("Fragen, Terminwünsche und gemeldete Barrieren löschen wir %(days)s Tage nach der Antwort."),
    ),
    Rule(
        "enquiry_held",
        _l("Anfragen in Quarantäne"),
        _l("löschen"),
        182,
        _quarantined,
        erase_enquiry,
        _l("Was nach Spam aussieht und niemand bestätigt, löschen wir nach %(days)s Tagen."),
    ),
)
