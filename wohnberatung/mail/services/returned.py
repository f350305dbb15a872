"""Mails that did not arrive: given up by us, or sent back by another server. Why is a code, no text of strangers."""

import re
from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail

RETURNED = "returned "
_CODE = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")


def mark_returned(mail: OutgoingMail, status: str) -> None:
    """Another server could not deliver it. `status` as in RFC 3463."""
    code = _CODE.fullmatch(status)
    mail.state, mail.trouble = MailState.FAILED, RETURNED + (code.group() if code else "5.0.0")
    db.session.flush()


def did_not_arrive(keys: Select[str]) -> Select[OutgoingMail]:
    """Mails to the people with these keys that did not arrive, the newest first."""
    query = select(OutgoingMail).options(joinedload(OutgoingMail.person_key)).where(_is_given_up())
    mine = query.where(OutgoingMail.person_key_id.in_(keys))
    return mine.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id)


def refused_for_good() -> ColumnElement[bool]:
    """The condition that a mail came back, or was given up, as nobody takes mail at that address: not one that waited
    for our own server in vain."""
    return OutgoingMail.trouble.startswith(f"{RETURNED}5.") | OutgoingMail.trouble.startswith("SMTP 5")


def why_not(mail: OutgoingMail) -> str:
    """In words, with what helps."""
    for codes, words in _words():
        if any(code in mail.trouble for code in codes):
            return words
    return _("Der Mailserver hat die E-Mail nicht angenommen. Fragen Sie nach einer anderen Adresse.")


def settle(mail: OutgoingMail) -> None:
    """Somebody has seen to it: it is not shown any more, and what it said is gone."""
    mail.state, mail.content = MailState.ERASED, None
    db.session.flush()


def _words() -> Iterable[tuple[tuple[str, ...], str]]:
    yield (
        ("5.1.1", "5.1.10", "5.1.0", "SMTP 550", "SMTP 551", "SMTP 553"),
        _("Diese Adresse gibt es nicht. Rufen Sie an, und lassen Sie sich die Adresse buchstabieren."),
    )
    yield (
        ("5.1.2", "5.4.4"),
        _("Den Teil nach dem @ gibt es nicht. Rufen Sie an, und lassen Sie sich die Adresse buchstabieren."),
    )
    yield (
        ("5.2.2", "4.2.2", "SMTP 552"),
        _("Das Postfach ist voll. Rufen Sie an, oder schreiben Sie einen Brief."),
    )
    yield (("5.2.1",), _("Das Postfach ist abgeschaltet. Fragen Sie nach einer anderen Adresse."))


def _is_given_up() -> ColumnElement[bool]:
    return OutgoingMail.state == MailState.FAILED
