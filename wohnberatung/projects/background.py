"""What projects have done in the background."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.projects.services import close_due_votes


def _close(_job: Running) -> str:
    with transaction():
        count = close_due_votes()
    return _("%(count)s Abstimmungen ausgezählt.", count=count)


WORK = (Periodic("close_votes", _l("Abstimmungen auszählen"), _close, at=time(0, 20)),)
