"""Putting a mail into the outbox, in the caller's transaction."""

from datetime import timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.counters import count_hit, hashed_subject
from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.writing import write
from wohnberatung.privacy.models import PersonKey

CAP = "outgoing_mail"


def queue_mail(
    template: str,
    *,
    to: str,
    language: str = "de",
    person_key: PersonKey | None = None,
    in_dialogue: bool = False,
    **values: Any,
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
    return count_hit(CAP, hashed_subject(CAP, address), today.toordinal(), forgotten) <= setting("MAILS_PER_DAY")
