"""What data protection has done in the background."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.privacy import retention


def _keep_periods(job: Running) -> str:
    """A transaction for each rule: what is done stays done if a later one fails."""
    retention.check_settings()
    rules, dealt_with = list(retention.rules()), 0
    for number, rule in enumerate(rules, start=1):
        with transaction():
            dealt_with += retention.carry_out(rule).count
        job.tell(number, len(rules), str(rule.label))
    return _("Bei %(count)s Einträgen war die Frist erreicht.", count=dealt_with)


WORK = (Periodic("retention", _l("Fristen: nachfragen, sperren, löschen"), _keep_periods, at=time(0, 40)),)
