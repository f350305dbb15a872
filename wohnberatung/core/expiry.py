"""Rows of the frame that nobody needs any more."""

from sqlalchemy import Delete, delete, or_

from wohnberatung.core import clock
from wohnberatung.core.idempotency import KEPT
from wohnberatung.core.models import IdempotencyKey, RateCounter, WebSession
from wohnberatung.extensions import db


def tidy() -> dict[str, int]:
    """Delete ended sessions, keys of long-sent forms and counters out of reach; table name → rows deleted."""
    now = clock.now()
    return {
        "web_sessions": _count(delete(WebSession).where(or_(WebSession.idle_until < now, WebSession.ends_at < now))),
        "idempotency_keys": _count(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEPT)),
        "rate_counters": _count(delete(RateCounter).where(RateCounter.ends_at < now)),
    }


def _count(statement: Delete) -> int:
    return int(db.session.execute(statement).rowcount)
