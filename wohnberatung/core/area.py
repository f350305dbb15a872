"""The frame: sessions, sent forms, counters, and which of their rows nobody needs any more."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import delete, or_

from wohnberatung.core import clock, models
from wohnberatung.core.changes import forget_taken_back, mark_changed, number_changed
from wohnberatung.core.idempotency import KEPT
from wohnberatung.core.manifests import Area
from wohnberatung.core.models import IdempotencyKey, RateCounter, WebSession
from wohnberatung.core.transactions import changed_rows, transaction
from wohnberatung.core.work import Periodic, Running


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


def _tidy(_job: Running) -> str:
    with transaction():
        return ngettext(
            "%(num)s abgelaufener Eintrag gelöscht.", "%(num)s abgelaufene Einträge gelöscht.", sum(tidy().values())
        )


WORK = (Periodic("tidy", _l("Abgelaufene Sitzungen und Zähler löschen"), _tidy, at=time(0, 20)),)


AREA = Area(
    key="core",
    models=models,
    work=WORK,
    session_events={
        "before_flush": mark_changed,
        "before_commit": number_changed,
        "after_transaction_end": forget_taken_back,
    },
    not_exported="A session holds an id and what was typed last; both are gone when the session ends.",
    impersonal={models.IdempotencyKey: "answers to forms, sealed under a key of the form itself and gone after days"},
)
