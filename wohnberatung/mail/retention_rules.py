"""How long the outbox remembers that a mail went out; what it said is gone with the sending."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.privacy.retention import Rule

DONE = (MailState.SENT, MailState.ERASED)
STUCK = (MailState.FAILED, MailState.HELD)

RULES = (
    Rule(
        "mails_done",
        _l("Einträge über verschickte E-Mails"),
        _l("löschen"),
        90,
        lambda before: select(OutgoingMail).where(OutgoingMail.state.in_(DONE), OutgoingMail.created_at < before),
        db.session.delete,
        _l("Wann wir Ihnen eine E-Mail geschickt haben, merken wir uns %(days)s Tage; den Text löschen wir sofort."),
    ),
    Rule(
        "mails_stuck",
        _l("E-Mails, die nicht zuzustellen waren oder zurückgehalten wurden"),
        _l("löschen"),
        30,
        lambda before: select(OutgoingMail).where(OutgoingMail.state.in_(STUCK), OutgoingMail.created_at < before),
        db.session.delete,
    ),
)
