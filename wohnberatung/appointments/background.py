"""What appointments have done in the background."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.appointments.services import remind
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running


def _remind(_job: Running) -> str:
    with transaction():
        return _("%(count)s Erinnerungen verschickt.", count=remind())


WORK = (Periodic("appointment_reminders", _l("An Termine erinnern"), _remind, every=timedelta(minutes=15)),)
