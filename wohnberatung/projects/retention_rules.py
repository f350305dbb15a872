"""How long is kept who asked to join a group; with the enquiry goes the vote on it."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.privacy.retention import Rule
from wohnberatung.projects.models import EnquiryState, JoinEnquiry
from wohnberatung.projects.services.mine import erase_enquiry


def _enquiries(*states: EnquiryState) -> Select[Any]:
    kept = JoinEnquiry.legal_hold.is_(False)
    query = select(JoinEnquiry).options(joinedload(JoinEnquiry.person_key))
    return query.where(JoinEnquiry.state.in_(states), kept)


def _closed(before: datetime) -> Select[Any]:
    over = _enquiries(EnquiryState.ANSWERED, EnquiryState.WITHDRAWN)
    return over.where(JoinEnquiry.closed_at < before)


def _held(before: datetime) -> Select[Any]:
    return _enquiries(EnquiryState.QUARANTINED).where(JoinEnquiry.created_at < before)


RULES = (
    Rule(
        "join_enquiry_closed",
        _l("Beantwortete oder zurückgezogene Anfragen an Wohnprojekte"),
        _l("löschen"),
        182,
        _closed,
        erase_enquiry,
        _l("Anfragen an Wohnprojekte löschen wir %(days)s Tage nach der letzten Antwort, mit der Abstimmung darüber."),
    ),
    Rule("join_enquiry_held", _l("Anfragen an Wohnprojekte in Quarantäne"), _l("löschen"), 182, _held, erase_enquiry),
)
