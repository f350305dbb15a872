"""Counting what one subject does within a period, in the database, so that all processes count together."""

import hashlib
import hmac
from datetime import datetime

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
