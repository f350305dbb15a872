"""A mail as it travels: both texts, an id that stays the same however often it is tried."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from wohnberatung.core.clock import to_berlin
from wohnberatung.core.languages import language_of
from wohnberatung.mail.services.delivery import LeasedMail


@dataclass(frozen=True)
class MailSender:
    """Who writes: the office's name and address, where answers go, and the host that our ids end in."""

    name: str
    address: str
    reply_to: str = ""
    host: str = "localhost"


def compose(letter: LeasedMail, sender: MailSender) -> EmailMessage:
    """Headers are set through a policy that raises ValueError for a line break instead of passing it on."""
    message = EmailMessage(policy=SMTP)
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
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message["Content-Language"] = language_of(letter.language).tag
    return message


def host_of(address: str) -> str:
    """The host of a web address, for ids."""
    return urlsplit(address).hostname or "localhost"
