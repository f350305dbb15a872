"""Against abuse of public forms: what one subject does in a period is counted, and why something is held."""

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from wohnberatung.core.models import RateCounter
from wohnberatung.extensions import db


def hashed_subject(rule: str, subject: str) -> str:
    """What stands for an address in a table: 64 hex digits that nobody without our secret can try out."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{rule}|{subject.strip().lower()}".encode(), hashlib.sha256).hexdigest()


def count_hit(rule: str, hashed: str, period: int, ends_at: datetime) -> int:
    """Add one to the hits of a hashed subject within a period and give their number, this one included.

    Whoever counts the same at the same time waits until this transaction has ended. The row may be
    forgotten after ``ends_at``.
    """
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    row = {"rule": rule, "subject": hashed, "period": period, "hits": 1}
    statement = dialect.insert(RateCounter).values(**row, ends_at=ends_at)
    counted = statement.on_conflict_do_update(
        index_elements=["rule", "subject", "period"], set_={"hits": RateCounter.hits + 1}
    ).returning(RateCounter.hits)
    return int(db.session.execute(counted).scalar_one())


class HoldReason(StrEnum):
    """Why something waits for a person to look at it before anything else happens."""

    MANY_FROM_ONE_ADDRESS = "many_from_one_address"
    TRAP_FILLED_IN = "trap_filled_in"
    TOO_FAST = "too_fast"
    NEVER_SHOWN = "never_shown"
    SAME_TEXT = "same_text"


class Limit(NamedTuple):
    """``hits`` allowed within ``seconds``."""

    hits: int
    seconds: int


LIMITS = {
    "login": Limit(10, 300),
    "code": Limit(5, 300),
    "mail": Limit(5, 86_400),
    # What all strangers together may have sent to one address.
    "mailbox": Limit(50, 86_400),
    # And beyond that, whoever asks: it goes to the owner, who would otherwise have none left on a new device.
    "mailbox_reserve": Limit(1, 3_600),
    "public_form": Limit(5, 3_600),
    "same_text": Limit(1, 86_400),
    "anonymous_write": Limit(60, 60),
    # A script asks how many offers fit whenever somebody pauses in filling in a form; beyond this it gets no answer.
    "live_count": Limit(60, 60),
    # A secret link is 128 random bits; this only stops somebody from trying at all.
    "secret_link": Limit(60, 300),
    # Deliveries that a program sends with one token.
    "upload": Limit(60, 3_600),
}
