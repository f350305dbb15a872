"""The outbox: mails are put in within the caller's transaction, sealed at rest, read, and kept from going out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NotRequired, TypedDict

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, Update, select, update
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.abuse import count_hit, hashed_subject
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.writing import write
from wohnberatung.privacy.encryption import KeyDestroyed
from wohnberatung.privacy.models import PersonKey
from wohnberatung.translations import saying_instead

CAP = "outgoing_mail"
# In `trouble`: held with what it is about, not because its recipient had too many.
AWAITS_RELEASE = "awaits release"
NOTHING_ELSE: Mapping[str, Words] = {}


def queue_mail(
    template: str,
    *,
    to: str,
    language: str = "de",
    person_key: PersonKey | None = None,
    in_dialogue: bool = False,
    instead: Mapping[str, Words] = NOTHING_ELSE,
    **values: object,
) -> OutgoingMail:
    """A mail made of `templates/mail/<template>`, sent once the transaction is through; flushes only.

    With `person_key` it is sealed for that person and erased with them. Outside a running dialogue a recipient
    gets so many mails a day (`MAILS_PER_DAY`); what goes beyond is held for a person to look at, as anybody can
    enter anybody's address in a public form. DomainError on ``email`` for what is no address. Whoever reads the page
    on which this happens, the mail has the usual words, apart from those that its reader is told `instead`. Of
    `values`, the `leave_link` of a mail that is one of many is for mail programs as well (RFC 8058).
    """
    address = _address(to)
    with saying_instead(instead):
        written = write(template, language, values)
    mail = OutgoingMail(id=new_id(), template=template, language=language, person_key=person_key)
    mail.plain_content = {"to": address, "subject": written.subject, "text": written.text, "html": written.html}
    if leave_link := values.get("leave_link"):
        mail.plain_content = {**mail.plain_content, "leave_link": str(leave_link)}
    mail.state = MailState.QUEUED if in_dialogue or _within_cap(address) else MailState.HELD
    db.session.add(mail)
    db.session.flush()
    return mail


def hold(mail: OutgoingMail) -> None:
    """It may have been asked for by a program: it waits with those that are too many for one address."""
    mail.state = MailState.HELD
    db.session.flush()


def await_release(mail: OutgoingMail) -> None:
    """What it is about may be spam: it leaves, or not, once somebody has judged that (`release_waiting`)."""
    mail.state, mail.trouble = MailState.HELD, AWAITS_RELEASE
    db.session.flush()


def release_waiting(person_key: PersonKey) -> None:
    """What was written while it was not known whether this is spam: it is none, and the mails leave."""
    db.session.execute(_waiting(person_key).values(state=MailState.QUEUED, trouble="", due_at=clock.now()))


def drop_waiting(person_key: PersonKey) -> None:
    """It is spam: nothing of it leaves the house."""
    db.session.execute(_waiting(person_key).values(state=MailState.ERASED, content=None))


def _waiting(person_key: PersonKey) -> Update:
    mine = (OutgoingMail.person_key_id == person_key.id) & (OutgoingMail.trouble == AWAITS_RELEASE)
    return update(OutgoingMail).where(mine, OutgoingMail.state == MailState.HELD)


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
    """`{"to", "subject", "text", "html"}`, and `leave_link` where there is one. KeyDestroyed where the person was
    erased, EncryptionError where a key is missing, or there is nothing any more."""
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
    leave_link: str = ""


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


def held_mails(hidden_keys: Iterable[Select[str]]) -> list[ShownMail]:
    """Those beyond what one address gets in a day, the longest waiting first; without those of the people whose keys
    are hidden from the reader."""
    query = select(OutgoingMail).options(joinedload(OutgoingMail.person_key)).where(_is_held())
    for keys in hidden_keys:
        query = query.where(OutgoingMail.person_key_id.is_(None) | OutgoingMail.person_key_id.not_in(keys))
    return [_shown(mail) for mail in db.session.scalars(query.order_by(OutgoingMail.created_at, OutgoingMail.id))]


def _is_held() -> ColumnElement[bool]:
    held = OutgoingMail.state == MailState.HELD
    return held & OutgoingMail.content.is_not(None) & (OutgoingMail.trouble != AWAITS_RELEASE)


def release_held(mail: OutgoingMail) -> None:
    """Somebody has looked at it: it leaves."""
    mail.state, mail.attempts, mail.due_at = MailState.QUEUED, 0, clock.now()
    db.session.flush()


def drop_held(mail: OutgoingMail) -> None:
    """Somebody has looked at it: it does not leave, and what it said is gone."""
    mail.state, mail.content = MailState.ERASED, None
    db.session.flush()
