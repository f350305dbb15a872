"""Looking into the outbox, where its contents are kept."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core.errors import NotFound
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.sealing import open_content
from wohnberatung.privacy.encryption import KeyDestroyed


@dataclass(frozen=True)
class ShownMail:
    """A mail, opened."""

    mail: OutgoingMail
    to: str
    subject: str
    text: str
    html: str


def mails_for_list(number: int = 1) -> Page[ShownMail]:
    """The newest first; without those whose content is gone."""
    kept = select(OutgoingMail).options(joinedload(OutgoingMail.person_key)).where(OutgoingMail.content.is_not(None))
    page = paginate(db.session, kept.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id), number)
    return Page([_shown(mail) for mail in page.items], page.number, page.size, page.total)


def read_mail(mail_id: str) -> ShownMail:
    """NotFound where there is none, or nothing of it."""
    mail = db.session.get(OutgoingMail, mail_id)
    if mail is None or mail.content is None:
        raise NotFound(_("Diese E-Mail gibt es nicht."))
    return _shown(mail)


def _shown(mail: OutgoingMail) -> ShownMail:
    try:
        return ShownMail(mail, **open_content(mail))
    except KeyDestroyed:
        gone = _("Diese E-Mail ist gelöscht.")
        return ShownMail(mail, "", gone, gone, "")
