"""What mail has done in the background."""

from threading import Event

from flask import current_app
from flask_babel import lazy_gettext as _l

from wohnberatung.core.work import Steady
from wohnberatung.mail import services
from wohnberatung.mail.transports import transport_for
from wohnberatung.mail.worker import work


def _deliver(stop: Event) -> None:
    work(transport_for(current_app.config), stop)


WORK = (Steady("outbox", _l("E-Mails aus dem Postausgang senden"), _deliver, services.late_since),)
