"""What demand has done in the background."""

from datetime import time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.demand.services import mail_questions, refresh_questions


def _refresh(_job: Running) -> str:
    with transaction():
        return _("%(count)s Fragen an Anbieter sind offen.", count=refresh_questions())


def _mail(_job: Running) -> str:
    with transaction():
        return _("%(count)s Fragen an Anbieter verschickt.", count=mail_questions())


WORK = (
    Periodic("offer_questions", _l("Fragen an Anbieter auswählen"), _refresh, every=timedelta(hours=3)),
    # In the morning, when letting clerks are at work.
    Periodic("mail_questions", _l("Fragen an Anbieter verschicken"), _mail, at=time(8, 30)),
)
