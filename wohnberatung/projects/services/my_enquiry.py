"""What somebody who asked to join sees and does by their secret link."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core import clock
from wohnberatung.core.errors import Forbidden, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.manifests import ExportedRecord, erased
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import mails_about
from wohnberatung.privacy.encryption import destroy
from wohnberatung.projects.models import JoinEnquiry
from wohnberatung.projects.services.joining import PERSON, OpenedEnquiry, opened, say
from wohnberatung.projects.steps import JOIN_STEPS, WITHDRAW


def my_enquiry(token: str) -> OpenedEnquiry:
    """NotFound for a secret that opens nothing (any more)."""
    return opened(_of(token))


def write_again(token: str, text: str) -> None:
    """Another line from the person; Conflict after they have withdrawn."""
    enquiry = _of(token)
    say(enquiry, PERSON, text)


def show_contact(token: str, *, released: bool) -> JoinEnquiry:
    """Let the group see name, telephone number and mail address, or no longer."""
    enquiry = _of(token)
    enquiry.contact_released_at = clock.now() if released else None
    db.session.flush()
    return enquiry


def withdraw_enquiry(token: str) -> JoinEnquiry:
    """The group does nothing more with it; the contact is no longer theirs to see."""
    enquiry = _of(token)
    if not JOIN_STEPS.is_done(enquiry, WITHDRAW, Party.SEEKER):
        JOIN_STEPS.take(enquiry, WITHDRAW, by=Party.SEEKER)
    enquiry.closed_at, enquiry.contact_released_at = clock.now(), None
    db.session.flush()
    return enquiry


def stored_about(token: str) -> ExportedRecord:
    """Everything that is stored about the person, but how members voted, which is theirs."""
    mine = my_enquiry(token)
    enquiry = mine.enquiry
    return {
        "receipt_number": enquiry.receipt_number,
        "project": enquiry.project.name,
        "state": enquiry.state,
        "asked_at": enquiry.created_at.isoformat(),
        "called": mine.called,
        "text": mine.text,
        "contact": mine.contact,
        "contact_released_at": enquiry.contact_released_at.isoformat() if enquiry.contact_released_at else None,
        "consent": {"version": enquiry.consent_version, "text": enquiry.consent_text},
        "messages": [{"by": each.by, "text": each.text, "at": each.at.isoformat()} for each in mine.messages],
        "mails": mails_about(enquiry.person_key),
    }


def erase_my_enquiry(token: str) -> None:
    """Delete it with everything that hangs on it. Forbidden while it is kept for legal reasons."""
    erase_enquiry(_of(token))


def erase_enquiry(enquiry: JoinEnquiry) -> None:
    """The row, its vote and mails; the key is destroyed, so that no copy can be read any more.

    Raises Forbidden under a legal hold.
    """
    if enquiry.legal_hold:
        raise Forbidden(_("Diese Anfrage darf nicht gelöscht werden: Für sie gilt eine Löschsperre."))
    erased(enquiry.id)
    destroy(enquiry.person_key)
    db.session.flush()
    db.session.execute(delete(JoinEnquiry).where(JoinEnquiry.id == enquiry.id))
    db.session.expunge(enquiry)


def _of(token: str) -> JoinEnquiry:
    enquiry = db.session.scalar(select(JoinEnquiry).where(JoinEnquiry.token_hash == hash_token(token)))
    if enquiry is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return enquiry
