"""Mails that came back: reports of other mail servers (RFC 3464) are read, and the mail they tell of did not arrive.

A server takes a mail and finds out later that nobody lives there. It writes a report to our sender's address; an
administrator hands those over as .eml files, so that we need no mailbox of our own.
"""

from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum

from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.returned import RETURNED, mark_returned

# A report quotes what it tells of; more than this is none.
MOST_BYTES, MOST_PARTS = 2 * 1024 * 1024, 60
PERMANENT = "5."


class ReportOutcome(StrEnum):
    """What became of a file."""

    NOTED = "noted"
    KNOWN = "known"
    DELAYED = "delayed"
    NOT_OURS = "not_ours"
    NO_REPORT = "no_report"


@dataclass(frozen=True)
class Report:
    """What a report says: of which mail, whether it failed for good, and the code of the reason (RFC 3463)."""

    mail_id: str
    failed: bool
    status: str


def take_in(content: bytes, actor: Actor) -> ReportOutcome:
    """Note what one file says. Forbidden for anybody but administrators; the same file twice is noted once."""
    only_administration(actor)
    report = read_report(content)
    if report is None:
        return ReportOutcome.NO_REPORT
    mail = db.session.get(OutgoingMail, report.mail_id)
    if mail is None:
        return ReportOutcome.NOT_OURS
    if not report.failed:
        return ReportOutcome.DELAYED
    if mail.trouble.startswith(RETURNED):
        return ReportOutcome.KNOWN
    mark_returned(mail, report.status)
    return ReportOutcome.NOTED


def read_report(content: bytes) -> Report | None:
    """None for what is no report of a mail server, or does not say which mail it is about."""
    if len(content) > MOST_BYTES:
        return None
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    parts = [part for part, _number in zip(message.walk(), range(MOST_PARTS), strict=False)]
    fields = [each for part in parts if part.get_content_type() == "message/delivery-status" for each in _blocks(part)]
    failing = next((each for each in fields if each.get("Action")), None)
    mail_id = next((found for part in parts if (found := _mail_id(part))), "")
    if failing is None or not mail_id:
        return None
    status = str(failing.get("Status", "")).strip()[:10]
    failed = str(failing["Action"]).strip().lower() == "failed" and (not status or status.startswith(PERMANENT))
    return Report(mail_id, failed, status)


def _blocks(part: Message) -> list[Message]:
    blocks = part.get_payload()
    return [each for each in blocks if isinstance(each, Message)] if isinstance(blocks, list) else []


def _mail_id(part: Message) -> str:
    """The id of ours in the headers that the report quotes."""
    kind = part.get_content_type()
    if kind == "message/rfc822" and (inside := _blocks(part)):
        return _own(inside[0].get("Message-ID"))
    quoted = part.get_payload(decode=True)
    if kind == "text/rfc822-headers" and isinstance(quoted, bytes):
        headers = BytesParser(policy=policy.compat32).parsebytes(quoted, headersonly=True)
        return _own(headers.get("Message-ID"))
    return ""


def _own(message_id: object) -> str:
    return str(message_id or "").strip().strip("<>").partition("@")[0][:26]
