"""Mail: the outbox and how long it remembers."""

from threading import Event

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Steady
from wohnberatung.extensions import db
from wohnberatung.mail import models, views
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services import delivery
from wohnberatung.mail.smtp import transport_for
from wohnberatung.mail.worker import work
from wohnberatung.privacy.retention import RetentionRule


def _deliver(stop: Event) -> None:
    work(transport_for(current_app.config), stop)


WORK = (Steady("outbox", _l("E-Mails aus dem Postausgang senden"), _deliver, delivery.late_since),)


DONE = (MailState.SENT, MailState.ERASED)
STUCK = (MailState.FAILED, MailState.HELD)

RETENTION = (
    RetentionRule(
        "mails_done",
        _l("Einträge über verschickte E-Mails"),
        _l("löschen"),
        90,
        lambda before: select(OutgoingMail).where(OutgoingMail.state.in_(DONE), OutgoingMail.created_at < before),
        manifests.erase,
        _l("Wann wir Ihnen eine E-Mail geschickt haben, merken wir uns %(span)s lang; den Text löschen wir sofort."),
    ),
    RetentionRule(
        "mails_stuck",
        _l("E-Mails, die nicht zuzustellen waren oder zurückgehalten wurden"),
        _l("löschen"),
        30,
        lambda before: select(OutgoingMail).where(OutgoingMail.state.in_(STUCK), OutgoingMail.created_at < before),
        manifests.erase,
    ),
)


AREA = Area(
    key="mail",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    not_exported="Areas whose person got a mail tell of it with `mails_about`.",
    erasure={OutgoingMail: db.session.delete},
)
