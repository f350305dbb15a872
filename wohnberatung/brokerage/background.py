"""What matching has done in the background."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.services import keep_deadlines
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running


def _keep_deadlines(_job: Running) -> str:
    with transaction():
        return _("%(count)s Vorschläge weitergeführt.", count=sum(keep_deadlines().values()))


WORK = (
    Periodic("match_deadlines", _l("Fristen der Vorschläge einhalten"), _keep_deadlines, every=timedelta(minutes=30)),
)
