"""Taking mails out of the outbox: each is leased to one worker, and given back if that one fails or dies."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update

from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import EncryptionError
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.sealing import open_content
from wohnberatung.privacy.encryption import KeyDestroyed

# Longer than any attempt may take (mail/transports.py), so that nobody takes a mail that is being sent.
LEASE = timedelta(minutes=10)
# Every attempt puts a mail off, so that one which has been due for so long was never taken.
LATE = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# With these pauses about five days, as mail servers do it among themselves.
MOST_ATTEMPTS = 28
# A server that refuses may be set up wrongly for a while, but it does not change its mind for days.
MOST_REFUSALS = 4


@dataclass(frozen=True)
class Letter:
    """An opened mail, leased to this worker."""

    id: str
    lease: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    created_at: datetime


def anything_due() -> bool:
    """Whether it is worth taking a mail; reads only."""
    return db.session.scalar(_due().with_only_columns(OutgoingMail.id).limit(1)) is not None


def late_since() -> datetime | None:
    """Since when a mail has been due that nobody even tried to send; None if all were."""
    limit = clock.now() - LATE
    oldest = _due().where(OutgoingMail.due_at < limit).with_only_columns(OutgoingMail.due_at).limit(1)
    return db.session.scalar(oldest)


def claim() -> Letter | None:
    """The mail that has been due longest; None if none is. Workers never get the same one."""
    while mail := _next_due():
        mail.lease, mail.due_at, mail.attempts = new_id(), clock.now() + LEASE, mail.attempts + 1
        try:
            content = open_content(mail)
        except KeyDestroyed:
            mail.state, mail.content = MailState.ERASED, None
        except EncryptionError:
            mail.state, mail.trouble = MailState.FAILED, "cannot be opened"
        else:
            db.session.flush()
            return Letter(mail.id, mail.lease, language=mail.language, created_at=mail.created_at, **content)
        db.session.flush()
    return None


def mark_sent(letter: Letter, *, keep: bool = False) -> None:
    """It left the house: what it said is forgotten, unless it is to be kept. True even if the lease has ended."""
    values = {"state": MailState.SENT, "sent_at": clock.now(), "trouble": ""}
    if not keep:
        values["content"] = None
    db.session.execute(update(OutgoingMail).where(OutgoingMail.id == letter.id).values(values))


def give_back(letter: Letter, trouble: str) -> None:
    """Try again later, the later the more often it went wrong; after about five days it is given up."""
    _put_back(letter, trouble, MOST_ATTEMPTS)


def mark_undeliverable(letter: Letter, trouble: str) -> None:
    """The server refused it for good: a few more attempts, then a person must look."""
    _put_back(letter, trouble, MOST_REFUSALS)


def retry() -> int:
    """Give all mails that failed or were held a new chance; returns how many."""
    stuck = OutgoingMail.state.in_((MailState.FAILED, MailState.HELD)) & OutgoingMail.content.is_not(None)
    fresh = {"state": MailState.QUEUED, "attempts": 0, "due_at": clock.now()}
    return int(db.session.execute(update(OutgoingMail).where(stuck).values(fresh)).rowcount)


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes up to six hours, each up to a half shorter or longer, so that mails do not march in step."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return pause * random.uniform(0.5, 1.5)


def _due() -> Select[tuple[OutgoingMail]]:
    due = (OutgoingMail.state == MailState.QUEUED) & (OutgoingMail.due_at <= clock.now())
    return select(OutgoingMail).where(due).order_by(OutgoingMail.due_at, OutgoingMail.id)


def _next_due() -> OutgoingMail | None:
    return db.session.scalar(_due().limit(1).with_for_update(skip_locked=True, of=OutgoingMail))


def _put_back(letter: Letter, trouble: str, most_attempts: int) -> None:
    mail = _leased(letter)
    if mail is None:
        return
    mail.lease, mail.trouble = None, trouble[:80]
    mail.due_at = clock.now() + pause_after(mail.attempts)
    if mail.attempts >= most_attempts:
        mail.state = MailState.FAILED
    db.session.flush()


def _leased(letter: Letter) -> OutgoingMail | None:
    """The row, unless another worker has taken it meanwhile."""
    held = (OutgoingMail.id == letter.id) & (OutgoingMail.lease == letter.lease)
    return db.session.scalar(select(OutgoingMail).where(held).with_for_update())
