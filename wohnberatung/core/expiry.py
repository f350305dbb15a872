"""Rows of the frame that nobody needs any more."""

from sqlalchemy import delete, or_

from wohnberatung.core import clock
from wohnberatung.core.idempotency import KEPT
from wohnberatung.core.models import IdempotencyKey, RateCounter, WebSession
from wohnberatung.core.transactions import changed_rows


def tidy() -> dict[str, int]:
    """Delete ended sessions, keys of long-sent forms and counters out of reach; table name → rows deleted."""
    now = clock.now()
    return {
        "web_sessions": changed_rows(
            delete(WebSession).where(or_(WebSession.idle_until < now, WebSession.ends_at < now))
        ),
        "idempotency_keys": changed_rows(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEPT)),
        "rate_counters": changed_rows(delete(RateCounter).where(RateCounter.ends_at < now)),
    }
