"""What the supply has done in the background."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.dwellings.services import ask_whether_available, end_stale


def _keep_fresh(_job: Running) -> str:
    with transaction():
        ended, asked = end_stale(), ask_whether_available()
    return _("%(asked)s Angebote nachgefragt, %(ended)s beendet.", asked=asked, ended=ended)


WORK = (Periodic("fresh_offers", _l("Nachfragen, ob Angebote noch gelten"), _keep_fresh, at=time(7, 15)),)
