"""What people ask of the office: on its desk, in cases, and how long it is kept."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.advice import models, views
from wohnberatung.advice.models import Enquiry, EnquiryKind, EnquiryState
from wohnberatung.advice.services.enquiries import (
    content_of,
    enquiries_in_timeline,
    enquiries_told,
    erase_enquiry,
    list_enquiries,
    wants_letter,
)
from wohnberatung.advice.services.held_mails import held_mails
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import manifests
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.privacy.retention import RetentionRule

KINDS = {
    EnquiryKind.QUESTION: _l("Frage"),
    EnquiryKind.APPOINTMENT: _l("Terminwunsch"),
    EnquiryKind.BARRIER: _l("Barriere auf unseren Seiten"),
}


def open_enquiries(actor: Actor) -> DeskContent:
    """The longest waiting first."""
    page = list_enquiries(actor, size=SHOWN)
    lines = [
        DeskLine(
            content_of(enquiry).get("name") or KINDS[EnquiryKind(enquiry.kind)],
            f"{enquiry.receipt_number}, {to_berlin(enquiry.created_at):%d.%m.%Y}"
            + (", " + _("Antwort mit einem Brief") if wants_letter(enquiry) else ""),
            "advice.show_enquiry",
            {"enquiry_id": enquiry.id},
        )
        for enquiry in page.items
    ]
    return DeskContent(page.total, lines, "advice.list_enquiries")


def mails_held_back(actor: Actor) -> DeskContent:
    return DeskContent(len(held_mails(actor)), (), "advice.list_enquiries", {"stand": "quarantaene"})


DESK = (
    DeskSection("enquiries", _l("Offene Anfragen"), 40, open_enquiries),
    DeskSection("held_mails", _l("Zurückgehaltene E-Mails"), 92, mails_held_back),
)


def _enquiries(state: EnquiryState) -> Select[Any]:
    kept = Enquiry.legal_hold.is_(False)
    return select(Enquiry).options(joinedload(Enquiry.person_key)).where(Enquiry.state == state, kept)


def _answered(before: datetime) -> Select[Any]:
    return _enquiries(EnquiryState.ANSWERED).where(Enquiry.answered_at < before)


def _quarantined(before: datetime) -> Select[Any]:
    return _enquiries(EnquiryState.QUARANTINED).where(Enquiry.created_at < before)


RETENTION = (
    RetentionRule(
        "enquiry_answered",
        _l("Beantwortete Anfragen und Terminwünsche"),
        _l("löschen"),
        182,
        _answered,
        manifests.erase,
        _l("Fragen, Terminwünsche und gemeldete Barrieren löschen wir %(span)s nach der Antwort."),
    ),
    RetentionRule(
        "enquiry_held",
        _l("Anfragen in Quarantäne"),
        _l("löschen"),
        182,
        _quarantined,
        manifests.erase,
        _l("Was nach Spam aussieht und niemand bestätigt, löschen wir %(after)s."),
    ),
)


AREA = Area(
    key="advice",
    models=models,
    blueprint=views.blueprint,
    retention=RETENTION,
    desk=DESK,
    timeline=(enquiries_in_timeline,),
    told_of_case={"enquiries": enquiries_told},
    erasure={Enquiry: erase_enquiry},
)
