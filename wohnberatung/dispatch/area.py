"""Dispatch: the weekly digests, and mails that did not arrive on the desk."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.cases.services.desk import DeskSection
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.dispatch import models, views
from wohnberatung.dispatch.services.digests import send_digests
from wohnberatung.dispatch.services.undelivered import undelivered_on_desk


def _send_digests(_job: Running) -> str:
    return ngettext("%(num)s Wochenbrief geschrieben.", "%(num)s Wochenbriefe geschrieben.", send_digests())


# Every morning, so that a Monday on which nothing ran is made up for on Tuesday.
WORK = (Periodic("digests", _l("Wochenbriefe schreiben"), _send_digests, at=time(6)),)
DESK = (DeskSection("undelivered", _l("E-Mails, die nicht ankamen"), 36, undelivered_on_desk),)

AREA = Area(
    key="dispatch",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    desk=DESK,
    export_pages=("dispatch.show_digest",),
)
