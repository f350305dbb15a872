"""What the frame has done in the background."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import expiry
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running


def _tidy(_job: Running) -> str:
    with transaction():
        return _("%(count)s abgelaufene Einträge gelöscht.", count=sum(expiry.tidy().values()))


WORK = (Periodic("tidy", _l("Abgelaufene Sitzungen und Zähler löschen"), _tidy, at=time(0, 20)),)
