"""Taking mails out of the outbox under a lease, each as it travels, and what came of sending them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, func, select, update

from wohnberatung.core import clock
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.languages import language_of
from wohnberatung.core.lease_queue import Backoff, LeaseQueue
from wohnberatung.core.queues import QueueStanding
from wohnberatung.core.sealing import EncryptionError
from wohnberatung.core.transactions import changed_rows
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.outbox import AWAITS_RELEASE, open_content
from wohnberatung.privacy.encryption import KeyDestroyed

QUEUE = LeaseQueue(OutgoingMail, (MailState.QUEUED,), Backoff(first=timedelta(minutes=1), longest=timedelta(hours=6)))
# With these pauses about five days, as mail servers do it among themselves.
MOST_ATTEMPTS = 28
# A server that refuses may be set up wrongly for a while, but it does not change its mind for days.
MOST_REFUSALS = 4


@dataclass(frozen=True)
class LeasedMail:
    """An opened mail, leased to this worker."""

    id: str
    lease: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    created_at: datetime
    leave_link: str = ""


def anything_due() -> bool:
    """Whether it is worth taking a mail; reads only."""
    return QUEUE.anything_due()


def late_since() -> datetime | None:
    """Since when a mail has been due that nobody even tried to send; None if all were."""
    return QUEUE.late_since()


def claim() -> LeasedMail | None:
    """The mail that has been due longest and can be opened; None if none is."""
    while mail := QUEUE.claim():
        try:
            content = open_content(mail)
        except KeyDestroyed:
            mail.state, mail.content = MailState.ERASED, None
        except EncryptionError:
            mail.state, mail.trouble = MailState.FAILED, "cannot be opened"
        else:
            return LeasedMail(mail.id, mail.lease or "", language=mail.language, created_at=mail.created_at, **content)
        db.session.flush()
    return None


def mark_sent(letter: LeasedMail, *, keep: bool = False) -> None:
    """It left the house: what it said is forgotten, unless it is to be kept. True even if the lease has ended."""
    values = {"state": MailState.SENT, "sent_at": clock.now(), "trouble": ""}
    if not keep:
        values["content"] = None
    db.session.execute(update(OutgoingMail).where(OutgoingMail.id == letter.id).values(values))


def give_back(letter: LeasedMail, trouble: str) -> None:
    """Try again later, the later the more often it went wrong; after about five days it is given up."""
    _put_back(letter, trouble, MOST_ATTEMPTS)


def mark_undeliverable(letter: LeasedMail, trouble: str) -> None:
    """The server refused it for good: a few more attempts, then a person must look."""
    _put_back(letter, trouble, MOST_REFUSALS)


def retry() -> int:
    """Give all mails that failed or were held a new chance, but for those that wait with what they are about; returns
    how many."""
    fresh = {"state": MailState.QUEUED, "attempts": 0, "due_at": clock.now()}
    return changed_rows(update(OutgoingMail).where(_stuck()).values(fresh))


def standing() -> QueueStanding:
    """What waits to be sent, what is being sent, and what failed or was held as its recipient had too many."""
    queued, leased = OutgoingMail.state == MailState.QUEUED, OutgoingMail.lease.is_not(None)
    counted = select(
        func.count().filter(queued & ~leased),
        func.count().filter(queued & leased),
        func.count().filter(_stuck()),
        func.min(OutgoingMail.created_at).filter(queued),
    )
    return QueueStanding(*db.session.execute(counted).one())


def _stuck() -> ColumnElement[bool]:
    stuck = OutgoingMail.state.in_((MailState.FAILED, MailState.HELD)) & OutgoingMail.content.is_not(None)
    return stuck & (OutgoingMail.trouble != AWAITS_RELEASE)


def _put_back(letter: LeasedMail, trouble: str, most_attempts: int) -> None:
    mail = QUEUE.leased(letter)
    if mail is None:
        return
    mail.trouble = trouble[:80]
    if mail.attempts >= most_attempts:
        mail.state = MailState.FAILED
    QUEUE.give_back(mail)


@dataclass(frozen=True)
class MailSender:
    """Who writes: the office's name and address, where answers go, and the host that our ids end in."""

    name: str
    address: str
    reply_to: str = ""
    host: str = "localhost"


class _WholeLine(BaseHeader):
    """A header that stays on one line: the library writes an address of more than 78 letters as an encoded word
    (RFC 2047), which no mail program reads as an address. A line may have 998 (RFC 5322)."""

    max_count: ClassVar[Literal[1]] = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        UnstructuredHeader.parse(value, kwds)

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _WholeLine)
AS_SENT = SMTP.clone(header_factory=_HEADERS)


def compose(letter: LeasedMail, sender: MailSender) -> EmailMessage:
    """Headers are set through a policy that raises ValueError for a line break instead of passing it on."""
    message = EmailMessage(policy=AS_SENT)
    message["From"] = Address(sender.name, addr_spec=sender.address)
    message["To"] = Address(addr_spec=letter.to)
    if sender.reply_to:
        message["Reply-To"] = Address(sender.name, addr_spec=sender.reply_to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(to_berlin(letter.created_at))
    # The same for every attempt: a mail program shows a mail that came twice once.
    message["Message-ID"] = f"<{letter.id}@{sender.host}>"
    # No holiday notice answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    if letter.leave_link:
        # A button of the mail program that ends such mails at once (RFC 2369, RFC 8058).
        message["List-Unsubscribe"] = f"<{letter.leave_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = language_of(letter.language).tag
    return message


def host_of(address: str) -> str:
    """The host of a web address, for ids."""
    return urlsplit(address).hostname or "localhost"
