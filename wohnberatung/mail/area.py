"""Mail: the outbox and how long it remembers, and the mailbox of the demo: every mail the office would have sent."""

from threading import Event

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.config_values import DEMO
from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.core.pagination import page_number
from wohnberatung.core.queues import WatchedQueue
from wohnberatung.core.work import Steady
from wohnberatung.extensions import db
from wohnberatung.mail import models
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services import delivery, outbox
from wohnberatung.mail.smtp import transport_for
from wohnberatung.mail.worker import work
from wohnberatung.privacy.retention import RetentionRule

blueprint = Blueprint("mail", __name__)


@blueprint.before_request
def exist_in_the_demo_only() -> None:
    """There all people are invented; elsewhere these pages would open anybody's letters."""
    if current_app.config["MODE"] != DEMO:
        abort(404)


@blueprint.get("/postfach")
def list_mails() -> ResponseReturnValue:
    page = outbox.mails_for_list(page_number(request.args.get("seite")))
    return render_template("mail/mailbox.html", page=page)


@blueprint.get("/postfach/<mail_id>")
def show_mail(mail_id: str) -> ResponseReturnValue:
    return render_template("mail/mail.html", shown=outbox.read_mail(mail_id))


@blueprint.get("/postfach/<mail_id>/html")
def show_html(mail_id: str) -> ResponseReturnValue:
    """The HTML part as a mail program would show it."""
    return outbox.read_mail(mail_id).html


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


QUEUES = (
    WatchedQueue(
        "mails",
        _l("E-Mails im Postausgang"),
        delivery.standing,
        delivery.retry,
        late=lambda: delivery.late_since() is not None,
    ),
)


AREA = Area(
    key="mail",
    models=models,
    blueprint=blueprint,
    work=WORK,
    queues=QUEUES,
    retention=RETENTION,
    not_exported="Areas whose person got a mail tell of it with `mails_about`.",
    erasure={OutgoingMail: db.session.delete},
    on_key_destroyed=(outbox.erase_mails,),
)
