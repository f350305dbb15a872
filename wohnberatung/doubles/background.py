"""What doubles have done in the background."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.doubles import services


def _search(job: Running) -> str:
    found = services.search(job.tell)
    with transaction():
        return _("%(count)s Paare warten auf eine Entscheidung.", count=services.keep(found))


WORK = (Periodic("doubles", _l("Doppelte Einträge suchen"), _search, at=time(3, 10)),)
