"""The frame: sessions, sent forms, counters."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import expiry, models
from wohnberatung.core.changes import forget_taken_back, mark_changed, number_changed
from wohnberatung.core.manifests import Area
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running


def _tidy(_job: Running) -> str:
    with transaction():
        return _("%(count)s abgelaufene Einträge gelöscht.", count=sum(expiry.tidy().values()))


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
