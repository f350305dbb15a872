"""What pictures have done in the background."""

from datetime import time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.work import Periodic, Running
from wohnberatung.pictures.services import sweep


def _sweep(_job: Running) -> str:
    return _("%(count)s verwaiste Bilddateien gelöscht.", count=sweep())


WORK = (Periodic("sweep_pictures", _l("Verwaiste Bilddateien löschen"), _sweep, at=time(0, 50)),)
