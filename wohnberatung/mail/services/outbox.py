"""The outbox: mails are put in within the caller's transaction, sealed at rest, read, and kept from going out."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NotRequired, TypedDict

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.abuse import count_hit, hashed_subject
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.writing import write
from wohnberatung.privacy.encryption import KeyDestroyed
from wohnberatung.privacy.models import PersonKey

CAP = "outgoing_mail"


def queue_mail(
    template: str,
    *,
    to: str,
    language: str = "de",
    person_key: PersonKey | None = None,
    in_dialogue: bool = False,
    **values: object,
) -> OutgoingMail:
    """A mail made of `templates/mail/<template>`, sent once the transaction is through; flushes only.

    With `person_key` it is sealed for that person and erased with them. Outside a running dialogue a recipient
    gets so many mails a day (`MAILS_PER_DAY`); what goes beyond is held for a person to look at, as anybody can
    enter anybody's address in a public form. DomainError on ``email`` for what is no address.
    """
    address = _address(to)
    written = write(template, language, values)
    mail = OutgoingMail(id=new_id(), template=template, language=language, person_key=person_key)
    mail.plain_content = {"to": address, "subject": written.subject, "text": written.text, "html": written.html}
    mail.state = MailState.QUEUED if in_dialogue or _within_cap(address) else MailState.HELD
    db.session.add(mail)
    db.session.flush()
    return mail


def _address(text: str) -> str:
    """One address, with its domain as mail servers write it. A line break or a second address is none."""
    try:
        found = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise DomainError(_("Diese E-Mail-Adresse stimmt noch nicht. Beispiel: name@beispiel.de."), "email") from None
    return found.ascii_email or found.normalized


def _within_cap(address: str) -> bool:
    today = clock.today()
    forgotten = clock.start_of_day(today) + timedelta(days=2)
    most: int = setting("MAILS_PER_DAY")
    return count_hit(CAP, hashed_subject(CAP, address), today.toordinal(), forgotten) <= most


def open_content(mail: OutgoingMail) -> dict[str, str]:
    """`{"to", "subject", "text", "html"}`. KeyDestroyed where the person was erased, EncryptionError where a key is
    missing, or there is nothing any more."""
    return mail.plain_content or {}


class ToldMail(TypedDict):
    """A mail as its reader is told of it in an export; what it said is there until it has left."""

    created_at: str
    state: str
    to: NotRequired[str]
    subject: NotRequired[str]
    text: NotRequired[str]


def mails_about(person_key: PersonKey) -> list[ToldMail]:
    """All mails sealed for the person, oldest first; what they said is there until they have left."""
    query = select(OutgoingMail).filter_by(person_key_id=person_key.id).order_by(OutgoingMail.created_at)
    return [_as_told(mail) for mail in db.session.scalars(query)]


def erase_mails(person_key: PersonKey) -> None:
    """None of the person's mails is sent any more, and none can be read."""
    mine = OutgoingMail.person_key_id == person_key.id
    unsent = mine & OutgoingMail.state.in_((MailState.QUEUED, MailState.HELD, MailState.FAILED))
    db.session.execute(update(OutgoingMail).where(unsent).values(state=MailState.ERASED))
    db.session.execute(update(OutgoingMail).where(mine).values(content=None))


def _as_told(mail: OutgoingMail) -> ToldMail:
    told: ToldMail = {"created_at": mail.created_at.isoformat(), "state": str(mail.state)}
    if mail.content is not None:
        content = open_content(mail)
        told |= {"to": content["to"], "subject": content["subject"], "text": content["text"]}
    return told


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
